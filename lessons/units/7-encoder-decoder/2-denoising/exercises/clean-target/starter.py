"""A step of training and a test for a network that restores pictures."""

import torch
from torch import nn


def step(model: nn.Module, corruptor: nn.Module, optimizer: torch.optim.Optimizer, images: torch.Tensor) -> float:
    """One step; the cost before it."""
    raise NotImplementedError("write step")


def relative_error(model: nn.Module, corruptor: nn.Module, images: torch.Tensor, mean: torch.Tensor) -> float:
    """The error of restored pictures as a share of the mean picture's error."""
    raise NotImplementedError("write relative_error")
