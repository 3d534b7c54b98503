"""Small networks with a batch normalisation layer."""

import torch
from torch import nn


def small(inputs, classes, seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(inputs, 11), nn.BatchNorm1d(11), nn.ReLU(), nn.Linear(11, classes)).double()


def plain(inputs, classes, seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(inputs, 7), nn.Tanh(), nn.Linear(7, classes)).double()


def inside(net):
    return {name: one.detach().clone() for name, one in net.state_dict().items() if one.dtype == torch.float64}
