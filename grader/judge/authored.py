"""What an author wrote - a check, a predicate, a canonical form - is asked about a value that a learner's code gave.

Whatever that value is, the answer comes in bounded time and memory, or is known not to come.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

import numpy as np
import torch

T = TypeVar("T")

SECONDS = 10.0
"""CPU time for one answer."""
TIMES, FREE = 16, 200_000
"""How many times as many numbers as the right value a learner's may have to be asked about, and how many it may have
in any case: what an author computes takes a multiple of it."""


class Unanswered(BaseException):
    """Nothing could be said of a value, and why. No `except Exception` of an author takes it."""


class TooLarge(Unanswered):
    """The value has so many more numbers than the right one that nothing was computed from it."""


class TooLong(Unanswered):
    """What was computed from the value took too long."""


def asked(function: Callable[..., T], value: Any, *others: Any, beside: Any) -> T:
    """`function(value, *others)`, bounded. beside: the right value, by which sizes are measured.

    Raises Unanswered, and whatever the function raises.
    """
    if not comparable(value, beside):
        message = f"Your result holds {bulk(value):,} numbers and the like, where {bulk(beside):,} were expected."
        raise TooLarge(message)
    with _within(SECONDS):
        return function(value, *others)


def comparable(value: Any, beside: Any) -> bool:
    """Whether a value is not so much larger than the right one that to compute from it costs what no answer does."""
    return bulk(value) <= TIMES * bulk(beside) + FREE


def bulk(value: Any) -> int:
    """How much there is in a value: numbers of tensors and arrays, characters, and members of all that holds some."""
    if isinstance(value, torch.Tensor):
        return value.numel()
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(bulk(key) + bulk(item) for key, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return len(value) + sum(map(bulk, value))
    return 1 + value.bit_length() // 64 if isinstance(value, int) else 1


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raises TooLong where the block takes more CPU time. The judge has one thread that runs Python."""

    def end(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"The checks on your result could not be answered within {seconds:g} s.")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)
