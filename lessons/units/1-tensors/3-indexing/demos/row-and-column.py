"""Elements of a matrix are read."""

import torch

from tutor import live

x = torch.arange(10).reshape(2, 5)
print(x)
print(x[1, 2], x[0, -1])

live.log({"row 1, column 2": x[1, 2].item(), "row 0, last column": x[0, -1].item()})
