"""New pictures from the code of one."""

import torch
from torch import nn


def samples(encoder: nn.Module, decoder: nn.Module, image: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """Pictures (n, 1, h, w) from an image (1, 1, h, w) and noise (n, 1, d)."""
    raise NotImplementedError("write samples")
