"""The same product of 100 000 pairs: lifted, and in a loop."""

import time
import timeit

import torch

n = 10**5
x = torch.ones(n)
y = torch.randint(0, 10, (n,))

lifted = min(timeit.repeat(lambda: x * y, number=5, repeat=5)) / 5

start = time.perf_counter()
for i in range(n):
    x[i] * y[i]
loop = time.perf_counter() - start

print(f"lifted: {lifted * 1e6:9.0f} microseconds")
print(f"loop:   {loop * 1e6:9.0f} microseconds, {loop / lifted:.0f} times as long")
