"""A sentence fed to a cell, and its state."""

import torch


def feed(cell, tokens):
    """What the cell returns for the last token."""
    result = "no token"
    for token in tokens:
        result = cell(token)
    return result


def gradient(cell, tokens, cotangent):
    """The derivatives with respect to the tokens and the parameters, from that with respect to the last state."""
    tokens = tokens.clone().requires_grad_()
    feed(cell, tokens)
    return torch.autograd.grad(cell.hidden, [tokens, *cell.parameters()], cotangent)
