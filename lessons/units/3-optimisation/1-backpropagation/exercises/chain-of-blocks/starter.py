"""Backpropagation through a chain of blocks."""

from collections.abc import Callable
from typing import Any

import torch


def backprop(
    blocks: list[Any], x: torch.Tensor, dcost: Callable[[torch.Tensor], torch.Tensor]
) -> tuple[torch.Tensor, list[list[torch.Tensor]]]:
    """The derivative with respect to x, and those of the parameters, a list for each block in their order."""
    raise NotImplementedError("write backprop")
