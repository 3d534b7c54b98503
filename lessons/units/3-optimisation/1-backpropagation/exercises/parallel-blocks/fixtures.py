"""Blocks with one input or two, whose derivatives are known."""

import torch


class Sine:
    def forward(self, u):
        return torch.sin(u)

    def backward(self, u, dy):
        return [torch.cos(u) * dy]


class Square:
    def forward(self, u):
        return u**2

    def backward(self, u, dy):
        return [2 * u * dy]


class Product:
    def forward(self, u, v):
        return u * v

    def backward(self, u, v, dy):
        return [v * dy, u * dy]


class Difference:
    def forward(self, u, v):
        return u - v

    def backward(self, u, v, dy):
        return [dy, -dy]


class Weights:
    """Multiplies by a matrix."""

    def __init__(self, W):
        self.W = W

    def forward(self, u):
        return self.W @ u

    def backward(self, u, dy):
        return [self.W.T @ dy]


class Ratio:
    """The first by 2 plus the square of the second."""

    def forward(self, u, v):
        return u / (2 + v**2)

    def backward(self, u, v, dy):
        return [dy / (2 + v**2), -2 * u * v / (2 + v**2) ** 2 * dy]


KINDS = {
    "sine": Sine, "square": Square, "product": Product, "difference": Difference, "weights": Weights, "ratio": Ratio,
}  # fmt: skip


def graph(parts):
    """A list of (block, sources)."""
    return [(KINDS[name](*tensors), list(sources)) for name, tensors, sources in parts]


def sum_of_sines(y):
    """The derivative of the sum of sines."""
    return torch.cos(y)
