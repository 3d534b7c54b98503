"""The gradients of single points."""

import torch


def point_gradients(params: torch.Tensor, X: torch.Tensor, Y: torch.Tensor, i_black: int, i_white: int) -> torch.Tensor:
    """The gradient of H with respect to (w0, w1, b), of a black and of a white point: size (2, 3)."""
    raise NotImplementedError("write point_gradients")
