"""A corruptor that corrupts the same pixels each time, and a small model."""

import torch
from torch import nn


class Half(nn.Module):
    """Like nn.Dropout, with pixels that are handed in."""

    def __init__(self, kept):
        super().__init__()
        self.kept = kept

    def forward(self, x):
        return 2 * x * self.kept if self.training else x


def corruptor(kept, training):
    return Half(kept).train(training)


def small(h, w, d, seed, training):
    """A model with random parameters, a normalisation layer and gradients of an earlier call."""
    torch.manual_seed(seed)
    layers = [nn.Flatten(), nn.Linear(h * w, d), nn.BatchNorm1d(d), nn.ReLU()]
    layers += [nn.Linear(d, h * w), nn.Sigmoid(), nn.Unflatten(1, (1, h, w))]
    model = nn.Sequential(*layers).double().train(training)
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, 0.3)
    return model


def sgd(model, rate):
    return torch.optim.SGD(model.parameters(), lr=rate)
