"""Sizes on the way through four layers, for pictures of two sizes."""

import torch
from torch import nn

layers = [
    nn.Conv2d(1, 5, kernel_size=2, stride=2),
    nn.Conv2d(5, 7, kernel_size=2, stride=2),
    nn.ConvTranspose2d(7, 5, kernel_size=2, stride=2),
    nn.ConvTranspose2d(5, 1, kernel_size=2, stride=2),
]
heights = {}
for size in ((28, 28), (36, 100)):
    X = torch.zeros(3, 1, *size)
    shapes = [tuple(X.shape)]
    for layer in layers:
        X = layer(X)
        shapes.append(tuple(X.shape))
    print(*shapes, sep="\n", end="\n\n")
    heights[size[0]] = [shape[2] for shape in shapes]
