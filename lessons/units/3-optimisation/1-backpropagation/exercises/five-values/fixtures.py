"""The network of the exercise."""

import torch
from torch import nn


def network(parameters, *, used):
    """The network with these parameters; used: whether gradients of an earlier call are left in it."""
    model = nn.Sequential(nn.Linear(2, 1), nn.ReLU(), nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1), nn.Sigmoid())
    with torch.no_grad():
        for own, value in zip(model.parameters(), parameters, strict=True):
            own.copy_(value)
            if used:
                own.grad = torch.ones_like(own)
    return model
