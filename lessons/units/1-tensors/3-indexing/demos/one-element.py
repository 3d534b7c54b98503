"""Elements of a vector are read and written."""

import torch

from tutor import live

x = torch.arange(10)
print(x)
print(x[2])
x[-1] = 100
print(x[-1])

live.log({"element 2": x[2].item(), "last": x[-1].item(), "size of an element": list(x[2].shape)})
