"""The derivatives of a convolution with respect to its kernel and its picture."""

import torch


def conv_backward(X: torch.Tensor, K: torch.Tensor, dY: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """dK (p, q) and dX (H, W) for X (H, W), K (p, q) and dY (H - p + 1, W - q + 1)."""
    raise NotImplementedError("write conv_backward")
