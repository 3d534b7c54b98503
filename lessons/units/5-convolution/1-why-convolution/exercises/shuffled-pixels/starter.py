"""Pictures whose pixels are shuffled, and a network that does not mind."""

import torch
from torch import nn


def shuffle(images: torch.Tensor, order: torch.Tensor) -> torch.Tensor:
    """Every picture of images (n, h, w) with its pixels in the order given."""
    raise NotImplementedError("write shuffle")


def restore(images: torch.Tensor, order: torch.Tensor) -> torch.Tensor:
    """What shuffle(..., order) was given."""
    raise NotImplementedError("write restore")


def move_weights(W: torch.Tensor, order: torch.Tensor) -> torch.Tensor:
    """Weights (m, h w) that do for shuffled pictures what W does for pictures as they are."""
    raise NotImplementedError("write move_weights")


def train_shuffled(X: torch.Tensor, Y: torch.Tensor, order: torch.Tensor) -> nn.Module:
    """A deep network that was trained on X (n, h w), shuffled, and the classes Y (n,)."""
    raise NotImplementedError("write train_shuffled")
