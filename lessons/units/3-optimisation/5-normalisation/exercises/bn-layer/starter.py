"""Batch normalisation: statistics of the mini-batch in training, running averages in prediction."""

import torch
from torch import nn


class BN(nn.Module):
    def __init__(self, in_features: int):
        super().__init__()
        raise NotImplementedError("write BN")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """For x (N, d), the normalised values times gamma plus beta, of the same size."""
