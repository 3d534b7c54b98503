"""The gradient of the likelihood for many classes."""

import torch


def dL_dW(W: torch.Tensor, b: torch.Tensor, X: torch.Tensor, Yt: torch.Tensor) -> torch.Tensor:
    """The derivatives of L with respect to W (k, d), of the same size; X is (n, d), Yt one-hot (n, k), b (k,)."""
    raise NotImplementedError("write dL_dW")
