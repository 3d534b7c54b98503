# wrong: the smaller size is taken
# says: smaller
# part: shape
def broadcast_shape(s, t):
    n = max(len(s), len(t))
    s, t = (1,) * (n - len(s)) + tuple(s), (1,) * (n - len(t)) + tuple(t)
    for a, b in zip(s, t):
        if a != b and a != 1 and b != 1:
            return None
    return tuple(min(a, b) for a, b in zip(s, t))
