"""One number is written to a slice."""

import torch

from tutor import live

x = torch.zeros(2, 3, 4)
x[1, 0, 0] = -2
x[-1, -1, -1] = 1

x[1, 1:2, 0:4:2] = 100
print(x)

live.log({"first matrix": x[0].tolist(), "second matrix": x[1].tolist()})
