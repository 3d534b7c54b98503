"""What is looked at of a layer."""

from torch import nn


def is_convolution(layer):
    return isinstance(layer, nn.Conv2d)
