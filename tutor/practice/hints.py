"""The hint ladder: which rungs are open to a learner, which comes next, and what is left.

A hint with a condition (`when`) is no rung as long as its condition has not come: neither shown nor counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from grader.records.verdict import Verdict
from grader.report.counted import counted
from lessons.schema import Exercise, Hint, Part
from tutor.learner import events
from tutor.learner.progress import Progress


class Rung(NamedTuple):
    """A rung of the ladder. number: its place among all hints of the part, from 0, as it is recorded."""

    number: int
    hint: Hint


class Ladder(NamedTuple):
    """The rungs of a part that are open to the learner, in order, and which of them have been shown."""

    rungs: tuple[Rung, ...] = ()
    shown: frozenset[int] = frozenset()

    @property
    def next(self) -> Rung | None:
        """The first rung that has not been shown, or None where all have."""
        return next((rung for rung in self.rungs if rung.number not in self.shown), None)

    @property
    def told(self) -> list[tuple[str, Hint]]:
        """The hints that have been shown, each with its name."""
        count = len(self.rungs)
        return [
            ("Solution" if rung.hint.solution else f"Hint {place} of {count}", rung.hint)
            for place, rung in enumerate(self.rungs, 1)
            if rung.number in self.shown
        ]

    @property
    def left(self) -> str:
        """What is left of the ladder, in words."""
        rest = [rung.hint for rung in self.rungs if rung.number not in self.shown]
        if not rest:
            return "That was the last hint."
        count = counted(len(rest), "more hint")
        return (
            f"{count}, {'which' if len(rest) == 1 else 'the last one'} is the solution."
            if rest[-1].solution
            else f"{count}."
        )


def ladder(progress: Progress, exercise: Exercise, part: Part) -> Ladder:
    """The rungs that are open: those without a condition, those whose condition the last verdict on the part met, and
    those that were shown before."""
    shown, met = progress.rungs(exercise.id, part.id), progress.conditions(exercise.id, part.id)
    rungs = (Rung(number, hint) for number, hint in enumerate(part.hints))
    return Ladder(tuple(one for one in rungs if one.hint.when in (None, *met) or one.number in shown), shown)


def open_next(progress: Progress, exercise: Exercise, part: Part) -> Rung | None:
    """Opens the next rung and records it; None where all have been shown. A rung that is the solution counts as one
    that was shown, and before the part is passed as giving up."""
    rung = ladder(progress, exercise, part).next
    if rung is None:
        return None
    progress.record(events.Hint(exercise=exercise.id, part=part.id, rung=rung.number))
    if rung.hint.solution:
        gave_up = not progress.part(exercise.id, part.id).passed
        progress.record(events.Solution(exercise=exercise.id, gave_up=gave_up))
    return rung


def opened_by(part: Part, text: str | None) -> int | None:
    """The rung whose text a verdict has shown already, if it is one of the ladder's."""
    return next((i for i, hint in enumerate(part.hints) if text and hint.text == text), None)


def record_shown(progress: Progress, exercise: Exercise, verdict: Verdict) -> None:
    """Records the conditions that the verdict meets, and the rungs whose text it has told: they need not be told
    again."""
    for judged in verdict.parts:
        part = exercise.part(judged.part)
        if part is None:
            continue
        if judged.opens != progress.conditions(exercise.id, part.id):
            progress.record(events.Conditions(exercise=exercise.id, part=part.id, met=judged.opens))
        for check in judged.checks:
            rung = opened_by(part, check.hint)
            if rung is not None and rung not in progress.rungs(exercise.id, part.id):
                progress.record(events.Hint(exercise=exercise.id, part=part.id, rung=rung))


def offered(progress: Progress, exercise: Exercise, verdict: Verdict) -> Iterator[Part]:
    """The parts of a verdict that failed as they did the time before, where the ladder has a rung left."""
    for judged in verdict.parts:
        part = exercise.part(judged.part)
        if part is None or judged.status == "passed" or not progress.stuck(exercise.id, part.id):
            continue
        if ladder(progress, exercise, part).next is not None:
            yield part


def offer(progress: Progress, exercise: Exercise, verdict: Verdict, verbs: str = "dl-tutor") -> Iterator[str]:
    """Notes what a verdict has told, and offers the next hint in plain lines; verbs: what stands before `hint`."""
    record_shown(progress, exercise, verdict)
    for part in offered(progress, exercise, verdict):
        name = f"{exercise.id}.{part.id}"
        yield f"{name}: the same failure twice. The next hint costs nothing: {verbs} hint {name}"
