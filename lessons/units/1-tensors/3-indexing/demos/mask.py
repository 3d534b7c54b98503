"""The positive elements: in one expression, and in two steps."""

import torch

y = torch.zeros(2, 3, 4)
y[1, 0, 0] = -2
y[-1, -1, -1] = 1
y[1, 1:2, 0:4:2] = 100

print(y[y > 0])

mask = y > 0
print(mask, mask.shape, sep="\n")
print(y[mask])
