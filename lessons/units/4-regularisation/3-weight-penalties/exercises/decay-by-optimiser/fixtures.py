"""Models with parameters of many kinds, and what an optimiser makes of the groups that it is given."""

import torch
from torch import nn


class Scaled(nn.Module):
    """A linear layer without a bias, behind it a parameter of the module's own that is called weight."""

    def __init__(self):
        super().__init__()
        self.inside = nn.Linear(5, 3, bias=False)
        self.weight = nn.Parameter(torch.ones(3))

    def forward(self, x):
        return self.inside(x) * self.weight


def model(kind):
    layers = {
        "flat": [nn.Linear(3, 7), nn.ReLU(), nn.Linear(7, 1)],
        "normalised": [nn.Linear(3, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 1)],
        "nested": [nn.Sequential(nn.Linear(3, 5), nn.Sequential(Scaled(), nn.Linear(3, 6))), nn.LayerNorm(6)],
        "convolution": [nn.Linear(5, 12), nn.Unflatten(1, (1, 3, 4)), nn.Conv2d(1, 3, 2), nn.Embedding(7, 5)],
        "weights alone": [nn.Linear(3, 5, bias=False), nn.ReLU(), nn.Linear(5, 1, bias=False)],
        "frozen": [nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 6), nn.ReLU(), nn.Linear(6, 1)],
    }
    result = nn.Sequential(*layers[kind])
    if kind == "frozen":
        for parameter in result[0].parameters():
            parameter.requires_grad_(False)
        result[2].bias.requires_grad_(False)
    return result


def as_seen(model, groups):
    """For each parameter's name the decays with which three optimisers have it; other parameters are counted."""
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    seen = {name: [] for name in names.values()}
    strangers = 0
    copies = [{**group, "params": list(group["params"])} for group in groups]
    for make in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW):
        for group in make([dict(group) for group in copies], lr=0.1).param_groups:
            for parameter in group["params"]:
                if id(parameter) in names:
                    seen[names[id(parameter)]].append(float(group["weight_decay"]))
                else:
                    strangers += 1
    return seen, strangers, sum(not group["params"] for group in copies)
