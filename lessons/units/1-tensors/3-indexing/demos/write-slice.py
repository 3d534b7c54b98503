"""One number is written to a slice."""

import torch

x = torch.zeros(2, 3, 4)
x[1, 0, 0] = -2
x[-1, -1, -1] = 1

x[1, 1:2, 0:4:2] = 100
print(x)
