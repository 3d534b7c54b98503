"""The derivative of the last state with respect to the recurrent weight, token by token."""

import torch


def contributions(w: float, h: torch.Tensor) -> torch.Tensor:
    """What each token contributes to the derivative of h[-1], for the states h of shape (T + 1,); shape (T,)."""
    raise NotImplementedError("write contributions")
