"""Where a simple cost has its minimum when a penalty is added to it."""

import torch


def decayed(w0: float, rate: float, lam: float, steps: int) -> float:
    """A weight after so many steps along nothing but the penalty lam/2 w^2."""
    raise NotImplementedError("write decayed")


def with_squares(H: torch.Tensor, best: torch.Tensor, lam: float) -> torch.Tensor:
    """The minimum of the cost with lam/2 times the sum of squares."""
    raise NotImplementedError("write with_squares")


def with_absolute_values(H: torch.Tensor, best: torch.Tensor, lam: float) -> torch.Tensor:
    """The minimum of the cost with lam times the sum of absolute values."""
    raise NotImplementedError("write with_absolute_values")
