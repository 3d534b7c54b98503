# wrong: makes the first piece the shorter one
# says: piece|first|shorter|cut|begin
# part: last
def last_state(cell, X, h, length):
    for t, x in enumerate(X):
        h = cell(x, h.detach() if (len(X) - t) % length == 0 or t == 0 else h)
    return h
