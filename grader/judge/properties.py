"""Properties: what must be true for inputs of any size. Sizes are drawn, and where one fails, smaller ones are tried
until the smallest that still fails is found: that one is shown, with its input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from grader.judge.authored import Unanswered, asked
from grader.judge.checks import check_of
from grader.judge.compare import show
from grader.judge.given import given
from grader.judge.reference import ReferenceFault, label_and_target, place
from grader.judge.rehearsal import Rehearsals
from grader.judge.trial import Deviation, Trial, deviation
from grader.records.job import PartJob
from grader.records.verdict import Check
from grader.spec.finding import Finding
from grader.spec.marks import ForallMark
from grader.spec.rng import Rng, stream
from grader.spec.script import Case

TRIES = 40
"""How many smaller inputs are tried, at most."""

Sizes = dict[str, int]


@dataclass(frozen=True)
class Broken:
    """A property that does not hold: for which sizes, in which trial, and how."""

    sizes: Sizes
    trial: Trial
    found: Deviation


class Property:
    """One `@forall` of a part, and how its cases are played."""

    def __init__(
        self,
        mark: ForallMark,
        function: Callable[..., Case],
        rehearsals: Rehearsals,
        part: PartJob,
        seed: int,
        play: Callable[[Case], Trial],
    ) -> None:
        self.mark, self.function, self.part, self.play = mark, function, part, play
        self.rehearsals, self.reference = rehearsals, rehearsals.reference
        self.seed = stream(seed, part.id, mark.label)
        self.sizes: Sizes = {}
        """The sizes that were tried last."""

    @property
    def place(self) -> str:
        """The sizes that were tried last, in words."""
        return f"For {_text(self.sizes)}"

    def check(self) -> tuple[Check, Trial | None]:
        """The verdict on it and, where it does not hold, the smallest trial that shows it. May raise Lost."""
        first = self.broken()
        if first is not None:
            broken, run = first
            return self._failed(self._shrunk(broken, run), broken.sizes)
        weight = self.mark.weight
        message = f"{self.mark.runs} sizes tried"
        return Check(label=self.mark.label, status="passed", score=weight, max=weight, message=message), None

    def broken(self) -> tuple[Broken, int] | None:
        """Where it does not hold first, and in which of its runs. May raise WorkerLost."""
        for run in range(self.mark.runs):
            found = self._broken(self._sampled_sizes(run), run)
            if found is not None:
                return found, run
        return None

    def _sampled_sizes(self, run: int) -> Sizes:
        """The smallest sizes first, then the largest, then any."""
        rng = Rng(stream(self.seed, "sizes", str(run)))
        if run < 2:
            return {name: bounds[run] for name, bounds in self.mark.sizes.items()}
        return {name: rng.integers(low, high + 1) for name, (low, high) in self.mark.sizes.items()}

    def _broken(self, sizes: Sizes, run: int) -> Broken | None:
        self.sizes = sizes
        key = ("property", id(self.function), self.seed, run, *sizes.items())
        trial = self.play(self.rehearsals.once(key, self.function, lambda: self._case(sizes, run)))
        found = deviation(trial, trial.got, trial.expected, self.part.operation, self.part.outputs)
        if found is None and self.mark.holds is not None:
            found = self._held(trial)
        return Broken(sizes, trial, found) if found is not None else None

    def _case(self, sizes: Sizes, run: int) -> Case:
        try:
            case = self.function(Rng(stream(self.seed, "input", str(run))), **sizes)
        except Exception as error:
            raise ReferenceFault(f"{place(error, self.reference.path)}: {type(error).__name__}: {error}") from error
        label_and_target(case, self.mark.label, self.part.entry)
        return case

    def _held(self, trial: Trial) -> Deviation | None:
        """Where the predicate does not hold; it must hold for the reference."""
        holds = self.mark.holds
        assert holds is not None
        inputs = trial.seen
        right = trial.results(trial.expected)
        try:
            own = asked(holds, right, right, inputs, beside=right)
        except (Exception, Unanswered) as error:
            raise ReferenceFault(f"{place(error, self.reference.path)}: {type(error).__name__}: {error}") from error
        if own is not None and own is not True:
            raise ReferenceFault(f"{self.reference.path}: {self.mark.label!r} does not hold for the reference itself")
        try:
            found = asked(holds, trial.results(trial.got), right, inputs, beside=right)
        except (Exception, Unanswered):
            found = f"it cannot be told of {show(trial.results(trial.got))}"
        if found is None or found is True:
            return None
        if isinstance(found, Finding):
            return Deviation("failed", found.name, found.message, found.where, found.expected, found.got)
        return Deviation("failed", "", found if isinstance(found, str) else "it does not hold")

    def _shrunk(self, broken: Broken, run: int) -> Broken:
        """The smallest sizes found that fail, each as small as the others allow."""
        tries, smaller = 0, True
        while smaller:
            smaller = False
            for name, (low, _) in self.mark.sizes.items():
                now = broken.sizes[name]
                for size in dict.fromkeys((low, (low + now) // 2, now - 1)):
                    if not low <= size < now or tries >= TRIES:
                        continue
                    tries += 1
                    other = self._broken({**broken.sizes, name: size}, run)
                    if other is not None:
                        broken, smaller = other, True
                        break
        return broken

    def _failed(self, broken: Broken, first: Sizes) -> tuple[Check, Trial]:
        shrunk = f" (and for {_text(first)}, where it was found)" if first != broken.sizes else ""
        inputs = ", ".join(f"{name} = {show(value)}" for name, value in broken.trial.case.inputs.items())
        message = f"For {_text(broken.sizes)}{shrunk}: {broken.found.message}. Input: {inputs}."
        check = check_of(self.mark.label, self.mark.weight, broken.found, message)
        return msgspec.structs.replace(check, input=given(broken.trial.case)), broken.trial


def _text(sizes: Sizes) -> str:
    return ", ".join(f"{name} = {size}" for name, size in sizes.items())
