"""A kernel slides along seven numbers."""

import torch
from torch.nn import functional as F

x = torch.tensor([1.0, 2, 3, 4, 5, 6, 7])
w = torch.tensor([1.0, 0, -1])
for place in range(len(x) - len(w) + 1):
    window = x[place : place + 3]
    print(" " * 3 * place, *(f"{int(one):2d}" for one in window), f"   ->  {(window * w).sum():.0f}")
y = F.conv1d(x.reshape(1, 1, 7), w.reshape(1, 1, 3))
print(f"conv1d: {y.flatten().tolist()}, size {list(y.shape)}")
