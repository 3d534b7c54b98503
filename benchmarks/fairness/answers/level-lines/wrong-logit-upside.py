# wrong: the logit of 1 - p
# says: \(1 - p\) / p
# part: line
import math


def level_line(w0, w1, b, p):
    z = math.log((1 - p) / p)
    return -w0 / w1, (z - b) / w1
