# wrong: p is taken for z
# says: p itself
# part: line
def level_line(w0, w1, b, p):
    return -w0 / w1, (p - b) / w1
