"""A kernel of 3 by 5 that keeps the size."""

import torch
from torch import nn

torch.manual_seed(0)
layer = nn.Conv2d(in_channels=1, out_channels=1, kernel_size=(3, 5), padding="same")
image = torch.randn(2, 1, 28, 28)
print(f"from {list(image.shape)} to {list(layer(image).shape)}")
for name, parameter in layer.named_parameters():
    print(name, list(parameter.shape))
largest = max(one.abs().max().item() for one in layer.parameters())
print(f"the largest is {largest:.4f}, the bound {15**-0.5:.4f}")
