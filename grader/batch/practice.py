"""What learners' own records say of their practice: hints that they took, solutions that were shown, and how long they
were at it. A record is what `dl-tutor progress export NAME.jsonl` writes; it is the learner's own, and believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Annotated

import msgspec

from grader.records.printable import one_line
from grader.report.review.record import Practice
from lessons import regular_file
from lessons.schema import Course

PAUSE = timedelta(minutes=10)
"""Between two events that are further apart nobody was at work, as the learner's own statistics have it."""
MOST = 32 << 20
"""Bytes of a record."""


class _Header(msgspec.Struct, frozen=True):
    format: int
    progress: str = ""


class _Event(msgspec.Struct, frozen=True):
    """What is looked at of an event."""

    event: str
    exercise: str = ""
    part: str = ""
    rung: int = 0
    gave_up: bool = False


class _Entry(msgspec.Struct, frozen=True):
    id: str
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    event: _Event


class Record(msgspec.Struct):
    """What a record says of one exercise."""

    hints: set[tuple[str, int]] = msgspec.field(default_factory=set)
    seconds: float = 0.0
    solution: bool = False


def records(folder: Path, learners: Iterable[str], refused: list[str]) -> dict[str, Path]:
    """The record of each learner in a folder: `NAME.jsonl`, or the one `.jsonl` file in a folder `NAME`.

    refused: takes a line for each that is nobody's. Raises OSError.
    """
    names = {name.casefold(): name for name in learners}
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        inside = sorted(path.glob("*.jsonl")) if path.is_dir() and not path.is_symlink() else []
        file = path if path.suffix == ".jsonl" else inside[0] if len(inside) == 1 else None
        if file is None:
            continue
        name = names.get(one_line(path.stem if file is path else path.name).casefold())
        if name is None:
            refused.append(one_line(f"{path}: nobody of this name has handed in anything."))
        else:
            found[name] = file
    return found


def read(path: Path, course: Course) -> dict[str, Record]:
    """What a record says, by exercise. Raises ValueError and OSError where it is none."""
    head, *lines = [line for line in regular_file.read(path, MOST, links=False).split(b"\n") if line.strip()] or [b""]
    try:
        if msgspec.json.decode(head, type=_Header).progress != "dl-tutor":
            raise ValueError("its first line is not that of an exported progress")
        entries = {one.id: one for one in (msgspec.json.decode(line, type=_Entry) for line in lines)}
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(f"no exported progress: {error}") from None
    former = {old: one.id for one in course.exercises for old in one.formerly}
    found: dict[str, Record] = defaultdict(Record)
    last: datetime | None = None
    for one in sorted(entries.values(), key=lambda one: one.at):
        gap = one.at - last if last is not None else PAUSE * 2
        last = one.at
        event = one.event
        if not event.exercise:
            continue
        record = found[former.get(event.exercise, event.exercise)]
        record.seconds += gap.total_seconds() if gap <= PAUSE else 0.0
        if event.event == "hint":
            record.hints.add((event.part, event.rung))
        elif event.event == "solution":
            record.solution = record.solution or event.gave_up
    return dict(found)


def practice(of: Iterable[Record]) -> Practice | None:
    """Several learners' records of one exercise, summed up."""
    some = list(of)
    if not some:
        return None
    return Practice(
        records=len(some),
        hints=float(median(len(one.hints) for one in some)),
        solutions=sum(one.solution for one in some),
        minutes=median(one.seconds for one in some) / 60,
    )
