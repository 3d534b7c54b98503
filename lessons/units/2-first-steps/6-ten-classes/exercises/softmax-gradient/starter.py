"""The gradient of what one picture contributes to the cost, factor by factor."""

import torch


def dH_dy(y: torch.Tensor, yt: torch.Tensor) -> torch.Tensor:
    """The derivatives of H with respect to the outputs: size (k,), like y and yt."""
    raise NotImplementedError("write dH_dy")


def dy_dz(z: torch.Tensor) -> torch.Tensor:
    """Entry [k, m] is the derivative of output k with respect to sum m: size (k, k) for z of size (k,)."""
    raise NotImplementedError("write dy_dz")


def dz_dw(x: torch.Tensor, m: int, p: int, q: int) -> torch.Tensor:
    """The derivative of z_m with respect to w_{p,q}, without dimensions, for an input x of size (d,)."""
    raise NotImplementedError("write dz_dw")


def grad_H(W: torch.Tensor, b: torch.Tensor, x: torch.Tensor, yt: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The derivatives of H with respect to W (k, d) and b (k,), of the same sizes."""
    raise NotImplementedError("write grad_H")
