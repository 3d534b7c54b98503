"""Verdicts without any judging: on an exercise whose turn has not come yet, and on one that was not handed in."""

from __future__ import annotations

from grader.records.verdict import PartVerdict, Status, Verdict
from lessons.schema import Exercise

WAITS, ABSENT = "Not judged yet.", "Not handed in."


def pending_verdict(exercise: Exercise, parts: tuple[str, ...] | None, seed: int) -> Verdict:
    """All is skipped, so that nobody takes it for passed where the run was ended before its turn."""
    return _verdict(exercise, parts, "skipped", WAITS, seed)


def absent_verdict(exercise: Exercise) -> Verdict:
    """On an exercise that is set and was not handed in."""
    return _verdict(exercise, None, "failed", ABSENT, 0)


def _verdict(exercise: Exercise, parts: tuple[str, ...] | None, status: Status, said: str, seed: int) -> Verdict:
    wanted = [part for part in exercise.parts if parts is None or part.id in parts]
    waiting = tuple(
        PartVerdict(part=one.id, kind=one.kind, status=status, score=0.0, max=float(one.points), message=said)
        for one in wanted
    )
    most = float(sum(one.points for one in wanted))
    return Verdict(exercise=exercise.id, score=0.0, max=most, parts=waiting, status=status, seed=seed)
