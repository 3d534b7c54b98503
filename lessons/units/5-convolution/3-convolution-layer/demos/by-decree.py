"""Numbers of one's own for a kernel that could be learned."""

import torch
from torch import nn

kernel = nn.Parameter(torch.rand(3, 3))
edge = torch.tensor([[-1.0, 0, 1]])


def write():
    kernel[:] = edge


try:
    write()
except RuntimeError as error:
    message = str(error)
    print("RuntimeError:", message)

kernel.requires_grad = False
write()
print(kernel.tolist())
