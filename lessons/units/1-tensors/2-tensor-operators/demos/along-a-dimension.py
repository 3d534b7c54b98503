"""Sums over everything, and along one dimension."""

import torch

from tutor import live

x = torch.arange(24).reshape(2, 3, 4)
print(x)
print("sum():", x.sum(), x.sum().shape)
print("sum(axis=0):", x.sum(axis=0), x.sum(axis=0).shape, sep="\n")
print("sum(axis=1):", x.sum(axis=1), x.sum(axis=1).shape, sep="\n")

live.log(
    {
        "all": x.sum().item(),
        "size of all": list(x.sum().shape),
        "axis 0": x.sum(axis=0).tolist(),
        "axis 1": x.sum(axis=1).tolist(),
        "size along axis 2": list(x.sum(axis=2).shape),
    }
)
