"""How far a result is from the right one, how far it may be, and tensors that punish who reads beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

DTYPES = (torch.float64, torch.float32, torch.float16, torch.bfloat16)
ROUNDING = {torch.float64: 1e-12, torch.float32: 5e-6, torch.float16: 2e-3, torch.bfloat16: 1.6e-2}


def relative_error(got: torch.Tensor, expected: torch.Tensor) -> float:
    """The norm of the difference by the norm of what is right, in float64. Infinite where a number is missing."""
    got, expected = got.detach().double(), expected.detach().double()
    assert got.shape == expected.shape, (got.shape, expected.shape)
    if not torch.isfinite(got).all():
        return float("inf")
    return float((got - expected).norm() / expected.norm().clamp_min(1e-300))


def allowed(dtype: torch.dtype, by_torch: float = 0.0, factor: float = 2.0) -> float:
    """What may be off: twice what PyTorch is off in the same dtype (three times for gradients), or rounding itself."""
    return max(factor * by_torch, ROUNDING[dtype])


def assert_close(
    got: Sequence[torch.Tensor],
    expected: Sequence[torch.Tensor],
    dtype: torch.dtype,
    where: object = "",
    by_torch: Sequence[torch.Tensor] | None = None,
) -> None:
    """Each of `got`, computed in `dtype`, against its float64 counterpart, and no worse than what PyTorch computes.

    The first is a result, the others are gradients.
    """
    errors = [relative_error(one, other) for one, other in zip(got, expected, strict=True)]
    theirs = [0.0] * len(errors)
    if by_torch is not None:
        theirs = [relative_error(one, other) for one, other in zip(by_torch, expected, strict=True)]
    limits = [allowed(dtype, error, 3.0 if place else 2.0) for place, error in enumerate(theirs)]
    within = all(error <= limit for error, limit in zip(errors, limits, strict=True))
    assert within, (where, [f"{error:.1e} of {limit:.1e}" for error, limit in zip(errors, limits, strict=True)])


def outcome(call: Callable[..., torch.Tensor], *arguments: Any, **named: Any) -> Any:
    """The result of a call, or the exception's class and text."""
    try:
        return call(*arguments, **named)
    except Exception as error:
        return type(error), str(error)


def poisoned(tensor: torch.Tensor) -> torch.Tensor:
    """The same values with the same strides, in the middle of a buffer that is NaN everywhere else."""
    margin = 64
    span = 1 + sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.stride(), strict=True))
    buffer = torch.full((span + 2 * margin,), float("nan"), dtype=tensor.dtype)
    inside = buffer.as_strided(tensor.shape, tensor.stride(), margin)
    inside.copy_(tensor.detach())
    return inside
