"""What a network is made of."""

from torch import nn


def layers(model):
    """The names of all modules that have none inside, in order; activations are called so."""
    names = []
    for module in model.modules():
        if not list(module.children()) and module is not model:
            activation = type(module).__module__ == nn.ReLU.__module__
            names.append("activation" if activation else type(module).__name__)
    return names


def silent(model, images):
    """The names of the parameters that get no gradient from a mean over the pixels of the output."""
    model.zero_grad()
    model(images).square().mean().backward()
    return [name for name, one in model.named_parameters() if one.grad is None or not bool(one.grad.any())]
