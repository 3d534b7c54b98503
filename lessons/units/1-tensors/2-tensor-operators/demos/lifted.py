"""Difference, product, quotient and power, entry by entry."""

import torch

from tutor import live

x = torch.tensor([1, 2, 3, 4])
y = torch.tensor([5, 6, 7, 8])
print(x - y, x * y, x / y, x**y, sep="\n")

live.log(
    {
        "difference": (x - y).tolist(),
        "product": (x * y).tolist(),
        "quotient": [round(q, 4) for q in (x / y).tolist()],
        "dtype of the quotient": str((x / y).dtype),
        "power": (x**y).tolist(),
    }
)
