"""Derivatives of the sums Z = Wx + b with respect to b and to W."""

import torch


def dZ_db(b: torch.Tensor) -> torch.Tensor:
    """Entry [m, p] is the derivative of z_m with respect to b_p: size (k, k) for b of size (k,)."""
    raise NotImplementedError("write dZ_db")


def dZ_dW(x: torch.Tensor, k: int) -> torch.Tensor:
    """Entry [m, p, q] is the derivative of z_m with respect to w_{p,q}: size (k, k, d) for x of size (d,)."""
    raise NotImplementedError("write dZ_dW")
