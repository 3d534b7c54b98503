"""A kernel of one weight, 1, with the stride (2, 3): it only picks."""

import torch
from torch import nn

layer = nn.Conv2d(1, 1, kernel_size=(1, 1), bias=False, stride=(2, 3))
nn.init.ones_(layer.weight)
numbers = torch.arange(25.0).reshape(1, 1, 5, 5)
picked = layer(numbers)
print(numbers[0, 0])
print(picked[0, 0])
