"""A convolution written as a matrix."""

import torch


def conv_matrix(K: torch.Tensor, H: int, W: int) -> torch.Tensor:
    """The matrix that maps the flattened picture (H * W,) to the flattened output."""
    raise NotImplementedError("write conv_matrix")
