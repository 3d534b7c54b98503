# wrong: p is taken for z
# says: logit|p
# part: line
def level_line(w0, w1, b, p):
    return -w0 / w1, (p - b) / w1
