"""Linear layers, and what is in them."""

import torch
from torch import nn


def make_layer(inputs, outputs, bias):
    torch.manual_seed(0)
    return nn.Linear(inputs, outputs, bias=bias)


def inside(layer):
    """Weights and bias as they are, and whether both can still be trained."""
    bias = None if layer.bias is None else layer.bias.detach().clone()
    return {
        "weight": layer.weight.detach().clone(),
        "bias": bias,
        "trainable": all(one.requires_grad and one.is_leaf for one in layer.parameters()),
    }
