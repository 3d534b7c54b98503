"""The derivative that leaves a residual block on the way back."""

import torch


def input_gradient(dY: torch.Tensor, Y2: torch.Tensor, J: torch.Tensor) -> torch.Tensor:
    """The derivative with respect to the block's input (n,), from that at its output and the Jacobian of its path."""
    raise NotImplementedError("write input_gradient")
