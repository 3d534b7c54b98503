"""Nine numbers in a frame."""

import torch
from torch import nn

numbers = torch.arange(1.0, 10).reshape(1, 1, 3, 3)
framed = nn.ZeroPad2d(1)(numbers)
print(framed[0, 0])
print("left 2, bottom 1:")
print(nn.ZeroPad2d((2, 0, 0, 1))(numbers)[0, 0])
