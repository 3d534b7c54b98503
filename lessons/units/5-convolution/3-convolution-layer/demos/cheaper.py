"""Parameters and products, from 28 x 28 to 26 x 26 pixels."""

from torch import nn

convolution, linear = nn.Conv2d(1, 1, kernel_size=3, bias=False), nn.Linear(28 * 28, 26 * 26, bias=False)
counts = [sum(one.numel() for one in layer.parameters()) for layer in (convolution, linear)]
products = [26 * 26 * counts[0], counts[1]]
for name, parameters, number in zip(("convolution", "fully connected"), counts, products, strict=True):
    print(f"{name:16s} {parameters:7,} parameters, {number:7,} products for a picture")
