"""An LSTM with given numbers, and what is in it."""

import torch
from torch import nn


def lstm(E, H, layers, numbers):
    """A network whose parameters are filled, one after the other, with the numbers of a vector."""
    network = nn.LSTM(E, H, layers)
    network.known = list(network.parameters())
    with torch.no_grad():
        for parameter in network.known:
            count = parameter.numel()
            parameter.copy_(numbers[:count].view_as(parameter))
            numbers = numbers[count:]
    return network


def sums_of_biases(network):
    """The sums of both biases of each layer, (layers, 4, H)."""
    layers = range(network.num_layers)
    sums = [getattr(network, f"bias_ih_l{k}") + getattr(network, f"bias_hh_l{k}") for k in layers]
    return torch.stack(sums).view(len(sums), 4, -1).detach()


def weights(network):
    """All weights, layer by layer."""
    names = [f"weight_{kind}_l{k}" for k in range(network.num_layers) for kind in ("ih", "hh")]
    return [getattr(network, name).detach().clone() for name in names]


def same(network):
    """Whether all parameters are the objects that they were, and are still to be trained."""
    now = list(network.parameters())
    return len(now) == len(network.known) and all(a is b and a.requires_grad for a, b in zip(now, network.known, strict=True))
