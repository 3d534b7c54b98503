"""A recurrent cell that keeps its state."""

import torch
from torch import nn


class ElmanCell(nn.Module):
    """Each call with an embedded token (E,) updates the state `hidden` (H,), and returns nothing."""

    def __init__(self, embed_dim: int, hidden_dim: int) -> None:
        super().__init__()
        raise NotImplementedError("write ElmanCell")

    def reset(self) -> None:
        """The state is zeros again."""
