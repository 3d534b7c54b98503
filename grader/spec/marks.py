"""The marks by which a reference says what its functions are: cases, checks, other right answers, mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from grader.spec.script import Case

F = TypeVar("F", bound=Callable[..., Any])

MARK = "__dl_tutor_spec__"
"""The attribute by which `grader.judge.reference` finds what the decorators marked."""


@dataclass(frozen=True)
class CasesMark:
    part: str | None


@dataclass(frozen=True)
class CheckMark:
    label: str
    part: str | None
    only: str | None
    weight: float
    observation: bool


@dataclass(frozen=True)
class AlternativeMark:
    part: str | None
    accept: bool


@dataclass(frozen=True)
class MistakeMark:
    name: str
    message: str
    hint: str
    part: str | None
    when: Callable[[Any, Any, Any], bool] | None


@dataclass(frozen=True)
class ForallMark:
    label: str
    part: str | None
    sizes: dict[str, tuple[int, int]]
    runs: int
    weight: float
    holds: Callable[[Any, Any, Any], Any] | None


Mark = CasesMark | CheckMark | AlternativeMark | MistakeMark | ForallMark


def _marked(function: F, mark: Mark) -> F:
    setattr(function, MARK, mark)
    return function


def cases(part: str | Callable[..., Iterator[Case]] | None = None) -> Any:
    """Marks a function (rng) that yields cases and scripts; `part` may be left out where only one runs code."""
    if callable(part):
        return _marked(part, CasesMark(None))
    return lambda function: _marked(function, CasesMark(part))


def check(
    label: str,
    *,
    part: str | None = None,
    only: str | None = None,
    weight: float = 1.0,
    observation: bool = False,
) -> Callable[[F], F]:
    """Marks a function (got, reference, inputs) -> None, a Finding or a sentence; it runs in the judge only.

    For a case `got` and `reference` are results; for a script they are dicts from step label to result.
    only: the label of the cases it looks at; default all of the part.
    observation: the check rests on what the learner's process says of itself and could forge.
    """
    return lambda function: _marked(function, CheckMark(label, part, only, weight, observation))


def forall(
    label: str,
    *,
    part: str | None = None,
    runs: int = 12,
    weight: float = 1.0,
    holds: Callable[[Any, Any, Any], Any] | None = None,
    **sizes: tuple[int, int],
) -> Callable[[F], F]:
    """Marks a function (rng, **sizes) -> case whose result must be the reference's for inputs of any size.

    sizes: from and to, both included, by the name of the parameter. The smallest are tried first, then the largest,
        then random ones. Where one fails, the smallest that fails is looked for, and its input is shown.
    holds: what must be true besides: (got, reference, inputs) -> None or True, a Finding or a sentence. With
        `case(..., compare=False)` it is all that is asked.
    """
    for name, (low, high) in sizes.items():
        if not 0 <= low < high:
            raise ValueError(f"{label!r}: {name} goes from {low} to {high}, which is no range of sizes")
    if not sizes or runs < 2:
        raise ValueError(f"{label!r} needs sizes, name=(from, to), and two runs or more")
    return lambda function: _marked(function, ForallMark(label, part, dict(sizes), runs, weight, holds))


def alternative(function: F | None = None, *, part: str | None = None, accept: bool = False) -> Any:
    """Marks another right answer. With `accept` its numbers differ and count when they explain all cases."""
    if function is not None:
        return _marked(function, AlternativeMark(part, accept))
    return lambda other: _marked(other, AlternativeMark(part, accept))


def mistake(
    name: str,
    message: str,
    *,
    hint: str,
    part: str | None = None,
    when: Callable[[Any, Any, Any], bool] | None = None,
) -> Callable[[F], F]:
    """Marks a wrong answer that learners do give: what it does, and the hint that fits.

    It is recognised by its whole outcome, exceptions included, or by `when(got, reference, inputs)`, which is
    asked for the first case that failed.
    """
    return lambda function: _marked(function, MistakeMark(name, message, hint, part, when))
