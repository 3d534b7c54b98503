"""An Elman cell that also takes a context vector."""

import torch
from torch import nn


class AttentionCell(nn.Module):
    """The next state from a token, a state and a context."""

    def __init__(self, E: int, H: int):
        super().__init__()
        raise NotImplementedError("write AttentionCell")

    def forward(self, x: torch.Tensor, h: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
        """The state of shape (H,) after the token x."""
        raise NotImplementedError("write forward")
