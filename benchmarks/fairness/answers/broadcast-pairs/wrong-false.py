# wrong: False instead of None
# says: False
# part: shape
def broadcast_shape(s, t):
    s, t, out = list(s), list(t), []
    while s or t:
        a, b = s.pop() if s else 1, t.pop() if t else 1
        if a != b and 1 not in (a, b):
            return False
        out.append(max(a, b))
    return tuple(out[::-1])
