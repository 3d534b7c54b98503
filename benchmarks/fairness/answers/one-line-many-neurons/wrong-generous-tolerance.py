# wrong: the tolerance is so large that different lines count as equal
# says: True where False|tolerance
# part: same-line
import math


def same_line(p, q):
    (a, b, c), (d, e, f) = p, q
    close = lambda u, v: math.isclose(u, v, rel_tol=0.01, abs_tol=0.01)
    return close(a * e, b * d) and close(b * f, c * e) and close(a * f, c * d)
