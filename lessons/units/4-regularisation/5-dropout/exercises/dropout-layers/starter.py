"""Dropout: without a correction, with one in prediction, and with one in training."""

import torch
from torch import nn


class PlainDropout(nn.Module):
    def __init__(self, drop_rate: float = 0.5):
        super().__init__()
        raise NotImplementedError("write PlainDropout")

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """X, of any size, with entries dropped in training mode."""


class Dropout(nn.Module):
    def __init__(self, drop_rate: float = 0.5):
        super().__init__()
        raise NotImplementedError("write Dropout")

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """As PlainDropout in training mode; weaker in prediction mode."""


class InvertedDropout(nn.Module):
    def __init__(self, drop_rate: float = 0.5):
        super().__init__()
        raise NotImplementedError("write InvertedDropout")

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """What stays is stronger in training mode; prediction does nothing."""
