"""What a wrong answer rests on, told by what the reference yields for other inputs: for a part of the data, or with
another value of one argument. And an answer that is right for one size of the inputs only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import torch

from grader.judge.compare import show
from grader.judge.findings import reliance as findings
from grader.judge.findings.behaviour import Behaviour
from grader.judge.reference import ReferenceFault
from grader.judge.rehearsal import Rehearsals
from grader.judge.trial import Trial, difference
from grader.records.job import PartJob
from grader.spec.inputs import Fixture
from grader.spec.script import Case

MOST = 60
"""How many times the reference is run, at most."""
LARGE = 10_000
"""Data with more entries than this are not cut."""
Seen = tuple[Behaviour, str]
Part = tuple[str, slice]


def rests_on(rehearsals: Rehearsals, part: PartJob, trials: list[Trial], wrong: list[Trial]) -> Seen | None:
    """What the wrong trials, all of them calls that returned a value, are the right results for."""
    if not wrong or any(one.case.scripted or not one.got or one.got[0].raised for one in wrong):
        return None
    asked = _Asked(rehearsals, part)
    return _fixed(asked, trials, wrong) or _part(asked, wrong)


def one_size(trials: list[Trial], wrong: list[Trial]) -> Seen | None:
    """Whether what is right has one size, and what is wrong several others, with exceptions or shapes to show."""
    right = {_sizes(trial.case) for trial in trials if not any(trial is one for one in wrong)}
    others = {_sizes(trial.case) for trial in wrong}
    if len(right) != 1 or len(others) < 2 or right & others or not next(iter(right)) or not all(map(_misfit, wrong)):
        return None
    sizes = ", ".join(f"{name} {shape}" for name, shape in next(iter(right)))
    return findings.SIZE, f"It works for inputs of one size only ({sizes}): is that size written into your code?"


def _misfit(trial: Trial) -> bool:
    mine, right = trial.got[0], trial.expected[0]
    if mine.raised is not None:
        return mine.raised.type in ("RuntimeError", "IndexError", "ValueError")
    shapes = [one.value.shape for one in (mine, right) if isinstance(one.value, torch.Tensor)]
    return len(shapes) == 2 and shapes[0] != shapes[1]


def _sizes(case: Case) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found = []
    for name, value in case.inputs.items():
        if isinstance(value, torch.Tensor):
            found.append((name, tuple(value.shape)))
        elif isinstance(value, list | tuple) and not name.startswith("_"):
            found.append((name, (len(value),)))
    return tuple(found)


class _Asked:
    """The reference, asked about other inputs than a case has; no more than so many times."""

    def __init__(self, rehearsals: Rehearsals, part: PartJob) -> None:
        self.rehearsals, self.part, self.left = rehearsals, part, MOST

    def yields(self, trial: Trial, inputs: dict[str, Any]) -> bool:
        """Whether the reference yields the learner's value for other inputs."""
        self.left -= 1
        if self.left < 0:
            return False
        try:
            found = self.rehearsals.afresh(_with(trial.case, inputs))[0]
            if found.raised is not None:
                return False
            tolerance = trial.tolerance(self.part.operation)
            return difference(trial.case, trial.got[0].value, found.value, tolerance, "result") is None
        except (ReferenceFault, TypeError, ValueError):
            return False


def _with(case: Case, inputs: dict[str, Any]) -> Case:
    """The case with other inputs, by name."""
    step = case.steps[0]
    names = [name for name in case.inputs if name not in step.kwargs]
    args = tuple(inputs.get(name, value) for name, value in zip(names, step.args, strict=True))
    kwargs = {name: inputs.get(name, value) for name, value in step.kwargs.items()}
    return replace(case, inputs={**case.inputs, **inputs}, steps=[replace(step, args=args, kwargs=kwargs)])


# --- an argument that is not used ---------------------------------------------------------------------------------


def _fixed(asked: _Asked, trials: list[Trial], wrong: list[Trial]) -> Seen | None:
    """Whether one argument has the same value throughout, whatever is given."""
    first = wrong[0].case.inputs
    for name, value in first.items():
        if not isinstance(value, int | float | str | Fixture):
            continue
        for other in _values(name, value, trials):
            if all(_same(one.case.inputs.get(name), other) or asked.yields(one, {name: other}) for one in wrong):
                always = other.name if isinstance(other, Fixture) else show(other)
                plain = name if not name.startswith("argument ") else f"the {_place(name)} argument"
                return findings.IGNORED, f"The result does not depend on {plain}, as if it were always {always}."
    return None


def _place(name: str) -> str:
    number = int(name.removeprefix("argument "))
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


def _values(name: str, value: Any, trials: list[Trial]) -> Iterator[Any]:
    """The values that an argument has in other trials, each once."""
    seen: list[Any] = [value]
    for trial in trials:
        other = trial.case.inputs.get(name)
        if type(other) is type(value) and not any(_same(other, one) for one in seen):
            seen.append(other)
            yield other


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


# --- a part of the data -------------------------------------------------------------------------------------------

PARTS: dict[str, Callable[[int, int], slice]] = {
    "the last entry only": lambda n, batch: slice(n - 1, n),
    "the first entry only": lambda n, batch: slice(0, 1),
    "all but the last entry": lambda n, batch: slice(0, n - 1),
    "all but the first entry": lambda n, batch: slice(1, n),
    "the last mini-batch only": lambda n, batch: slice((n - 1) // batch * batch, n),
    "the first mini-batch only": lambda n, batch: slice(0, batch),
    "the whole mini-batches only": lambda n, batch: slice(0, n // batch * batch),
}
"""Parts of n entries, with mini-batches of a size."""


def _part(asked: _Asked, wrong: list[Trial]) -> Seen | None:
    """Whether it is the result for a part of the data, the same one in each of the trials."""
    for name, place in PARTS.items():
        cut = [_cut(trial.case, place, "mini-batch" in name) for trial in wrong]
        if all(cut) and all(asked.yields(trial, one) for trial, one in zip(wrong, cut, strict=True) if one):
            return findings.PART, f"This is the right result for a part of the data: {name}."
    return None


def _cut(case: Case, place: Callable[[int, int], slice], batches: bool) -> dict[str, Any] | None:
    """The inputs that have as many entries as the first tensor or list, cut to a part; None where there is no such."""
    lengths = [len(value) for value in case.inputs.values() if _is_data(value)]
    sizes = [value for value in case.inputs.values() if type(value) is int and 1 < value < max(lengths, default=0)]
    if not lengths or not 2 <= lengths[0] <= LARGE or (batches and not sizes):
        return None
    part = place(lengths[0], sizes[0] if batches else 1)
    if len(range(lengths[0])[part]) in (0, lengths[0]):
        return None
    return {name: value[part] for name, value in case.inputs.items() if _is_data(value) and len(value) == lengths[0]}


def _is_data(value: Any) -> bool:
    return (isinstance(value, torch.Tensor) and value.dim() > 0) or isinstance(value, list)
