"""The hint ladder: which rung comes next, and what is left."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from lessons.schema import Hint, Part


class Rung(NamedTuple):
    """A rung of the ladder; rungs count from 0."""

    number: int
    hint: Hint


def next_rung(part: Part, shown: Set[int]) -> Rung | None:
    """The first rung that has not been shown, or None where all have."""
    return next((Rung(i, hint) for i, hint in enumerate(part.hints) if i not in shown), None)


def opened_by(part: Part, text: str | None) -> int | None:
    """The rung whose text a verdict has shown already, if it is one of the ladder's."""
    return next((i for i, hint in enumerate(part.hints) if text and hint.text == text), None)


def left(part: Part, shown: Set[int]) -> str:
    """What is left of the ladder, in words."""
    rest = [hint for i, hint in enumerate(part.hints) if i not in shown]
    if not rest:
        return "That was the last hint."
    count = f"{len(rest)} more hint{'s' if len(rest) > 1 else ''}"
    return f"{count}, the last one is the solution." if rest[-1].solution else f"{count}."
