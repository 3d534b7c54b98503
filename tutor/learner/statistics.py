"""What the log of events says of a learner's days: how long they were at work, and how often something was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from lessons.schema import Course
from tutor.learner import mastery
from tutor.learner.events import Attempt, Entry, Review
from tutor.learner.mastery import HOW, Concept, How
from tutor.learner.progress import Progress

PAUSE = timedelta(minutes=10)
"""Between two events that are further apart nobody was at work, as far as can be known."""


class Day(msgspec.Struct, frozen=True):
    """A day, by the clock of this machine."""

    day: date
    seconds: float = 0.0
    attempts: int = 0
    passed: int = 0


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a learner."""

    days: tuple[Day, ...]
    """Those on which something was done, in order."""
    ways: dict[How, int]
    """How often an exercise was brought to its end in each way, reviews included."""
    concepts: tuple[Concept, ...]
    now: datetime


def statistics(course: Course, progress: Progress, now: datetime) -> Statistics:
    """What is told of a learner's progress. Raises ProgressError."""
    progress.refresh()
    ways = Counter(one.how for exercise in course.exercises for one in mastery.evidence(exercise, progress))
    return Statistics(
        days=tuple(days(progress.journal.everything())),
        ways={how: ways[how] for how in HOW},
        concepts=tuple(mastery.concepts(course, progress, now)),
        now=now,
    )


def days(entries: Iterable[Entry]) -> list[Day]:
    """The days on which something was done: the time between neighbouring events, and what was judged."""
    found: dict[date, Day] = {}
    last: datetime | None = None
    for at, entry in sorted(((mastery.moment_of(one.at), one) for one in entries), key=lambda one: one[0]):
        day = at.astimezone().date()
        one = found.get(day, Day(day))
        gap = at - last if last is not None else PAUSE * 2
        event = entry.event.done if isinstance(entry.event, Review) else entry.event
        tried = isinstance(event, Attempt)
        passed = isinstance(event, Attempt) and event.status == "passed"
        spent = gap.total_seconds() if gap <= PAUSE else 0.0
        found[day] = Day(day, one.seconds + spent, one.attempts + tried, one.passed + passed)
        last = at
    return list(found.values())
