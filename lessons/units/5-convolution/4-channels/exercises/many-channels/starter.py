"""A convolution layer with several channels in and out."""

import torch
from torch import nn


class ConvLayer(nn.Module):
    def __init__(self, in_channels: int = 1, out_channels: int = 1, kernel_size: tuple[int, int] = (1, 1)):
        super().__init__()
        raise NotImplementedError("write ConvLayer")

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """For X (N, in_channels, H, W), size (N, out_channels, H - p + 1, W - q + 1)."""
