"""What PyTorch's convolution computes, and what it computes with the kernel turned by 180 degrees."""

import torch
from torch.nn.functional import conv2d

X = torch.arange(1.0, 17).view(1, 1, 4, 4)
K = torch.tensor([[1.0, 2], [3, 4]]).view(1, 1, 2, 2)
as_it_is = conv2d(X, K)[0, 0]
turned = conv2d(X, K.flip(2, 3))[0, 0]
print(as_it_is.tolist())
print(turned.tolist())
