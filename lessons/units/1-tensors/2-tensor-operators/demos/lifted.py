"""Difference, product, quotient and power, entry by entry."""

import torch

x = torch.tensor([1, 2, 3, 4])
y = torch.tensor([5, 6, 7, 8])
print(x - y, x * y, x / y, x**y, sep="\n")
