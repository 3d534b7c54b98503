"""Elements of a vector are read and written."""

import torch

x = torch.arange(10)
print(x)
print(x[2])
x[-1] = 100
print(x[-1])
