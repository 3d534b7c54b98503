"""How large the gradients are, parameter by parameter, epoch by epoch."""

import torch
from torch import nn


def gradient_norms(
    model: nn.Module, sentences: list[torch.Tensor], labels: list[int], epochs: int, lr: float
) -> dict[str, list[float]]:
    """For each parameter, the mean infinity norm of its gradient in each epoch."""
    raise NotImplementedError("write gradient_norms")
