"""Transposed convolution by hand."""

import torch


def stamp(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Every pixel of X (H, W) stamps K (p, q) on the output."""
    raise NotImplementedError("write stamp")


def transposed(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
    """The same for pictures (N, C_in, H, W), with kernels (C_in, C_out, p, q) and a bias (C_out,)."""
    raise NotImplementedError("write transposed")
