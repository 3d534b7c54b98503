"""What a lesson's `reference.py` and `questions.py` are written with.

A reference names the right answer like the learner's `entry`, draws its inputs in `@cases` functions and may add
checks, other right answers and the wrong answers that learners give:

    from grader.spec import Rng, case, cases, mistake

    def double(x):
        return 2 * x

    @cases
    def vectors(rng: Rng):
        yield case(x=rng.normal(7), label="seven numbers")

    @mistake("squares", "Squares instead of doubling.", hint="What is the double of 3?")
    def squares(x):
        return x * x

Nothing here is imported by a lesson's text, a demo or the learner's code. The module imports torch only when a
tensor is drawn, so that questions are judged by a plain Python.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from grader.finding import Finding, beats_majority, falls, overfits, reaches
from grader.script import (
    Case,
    Fixture,
    GeneratorInput,
    Gradient,
    Handle,
    PathInput,
    Script,
    Step,
    case,
    fixture,
    gradient,
    script,
)

if TYPE_CHECKING:
    import torch

__all__ = [
    "Case",
    "Finding",
    "Fixture",
    "GeneratorInput",
    "Gradient",
    "Handle",
    "PathInput",
    "Question",
    "Rng",
    "Script",
    "Step",
    "alternative",
    "beats_majority",
    "case",
    "cases",
    "check",
    "falls",
    "fixture",
    "forall",
    "gradient",
    "mistake",
    "overfits",
    "reaches",
    "script",
    "stream",
]

F = TypeVar("F", bound=Callable[..., Any])

MARK = "__dl_tutor_spec__"
"""The attribute by which `grader.reference` finds what the decorators marked."""


class Rng:
    """Random inputs from one seed. Shapes are given as separate sizes; without sizes a Python number is drawn."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._python = random.Random(seed)
        self._torch: torch.Generator | None = None

    @property
    def _generator(self) -> torch.Generator:
        if self._torch is None:
            import torch

            self._torch = torch.Generator().manual_seed(self.seed % (1 << 63))
        return self._torch

    def normal(self, *sizes: int, mean: float = 0.0, std: float = 1.0, dtype: Any = None) -> Any:
        """Normal samples, float32 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.gauss(mean, std)
        import torch

        drawn = torch.randn(sizes, generator=self._generator, dtype=torch.float64) * std + mean
        return drawn.to(dtype or torch.float32)

    def uniform(self, *sizes: int, low: float = 0.0, high: float = 1.0, dtype: Any = None) -> Any:
        """Samples uniform on [low, high), float32 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.uniform(low, high)
        import torch

        drawn = torch.rand(sizes, generator=self._generator, dtype=torch.float64) * (high - low) + low
        return drawn.to(dtype or torch.float32)

    def integers(self, low: int, high: int, *sizes: int, dtype: Any = None) -> Any:
        """Integers from `low` to `high`, `high` excluded; int64 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.randrange(low, high)
        import torch

        return torch.randint(low, high, sizes, generator=self._generator, dtype=dtype or torch.int64)

    def choice(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return self._python.choice(options)

    def permutation(self, size: int) -> torch.Tensor:
        """The numbers 0 to size - 1 in random order, int64."""
        import torch

        return torch.randperm(size, generator=self._generator)

    def generator(self) -> GeneratorInput:
        """An input that reaches the learner and the reference as equally seeded torch.Generators."""
        return GeneratorInput(self._python.randrange(1 << 31))


def stream(seed: int, *names: str) -> int:
    """An independent seed for each use of a nonce: the exercise, the part, the function that draws."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return int.from_bytes(digest[:8], "little") >> 1


# --- what a question asks -----------------------------------------------------------------------------------------


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


# --- the marks ----------------------------------------------------------------------------------------------------


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
