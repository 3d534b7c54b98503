"""The largest of two, and the mean of two."""

import torch
from torch import nn

x = torch.tensor([[[1.0, 3, 2, 2, 5, 4]]])
largest = nn.MaxPool1d(kernel_size=2, stride=2)(x).flatten().tolist()
mean = nn.AvgPool1d(kernel_size=2, stride=2)(x).flatten().tolist()
print("maximum", largest, "mean", mean)
