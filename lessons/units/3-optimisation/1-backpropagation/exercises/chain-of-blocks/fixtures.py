"""Blocks that know their derivatives, and remember how they were called."""

import torch


class Block:
    """A block with a number and a note of its calls, in a list that all blocks of a chain share."""

    def __init__(self, number, calls, function):
        self.number, self.calls, self.function = number, calls, function

    def forward(self, x):
        self.calls.append(f"forward {self.number}")
        return self.function.forward(x)

    def backward(self, x, dy):
        self.calls.append(f"backward {self.number}")
        return self.function.backward(x, dy)


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        return self.W @ x + self.b

    def backward(self, x, dy):
        return self.W.T @ dy, [torch.outer(dy, x), dy]


class Tanh:
    def forward(self, x):
        return torch.tanh(x)

    def backward(self, x, dy):
        return dy * (1 - torch.tanh(x) ** 2), []


class Square:
    def forward(self, x):
        return x**2

    def backward(self, x, dy):
        return 2 * x * dy, []


class Scale:
    """Every number has a factor of its own."""

    def __init__(self, factors):
        self.factors = factors

    def forward(self, x):
        return self.factors * x

    def backward(self, x, dy):
        return self.factors * dy, [x * dy]


KINDS = {"affine": Affine, "tanh": Tanh, "square": Square, "scale": Scale}


def chain(parts):
    """A list of blocks from names and parameters."""
    calls = []
    return [Block(number, calls, KINDS[name](*tensors)) for number, (name, tensors) in enumerate(parts)]


def half_square(y):
    """The derivative of half the sum of squares."""
    return y.clone()


def sum_of_sines(y):
    """The derivative of the sum of sines."""
    return torch.cos(y)


def heard(blocks):
    """What was called, in order."""
    return list(blocks[0].calls) if blocks else []
