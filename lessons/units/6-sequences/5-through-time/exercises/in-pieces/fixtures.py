"""A cell that counts its calls, and what its derivatives are."""

import torch


class Cell:
    """An Elman cell with weights that are given."""

    def __init__(self, weight_in, weight_hidden):
        self.weight_in, self.weight_hidden, self.calls = weight_in, weight_hidden.clone().requires_grad_(), 0

    def __call__(self, x, h):
        self.calls += 1
        return torch.tanh(self.weight_in @ x + self.weight_hidden @ h)


def cell(weight_in, weight_hidden):
    """The cell as a function of (x, h)."""
    return Cell(weight_in, weight_hidden)


def tracked(values):
    """Values whose derivatives are wanted."""
    return values.clone().requires_grad_()


def derivatives(state, *wanted):
    """Derivatives of the sum of squares of a state, zeros where it does not depend on them."""
    found = torch.autograd.grad(state.square().sum(), wanted, allow_unused=True)
    return [torch.zeros_like(one) if own is None else own for one, own in zip(wanted, found, strict=True)]


def weight_of(cell):
    """Its recurrent weights."""
    return cell.weight_hidden


def calls(cell):
    """How often it was called."""
    return cell.calls
