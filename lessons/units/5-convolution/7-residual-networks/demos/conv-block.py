"""A residual block of convolutions, and a bias that a normalisation takes away again."""

import torch
from torch import nn


class ResBlockConv(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        size = {"kernel_size": 3, "padding": "same", "bias": False}
        self.path = nn.Sequential(
            *(nn.Conv2d(in_channels, in_channels, **size), nn.BatchNorm2d(in_channels), nn.ReLU()),
            *(nn.Conv2d(in_channels, in_channels, **size), nn.BatchNorm2d(in_channels)),
        )

    def forward(self, X):
        return torch.relu(self.path(X) + X)


torch.manual_seed(0)
X = torch.rand(2, 4, 28, 28)
print(tuple(X.shape), "->", tuple(ResBlockConv(4)(X).shape))
parameters = sum(one.numel() for one in ResBlockConv(64).parameters())
print("parameters with 64 channels:", parameters)

layer, normalise = nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4)
before = normalise(layer(X))
with torch.no_grad():
    layer.bias += 5
change = (normalise(layer(X)) - before).abs().max().item()
print(f"the largest change when 5 is added to the bias: {change:.0e}")
