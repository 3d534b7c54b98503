"""Small networks that give the logarithms of probabilities, with parameters that are handed in."""

import torch


def network(weight, bias):
    """Linear and LogSoftmax, in the dtype of the weights."""
    linear = torch.nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
    with torch.no_grad():
        linear.weight.copy_(weight)
        linear.bias.copy_(bias)
    return torch.nn.Sequential(linear, torch.nn.LogSoftmax(dim=1))


def deep_network(first, second):
    """Two linear layers with a ReLU between them, without biases."""
    layers = [torch.nn.Linear(one.shape[1], one.shape[0], bias=False, dtype=one.dtype) for one in (first, second)]
    with torch.no_grad():
        for layer, weight in zip(layers, (first, second), strict=True):
            layer.weight.copy_(weight)
    return torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1], torch.nn.LogSoftmax(dim=1))
