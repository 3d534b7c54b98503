"""Deep networks with given parameters and averages, and what is asked of them."""

import torch
from torch import nn


def network(depth, normalised, seed):
    """A network as the prompt has it, with parameters and running averages that the seed decides, in training mode."""
    draw = torch.Generator().manual_seed(seed)
    model = nn.Sequential()
    for number in range(1, depth + 1):
        model.append(nn.Linear(2 if number == 1 else 10, 10))
        if normalised:
            model.append(nn.BatchNorm1d(10))
        model.append(nn.ReLU())
    model.append(nn.Linear(10, 1)).append(nn.Sigmoid())
    with torch.no_grad():
        for one in model.parameters():
            one.copy_(torch.randn(one.shape, generator=draw) * 0.6)
        for name, one in model.named_buffers():
            if one.dim():
                one.copy_(torch.rand(one.shape, generator=draw) + (0.5 if "var" in name else 0))
    return model.train()


def averages(model):
    """The running averages of a model."""
    return [one.clone() for one in model.buffers()]


def tracked(found):
    """How many tensors of the two lists carry a graph."""
    return sum(one.requires_grad for values in found for one in values)

