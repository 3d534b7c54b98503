"""Momentum on a slope that is the same everywhere."""

import torch


def params_after(c: torch.Tensor, alpha: float, beta: float, T: int) -> torch.Tensor:
    """The parameters after T updates from the origin: the size of c."""
    raise NotImplementedError("write params_after")


def step_length(c: torch.Tensor, alpha: float, beta: float, T: int) -> torch.Tensor:
    """The length of update number T."""
    raise NotImplementedError("write step_length")
