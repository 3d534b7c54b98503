"""How long an answer takes beside the reference: both are timed from outside, in turns, on fresh inputs.

What is counted is the shortest of several calls, with sending included on both sides, and never an absolute time: the
same machine under the same load measures both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

REPETITIONS = 5


@dataclass(frozen=True)
class Timing:
    """Seconds of the shortest call on each side."""

    mine: float
    reference: float

    @property
    def ratio(self) -> float:
        return self.mine / max(self.reference, 1e-9)


def timing(pairs: Iterable[tuple[Callable[[], object], Callable[[], object]]]) -> Timing:
    """Times pairs of (answer, reference) in turns."""
    mine, theirs = [], []
    for answer, reference in pairs:
        mine.append(_seconds(answer))
        theirs.append(_seconds(reference))
    return Timing(min(mine), min(theirs))


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def sentence(found: Timing, limit: float) -> str | None:
    """What is to be said of an answer that takes more than `limit` times the reference's time; else None."""
    if found.ratio <= limit:
        return None
    return (
        f"Your code takes {found.ratio:.2g} times as long as the course's own ({found.mine * 1e3:.3g} ms against "
        f"{found.reference * 1e3:.3g} ms); {limit:g} times is allowed."
    )
