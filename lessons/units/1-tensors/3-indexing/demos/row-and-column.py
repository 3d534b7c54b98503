"""Elements of a matrix are read."""

import torch

x = torch.arange(10).reshape(2, 5)
print(x)
print(x[1, 2], x[0, -1])
