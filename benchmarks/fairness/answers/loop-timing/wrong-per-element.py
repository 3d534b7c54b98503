# wrong: loop_s is the time of one element, not of the loop
# says: share|divided by|elements
# part: measure
import timeit

import torch


def measure(op, n):
    a, b = torch.rand(n) + 1, torch.rand(n) + 1
    act = {"div": torch.div, "exp": lambda u, v: torch.exp(u), "pow": torch.pow}[op]
    tensor_s = min(timeit.repeat(lambda: act(a, b), number=20, repeat=4)) / 20 / n
    loop_s = min(timeit.repeat(lambda: [act(a[i], b[i]) for i in range(n)], number=1, repeat=3)) / n
    return {"tensor_s": tensor_s, "loop_s": loop_s, "ratio": loop_s / tensor_s}
