# wrong: a list instead of a tuple
# says: list
# part: shape
def broadcast_shape(s, t):
    s, t, out = list(s), list(t), []
    while s or t:
        a, b = s.pop() if s else 1, t.pop() if t else 1
        if a != b and 1 not in (a, b):
            return None
        out.append(max(a, b))
    return out[::-1]
