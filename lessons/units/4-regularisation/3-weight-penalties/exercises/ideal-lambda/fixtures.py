"""Models with linear layers in all places."""

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
    layers = {
        "flat": [nn.Linear(3, 7), nn.ReLU(), nn.Linear(7, 1)],
        "normalised": [nn.Linear(3, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 1)],
        "nested": [nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Sequential(Inner(), nn.Linear(3, 6))), nn.BatchNorm1d(6)],
    }
    return nn.Sequential(*layers[kind]).double()
