"""The backward pass of batch normalisation in training mode."""

import torch


def bn_backward(
    dy: torch.Tensor, xhat: torch.Tensor, gamma: torch.Tensor, sigma2: torch.Tensor, eps: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The derivatives for x (N, d), gamma (d,) and beta (d,)."""
    raise NotImplementedError("write bn_backward")
