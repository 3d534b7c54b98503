# wrong: cuts the tokens off, too
# says: token|X|derivative|input|reach
# part: last
def last_state(cell, X, h, length):
    for t, x in enumerate(X):
        h = cell(x.detach(), h.detach() if t % length == 0 else h)
    return h
