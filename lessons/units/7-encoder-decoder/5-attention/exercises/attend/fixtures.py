"""Tensors whose derivatives are wanted."""

import torch


def tracked(values):
    """A copy for which a derivative is computed."""
    return values.clone().requires_grad_()


def derivatives(result, *inputs):
    """Derivatives of a sum over the output, whose terms have different weights, with respect to the inputs."""
    output = result[0]
    total = (output * torch.arange(1.0, output.numel() + 1).view_as(output)).sum()
    found = torch.autograd.grad(total, inputs, allow_unused=True)
    return [torch.zeros_like(one) if own is None else own for one, own in zip(inputs, found, strict=True)]
