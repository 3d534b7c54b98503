"""The hint ladder: which rung comes next, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from grader.records.verdict import Verdict
from lessons.schema import Exercise, Hint, Part
from tutor.learner import events
from tutor.learner.progress import Progress


class Rung(NamedTuple):
    """A rung of the ladder; rungs count from 0."""

    number: int
    hint: Hint


def next_rung(part: Part, shown: Set[int]) -> Rung | None:
    """The first rung that has not been shown, or None where all have."""
    return next((Rung(i, hint) for i, hint in enumerate(part.hints) if i not in shown), None)


def open_next(progress: Progress, exercise: Exercise, part: Part) -> Rung | None:
    """Opens the next rung and records it; None where all have been shown. A rung that is the solution counts as one
    that was shown, and before the part is passed as giving up."""
    rung = next_rung(part, progress.rungs(exercise.id, part.id))
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


def left(part: Part, shown: Set[int]) -> str:
    """What is left of the ladder, in words."""
    rest = [hint for i, hint in enumerate(part.hints) if i not in shown]
    if not rest:
        return "That was the last hint."
    count = f"{len(rest)} more hint{'s' if len(rest) > 1 else ''}"
    return f"{count}, the last one is the solution." if rest[-1].solution else f"{count}."


def record_shown(progress: Progress, exercise: Exercise, verdict: Verdict) -> None:
    """Records the rungs whose text the verdict has told: they need not be told again."""
    for judged in verdict.parts:
        part = exercise.part(judged.part)
        for check in judged.checks if part else ():
            rung = opened_by(part, check.hint) if part else None
            if rung is not None and rung not in progress.rungs(exercise.id, judged.part):
                progress.record(events.Hint(exercise=exercise.id, part=judged.part, rung=rung))


def offered(progress: Progress, exercise: Exercise, verdict: Verdict) -> Iterator[Part]:
    """The parts of a verdict that failed as they did the time before, where the ladder has a rung left."""
    for judged in verdict.parts:
        part = exercise.part(judged.part)
        if part is None or judged.status == "passed" or not progress.stuck(exercise.id, part.id):
            continue
        if next_rung(part, progress.rungs(exercise.id, part.id)) is not None:
            yield part


def offer(progress: Progress, exercise: Exercise, verdict: Verdict) -> Iterator[str]:
    """Notes what a verdict has told, and offers the next hint in plain lines."""
    record_shown(progress, exercise, verdict)
    for part in offered(progress, exercise, verdict):
        name = f"{exercise.id}.{part.id}"
        yield f"{name}: the same failure twice. The next hint costs nothing: dl-tutor hint {name}"
