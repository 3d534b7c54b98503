"""Models to be initialised, and what is looked at afterwards."""

import torch
from torch import nn


def nested():
    """Linear layers at several depths, and other modules with parameters."""
    torch.manual_seed(0)
    inner = nn.Sequential(nn.Linear(500, 300), nn.ReLU(), nn.ModuleList([nn.Linear(300, 100, bias=False)])[0])
    model = nn.ModuleDict({"first": inner, "other": nn.LayerNorm(7), "last": nn.Linear(100, 400)})
    return model


def weights(model):
    """Weights and biases of the linear layers, and the parameters of the others."""
    linear = [one for one in model.modules() if isinstance(one, nn.Linear)]
    return {
        "weights": [one.weight.detach().clone() for one in linear],
        "biases": [one.bias.detach().clone() for one in linear if one.bias is not None],
        "others": [one.detach().clone() for one in model["other"].parameters()],
        "trainable": [one.requires_grad and one.is_leaf for one in model.parameters()],
    }
