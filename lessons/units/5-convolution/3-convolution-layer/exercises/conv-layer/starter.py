"""A convolution layer for pictures of one channel, with one kernel."""

import torch
from torch import nn


def first_numbers(p: int, q: int) -> torch.Tensor:
    """Random numbers of size (p, q), uniform between minus and plus 1 over the root of their number."""
    raise NotImplementedError("write first_numbers")


class ConvLayer_1(nn.Module):
    def __init__(self, kernel_size: tuple[int, int]):
        super().__init__()
        raise NotImplementedError("write ConvLayer_1")

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """For X (N, H, W), the convolutions, of size (N, H - p + 1, W - q + 1)."""
