"""A decoder with three layers."""

import torch
from torch import nn


class Cell(nn.Module):
    """A cell with three inputs."""

    def __init__(self, E, H):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(E, H), nn.Linear(H, H), nn.Linear(H, H)])

    def forward(self, x, h, c):
        a, b, d = (layer(one) for layer, one in zip(self.layers, (x, h, c), strict=True))
        return (a + b + d).tanh()


def decoder(V, E, H, numbers):
    """A decoder whose parameters are filled with the numbers, in order."""
    model = nn.Module()
    model.embedding, model.cell, model.output = nn.Embedding(V, E), Cell(E, H), nn.Linear(H, V)
    with torch.no_grad():
        for parameter in model.parameters():
            count = parameter.numel()
            parameter.copy_(numbers[:count].view_as(parameter))
            numbers = numbers[count:]
    return model
