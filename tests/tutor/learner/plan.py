"""A small course and a log with moments of its own, for the tests of what is remembered over days."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lessons.schema import Card, Course, Exercise, Lesson, Part, Unit
from tutor.learner.events import AnyEvent, Entry
from tutor.learner.progress import Progress

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NOWHERE = Path("nowhere")


def at(day: float) -> datetime:
    return START + day * DAY


def log(progress: Progress, *events: AnyEvent, day: float = 0) -> None:
    """Adds events, a second apart, that day."""
    moments = (at(day) + timedelta(seconds=number) for number in range(len(events)))
    progress.journal.add_all(
        [
            Entry(id=str(uuid.uuid4()), at=moment.isoformat(timespec="microseconds"), event=event)
            for moment, event in zip(moments, events, strict=True)
        ]
    )
    progress.refresh()


def exercise(id: str, *concepts: str, lesson: str = "first", parts: Sequence[str] = ("a", "b")) -> Exercise:
    return Exercise(
        id=id,
        lesson=lesson,
        unit="u",
        title=id.title(),
        concepts=concepts,
        needs=(),
        waive={},
        folder=NOWHERE,
        parts=tuple(Part(id=part, kind="code", covers=["E1.1.1"], points=2) for part in parts),
    )


def lesson(id: str, *exercises: Exercise, needs: Sequence[str] = ()) -> Lesson:
    return Lesson(
        id=id,
        unit="u",
        title=id,
        minutes=5,
        needs=tuple(needs),
        concepts=(),
        demos=(),
        cards=(Card(title="card", blocks=()),),
        exercises=exercises,
        path=NOWHERE,
    )


def course(*lessons: Lesson) -> Course:
    unit = Unit(id="u", title="u", lessons=lessons, numbers=(), path=NOWHERE)
    return Course(id="c", title="c", units=(unit,), coverage={}, path=NOWHERE)
