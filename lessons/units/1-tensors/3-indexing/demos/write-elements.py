"""Two elements of a stack of matrices are written."""

import torch

x = torch.zeros(2, 3, 4)
x[1, 0, 0] = -2
x[-1, -1, -1] = 1
print(x)
