"""Whatever the number of dimensions: one number remains."""

import torch

norm = torch.ones((3,)).norm()
smallest = torch.ones((3, 3)).min()
total = torch.ones((3, 3, 3)).sum()
print(norm, smallest, total, sep="\n")
print(total.shape, total.item())
