"""A module with the layers of a translator, and what is measured of one."""

import torch
from torch import nn

LAYERS = ("source_embedding", "encoder", "target_embedding", "cell", "output")


def filled(model, numbers):
    """A translator with the given numbers as its parameters, in float64."""
    model.double()
    with torch.no_grad():
        for name in LAYERS:
            for parameter in getattr(model, name).parameters():
                count = parameter.numel()
                parameter.copy_(numbers[:count].view_as(parameter))
                numbers = numbers[count:]
    return model


def layers(source_size, target_size, E, H, numbers):
    """The five layers without a forward of their own."""
    model = nn.Module()
    model.source_embedding, model.target_embedding = nn.Embedding(source_size, E), nn.Embedding(target_size, E)
    model.encoder, model.cell = nn.LSTM(E, H), nn.RNNCell(E, H)
    model.output = nn.Linear(H, target_size)
    return filled(model, numbers)


def trial(model, source, target, forced):
    """Tokens, the cost, and the gradients of all layers; forced: None for free running."""
    model.zero_grad()
    tokens, cost = model(source, target) if forced is None else model(source, target, forced)
    cost.backward()
    slopes = [one.grad for name in LAYERS for one in getattr(model, name).parameters()]
    found = [torch.zeros(1) if one is None else one.clone() for one in slopes]
    return tokens, cost.detach().clone(), found


def whole_costs(model, pairs):
    """The mean cost over whole targets."""
    with torch.no_grad():
        return sum(float(model(source, target, True)[1]) for source, target in pairs) / len(pairs)


def parameters(model):
    """All parameters as one vector."""
    return torch.cat([one.detach().flatten() for name in LAYERS for one in getattr(model, name).parameters()])
