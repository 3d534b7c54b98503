# right
# part: measure
import statistics
from time import perf_counter

import torch


def measure(op, n):
    torch.manual_seed(0)
    x, y = torch.rand(n).add(0.5), torch.rand(n).add(0.5)

    def compute(a, b):
        if op == "div":
            return a / b
        if op == "exp":
            return torch.exp(a)
        return a**b

    fast, slow = [], []
    for _ in range(11):
        t0 = perf_counter()
        compute(x, y)
        fast.append(perf_counter() - t0)
    for _ in range(3):
        t0 = perf_counter()
        for i in range(len(x)):
            compute(x[i], y[i])
        slow.append(perf_counter() - t0)
    tensor_s, loop_s = statistics.median(fast), statistics.median(slow)
    return dict(tensor_s=tensor_s, loop_s=loop_s, ratio=loop_s / tensor_s)
