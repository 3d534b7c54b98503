"""The gradient of the cost without intermediate factors, and its time beside the one with them."""

import timeit

import torch


def calc_grad_direct(params: torch.Tensor, X: torch.Tensor, Y: torch.Tensor) -> torch.Tensor:
    """The gradient of the cost at params (w0, w1, b): size (3,). X holds n points in its rows, Y their labels."""
    raise NotImplementedError("write calc_grad_direct")


def time_both(params: torch.Tensor, X: torch.Tensor, Y: torch.Tensor) -> dict[str, float]:
    """Seconds of one call of each version: {"factors": ..., "direct": ...}."""
    raise NotImplementedError("write time_both")
