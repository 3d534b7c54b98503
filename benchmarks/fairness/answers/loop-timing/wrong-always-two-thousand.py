# wrong: n is ignored: the tensors always have 2000 elements
# says: whatever n is|of its own
# part: measure
import timeit

import torch


def measure(op, n):
    size = 2000
    a, b = torch.rand(size) + 1, torch.rand(size) + 1
    if op == "div":
        act = lambda u, v: u / v
    elif op == "exp":
        act = lambda u, v: torch.exp(u)
    else:
        act = lambda u, v: u**v

    def slowly():
        for u, v in zip(a, b):
            act(u, v)

    tensor_s = min(timeit.repeat(lambda: act(a, b), number=20, repeat=4)) / 20
    loop_s = min(timeit.repeat(slowly, number=1, repeat=3))
    return {"tensor_s": tensor_s, "loop_s": loop_s, "ratio": loop_s / tensor_s}
