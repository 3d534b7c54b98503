"""PyTorch's layer, and the sum over its input channels."""

import torch
from torch import nn

torch.manual_seed(0)
layer = nn.ConvTranspose2d(3, 5, (4, 2))
X = torch.randn(2, 3, 6, 6)
with torch.no_grad():
    Y = layer(X)
    parts = [nn.functional.conv_transpose2d(X[:, [c]], layer.weight[[c]]) for c in range(3)]
    summed = sum(parts) + layer.bias[:, None, None]
print("weights:", tuple(layer.weight.shape), " bias:", tuple(layer.bias.shape))
print("weights of nn.Conv2d(3, 5, (4, 2)):", tuple(nn.Conv2d(3, 5, (4, 2)).weight.shape))
print(tuple(X.shape), "->", tuple(Y.shape))
print("largest difference from the sum:", f"{(Y - summed).abs().max():.1e}")
