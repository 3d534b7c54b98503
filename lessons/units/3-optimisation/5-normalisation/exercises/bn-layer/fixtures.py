"""A model with the layer in it, and how much of a graph its buffers hold."""

from torch import nn


def between(layer, features):
    """A linear layer, the layer, and a ReLU."""
    return nn.Sequential(nn.Linear(features, features), layer, nn.ReLU())


def tracked(layer):
    """Whether a running average is tracked by autograd."""
    return [bool(layer.mean.requires_grad), bool(layer.variance.requires_grad)]
