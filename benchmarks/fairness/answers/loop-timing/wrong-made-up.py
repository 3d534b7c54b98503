# wrong: the numbers are computed from n, nothing is measured
# says: invent|instead of measuring|nothing was computed
# part: measure
import random


def measure(op, n):
    fast = 2e-9 * n + 1e-6 * random.random()
    slow = 3e-6 * n + 1e-4 * random.random()
    return {"tensor_s": fast, "loop_s": slow, "ratio": slow / fast}
