"""Derivatives that come back along more than one path."""

from collections.abc import Callable
from typing import Any

import torch


def grad_parallel(
    J1: torch.Tensor, J2: torch.Tensor, J3u: torch.Tensor, J3v: torch.Tensor, g: torch.Tensor
) -> torch.Tensor:
    """The derivative of the cost with respect to X: size (n,)."""
    raise NotImplementedError("write grad_parallel")


def backprop_graph(
    nodes: list[tuple[Any, list[int]]], x: torch.Tensor, dcost: Callable[[torch.Tensor], torch.Tensor]
) -> torch.Tensor:
    """The derivative of the cost with respect to x, of the size of x."""
    raise NotImplementedError("write backprop_graph")
