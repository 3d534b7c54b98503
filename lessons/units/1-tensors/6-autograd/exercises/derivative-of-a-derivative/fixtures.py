"""Functions of one variable."""

import torch


def parabola(x):
    return x**2 + x


def cube(x):
    return x**3


def sine(x):
    return torch.sin(x)


def growth(x):
    return torch.exp(2 * x)


def entropy(x):
    return x * torch.log(x)
