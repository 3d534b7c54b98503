"""Parameters, and a training loop that writes down where they go."""

import torch


def parameters(values):
    """Parameters with these values."""
    return [torch.nn.Parameter(value.clone()) for value in values]


def run(optimizer, params, targets, steps, *, unused=()):
    """Where the parameters are after 1, 2, 10 and all of the steps. unused: numbers of those without a gradient."""
    kept = []
    for step in range(1, steps + 1):
        for number, (one, target) in enumerate(zip(params, targets, strict=True)):
            one.grad = None
            if number not in unused:
                scale = 10.0 ** (2 * number - 2)
                (scale * (torch.cos(one - target) - 0.1 * (one - target) ** 2).sum()).neg().backward()
        optimizer.step()
        if step in (1, 2, 10, steps):
            kept.append([one.detach().clone() for one in params])
    return kept


def graph_left(params):
    """Whether a parameter has become part of a graph, or another tensor."""
    return [not (one.is_leaf and one.requires_grad) for one in params]
