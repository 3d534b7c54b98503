"""The best that a linear autoencoder can do, without training."""

import torch


def reconstruct(X: torch.Tensor, k: int) -> torch.Tensor:
    """The points (N, d) after passing through the best k numbers: (N, d)."""
    raise NotImplementedError("write reconstruct")


def least_error(X: torch.Tensor, k: int) -> torch.Tensor:
    """The mean squared error of that reconstruction, over points and coordinates."""
    raise NotImplementedError("write least_error")
