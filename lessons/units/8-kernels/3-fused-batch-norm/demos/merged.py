"""Statistics of 1,000 numbers, merged block by block."""

import torch

torch.manual_seed(0)
x = 10_000 + torch.randn(1000)
count, mean, M = 0, torch.tensor(0.0), torch.tensor(0.0)
for block in x.split(64):
    m, b = len(block), block.mean()
    L = ((block - b) ** 2).sum()
    delta = b - mean
    mean = mean + delta * m / (count + m)
    M = M + L + delta**2 * count * m / (count + m)
    count += m
variance = M / count
error = abs(variance - x.double().var(correction=0))
print(f"{count} numbers, mean {mean:.3f}, variance {variance:.6f}")
