"""What a verdict says of a part or a check, as one text without any markup: for formats that other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.records.verdict import Check, PartVerdict, Status, Verdict
from grader.report.fold import fold_part
from lessons.formulas.prose import unquoted

FAILED: frozenset[Status] = frozenset({"failed"})
"""Statuses that say: judged, and wrong. Others but passed and skipped say that something went wrong while it ran."""


@dataclass(frozen=True)
class Told:
    """A check, or a part that has none: what is counted, and what is said of it."""

    exercise: str
    part: str
    name: str
    status: Status
    score: float
    max: float
    message: str
    """One line."""
    text: str
    """All of it."""
    line: int | None
    """Of the learner's file, where it names one."""
    mistakes: tuple[str, ...]
    """The names of what it looks like."""


def told(verdict: Verdict) -> Iterator[Told]:
    """Each check of a verdict, in order. A part without checks is one thing, also where it was passed."""
    for part in verdict.parts:
        for check in part.checks or (None,):
            yield _told(verdict, part, check)


def text_of(part: PartVerdict) -> str:
    """All that is said of a part."""
    return "\n".join(unquoted(line.text) for line in fold_part(part) if line.kind not in ("part", "value"))


def _told(verdict: Verdict, part: PartVerdict, check: Check | None) -> Told:
    alone = PartVerdict(
        part=part.part, kind=part.kind, status=part.status, score=part.score, max=part.max,
        message=part.message if check is None else "", where=part.where if check is None else None,
        checks=() if check is None else (check,),
    )  # fmt: skip
    place = part.where if check is None else check.where
    message = part.message if check is None else check.message
    return Told(
        exercise=verdict.exercise,
        part=part.part,
        name=part.part if check is None else check.label,
        status=part.status if check is None else check.status,
        score=part.score if check is None else check.score,
        max=part.max if check is None else check.max,
        message=" ".join(unquoted(message or verdict.message).split()),
        text=text_of(alone) or verdict.message,
        line=_line(place),
        mistakes=() if check is None else tuple(one.name for one in check.diagnosis),
    )


def _line(place: str | None) -> int | None:
    """The number in `line 7`; of another place, such as `dx[3, 0]`, None."""
    word, _, number = (place or "").partition(" ")
    return int(number) if word == "line" and number.isascii() and number.isdigit() else None
