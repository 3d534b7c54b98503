"""Residual blocks with random parameters, of linear layers and of convolutions."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, *path):
        super().__init__()
        self.path = nn.Sequential(*path)

    def forward(self, X):
        return torch.relu(self.path(X) + X)


def block(kind, n):
    if kind == "linear":
        return Block(nn.Linear(n, n), nn.BatchNorm1d(n), nn.ReLU(), nn.Linear(n, n))
    size = {"kernel_size": 3, "padding": "same", "bias": False}
    return Block(nn.Conv2d(n, n, **size), nn.BatchNorm2d(n), nn.ReLU(), nn.Conv2d(n, n, **size), nn.BatchNorm2d(n))


def others(block):
    """The parameters in front of the last layer, and whether all parameters are trainable."""
    return [one.detach().clone() for layer in block.path[:-1] for one in layer.parameters()], [one.requires_grad for one in block.parameters()]
