"""Convolutions from one channel to one."""

import torch
from torch import nn


def smooth(k, seed):
    torch.manual_seed(seed)
    return nn.Conv2d(1, 1, k, bias=False).requires_grad_(False)


def settings(layer):
    """What a convolution goes by, but for its numbers."""
    return [layer.in_channels, layer.out_channels, *layer.kernel_size, *layer.stride, *layer.padding, layer.padding_mode]
