# wrong: floats are compared with ==
# says: ==
# part: same-line
def same_line(p, q):
    (a, b, c), (d, e, f) = p, q
    return a * e == b * d and b * f == c * e and a * f == c * d
