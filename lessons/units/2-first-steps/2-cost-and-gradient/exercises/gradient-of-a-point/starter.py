"""The gradient of what one point contributes to the cost."""

import torch


def grad_H(
    w0: torch.Tensor, w1: torch.Tensor, b: torch.Tensor, x0: torch.Tensor, x1: torch.Tensor, yt: torch.Tensor
) -> torch.Tensor:
    """The derivatives of H with respect to w0, w1 and b: size (3,)."""
    raise NotImplementedError("write grad_H")
