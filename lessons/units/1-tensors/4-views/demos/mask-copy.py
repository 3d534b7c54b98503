"""What a mask picks out is a copy."""

import torch

x = torch.arange(5)
mask = (x >= 2) & (x < 4)
y = x[mask]
y[-1] = 0
print("mask:", mask)
print("y:", y)
print("x:", x)
