"""Backward twice: two calls on the same result."""

import torch


def second_backward(x0: float, retain: bool) -> float | str:
    """x.grad after two calls of backward() on x**2 + x, or the name of the exception that the second one raises."""
    raise NotImplementedError("write second_backward")
