# wrong: reads the text backwards
# says: order|backwards|revers
# part: last
def last_state(cell, X, h, length):
    for t, x in enumerate(X.flip(0)):
        h = cell(x, h.detach() if t % length == 0 else h)
    return h
