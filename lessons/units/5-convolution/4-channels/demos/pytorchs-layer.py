"""PyTorch's layer: the sizes of its numbers, and what it makes of pictures of two sizes."""

import torch
from torch import nn

layer = nn.Conv2d(3, 5, kernel_size=(2, 4))
for name, numbers in layer.named_parameters():
    print(name, tuple(numbers.shape))
for size in ((7, 3, 28, 28), (1, 3, 10, 12)):
    print(size, "->", tuple(layer(torch.rand(size)).shape))
