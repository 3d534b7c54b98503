"""A network of four neurons: its output, and its gradient by hand and by autograd."""

import torch
from torch import nn


def output(
    W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, W3: torch.Tensor, b3: torch.Tensor,
    x: torch.Tensor,
) -> torch.Tensor:
    """What the network computes for x (2,): size (1,)."""
    raise NotImplementedError("write output")


def by_hand(
    W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, W3: torch.Tensor, b3: torch.Tensor,
    x: torch.Tensor,
) -> tuple[torch.Tensor, ...]:
    """The derivatives of -log y with respect to W1, b1, W2, b2, W3, b3, each of the size of its parameter."""
    raise NotImplementedError("write by_hand")


def automatic(model: nn.Sequential, x: torch.Tensor) -> list[torch.Tensor]:
    """The same, in the order of model.parameters(), by autograd."""
    raise NotImplementedError("write automatic")
