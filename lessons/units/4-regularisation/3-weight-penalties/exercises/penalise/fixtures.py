"""Models with linear layers in all places, and a network for regression with given parameters."""

import torch
from torch import nn


class Inner(nn.Module):
    """A linear layer without a bias, one module further down."""

    def __init__(self):
        super().__init__()
        self.weight_of_all = nn.Linear(5, 3, bias=False)
        self.scale = nn.LayerNorm(3)

    def forward(self, x):
        return self.scale(self.weight_of_all(x))


def model(kind):
    """A model without chosen parameters, in float64."""
    layers = {
        "flat": [nn.Linear(3, 7), nn.ReLU(), nn.Linear(7, 1)],
        "normalised": [nn.Linear(3, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 1)],
        "nested": [nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Sequential(Inner(), nn.Linear(3, 6))), nn.BatchNorm1d(6)],
        "none": [nn.BatchNorm1d(3), nn.ReLU()],
    }
    return nn.Sequential(*layers[kind]).double()


def regression(W1, b1, W2, b2):
    layers = []
    for W, b in ((W1, b1), (W2, b2)):
        layer = nn.Linear(W.shape[1], W.shape[0]).double()
        layer.load_state_dict({"weight": W, "bias": b})
        layers.append(layer)
    return nn.Sequential(layers[0], nn.BatchNorm1d(len(b1)).double(), nn.Tanh(), layers[1])
