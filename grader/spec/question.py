"""A question with fresh numbers, as a lesson's `questions.py` gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Answer = bool | int | float | str | None | tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """A question with fresh numbers.

    values: fill the `{name}`s of the part's text.
    answer: a number, a shape (tuple of int), a word, None for "impossible" - or a dict of them, a table by row.
    tolerance: absolute, for numbers.
    slips: wrong value -> feedback; in a table (row, wrong value) -> feedback.
    """

    values: dict[str, Any]
    answer: Answer | dict[str, Answer]
    tolerance: float = 0.0
    slips: dict[Any, str] = field(default_factory=dict)
