"""Bandwidth and peak of this machine, measured in a moment: the best of five tries."""

from time import perf_counter

import torch


def best_of_five(function):
    times = []
    for _ in range(5):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return min(times)


source = torch.ones(2**24)
target = torch.empty_like(source)
A = torch.ones(1024, 1024)
bandwidth = 2 * 4 * source.numel() / best_of_five(lambda: target.copy_(source))
peak = 2 * 1024**3 / best_of_five(lambda: A @ A)
print(f"{bandwidth / 1e9:.1f} GB/s, {peak / 1e9:.1f} GFLOP/s")
print(f"The ridge is at {peak / bandwidth:.1f} flop/byte.")
