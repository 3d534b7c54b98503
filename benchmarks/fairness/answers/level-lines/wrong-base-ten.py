# wrong: logarithm to base 10
# says: base ten
# part: line
import math


def level_line(w0, w1, b, p):
    return -w0 / w1, (math.log10(p / (1 - p)) - b) / w1
