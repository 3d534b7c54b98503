# right
# part: bound
def bound(w, T):
    return T * max(1.0, abs(w)) ** (T - 1)
