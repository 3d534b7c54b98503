"""Batch norm with fixed statistics, as what follows a convolution."""

from typing import NamedTuple

import torch


class Norm(NamedTuple):
    """Batch norm with fixed statistics, to follow a convolution: [OC] each; weight and bias may be missing."""

    mean: torch.Tensor
    var: torch.Tensor
    weight: torch.Tensor | None = None
    bias: torch.Tensor | None = None
    eps: float = 1e-5
