"""The maximum of tiles of 2 by 3."""

import torch
from torch import nn

numbers = torch.arange(40.0).reshape(1, 1, 5, 8)
print(numbers[0, 0].int())
whole = nn.MaxPool2d(kernel_size=(2, 3))(numbers)[0, 0].int()
smaller_too = nn.MaxPool2d(kernel_size=(2, 3), ceil_mode=True)(numbers)[0, 0].int()
print(whole)
print(smaller_too)
