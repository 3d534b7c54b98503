"""Sums over everything, and along one dimension."""

import torch

x = torch.arange(24).reshape(2, 3, 4)
print(x)
print("sum():", x.sum(), x.sum().shape)
print("sum(axis=0):", x.sum(axis=0), x.sum(axis=0).shape, sep="\n")
print("sum(axis=1):", x.sum(axis=1), x.sum(axis=1).shape, sep="\n")
