"""A wrong value beside the right one, and how two values are told to be the same for a diagnosis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

CLOSE = 1e-4
"""How far, relative to the element and to the largest one, an explanation may be off: looser than a verdict."""


@dataclass(frozen=True)
class ValuePair:
    """One value that differs. `kind` says how (see compare.Difference), `inputs` are the case's tensors."""

    kind: str
    got: torch.Tensor
    expected: torch.Tensor
    inputs: tuple[torch.Tensor, ...] = ()
    op: str = "call"
    """The step that yielded it: call, method, grads, ..."""

    @property
    def same_shape(self) -> bool:
        return self.got.shape == self.expected.shape


@dataclass(frozen=True)
class Rule:
    """A diagnosis: `find` gives a sentence where it fits, else None."""

    name: str
    summary: str
    hint: str
    kinds: frozenset[str]
    find: Callable[[ValuePair], str | None]
    smallest: int
    """Values with fewer elements say nothing either way."""
    constant: bool = False
    """Whether it must say the same of every value that is wrong."""


def rule(
    name: str, summary: str, hint: str, *kinds: str, smallest: int = 3, constant: bool = False
) -> Callable[[Callable[[ValuePair], str | None]], Rule]:
    """Makes a rule of a function; by default it looks at values that differ."""
    wanted = frozenset(kinds or ("value",))
    return lambda find: Rule(name, summary, hint, wanted, find, smallest, constant)


def wide(value: torch.Tensor) -> torch.Tensor:
    """In float64 or complex128."""
    return value.to(torch.complex128 if value.is_complex() else torch.float64)


def tensor_of(value: Any) -> torch.Tensor | None:
    """A number, array or tensor as a tensor; None for what is none."""
    if isinstance(value, torch.Tensor):
        return value
    if isinstance(value, np.ndarray):
        return torch.from_numpy(value)
    if isinstance(value, bool) or not isinstance(value, int | float | complex):
        return None
    try:
        return torch.tensor(value, dtype=torch.complex128 if isinstance(value, complex) else torch.float64)
    except OverflowError:  # an int that no float can hold
        return None


def alike(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two tensors have the same shape and, nearly, the same values; non-finite ones must be the same."""
    if one.shape != other.shape or one.is_complex() != other.is_complex():
        return False
    a, b = wide(one), wide(other)
    finite = torch.isfinite(a) & torch.isfinite(b)
    if not bool((finite | (a == b) | (torch.isnan(a) & torch.isnan(b))).all()):
        return False
    a, b = torch.where(finite, a, 0.0), torch.where(finite, b, 0.0)
    largest = float(b.abs().max()) if b.numel() else 0.0
    return bool(((a - b).abs() <= CLOSE * b.abs() + 0.1 * CLOSE * largest).all())


def varied(value: torch.Tensor) -> bool:
    """Whether a tensor holds more than one value, so that a pattern in it can be seen."""
    flat = wide(value).reshape(-1)
    return flat.numel() > 1 and not alike(flat, flat[:1].expand_as(flat))
