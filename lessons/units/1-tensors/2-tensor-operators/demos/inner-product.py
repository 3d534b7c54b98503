"""An inner product leaves one number, a comparison leaves four."""

import torch

from tutor import live

x = torch.tensor([1, 2, 3, 4])
y = torch.tensor([5, 6, 7, 8])
print(x @ y)
print(x == 1)

live.log({"inner product": (x @ y).item(), "size": list((x @ y).shape), "equal to 1": (x == 1).tolist()})
