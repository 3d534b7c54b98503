"""What is due for review; and a review that is under way, with files and events of its own.

What was reached before stays as it is: a review has a folder for its file and its answers, and its events are kept
apart from those of learning. It begins with the starter, with fresh numbers and with no hint shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from lessons.schema import Course, Exercise
from tutor.learner import locations, mastery
from tutor.learner.events import AnyEvent, Entry, InReview, Review
from tutor.learner.journal import Journal
from tutor.learner.mastery import Concept
from tutor.learner.progress import Progress


class Due(msgspec.Struct, frozen=True):
    """An exercise that is due, the concepts because of which it is, and since when the first of them has been."""

    exercise: Exercise
    concepts: tuple[str, ...]
    since: datetime


def queue(course: Course, progress: Progress, now: datetime | None = None) -> list[Due]:
    """What is due: as few exercises as have all concepts that are, what others build on first, and mixed.

    Only exercises that were brought to their end before; of several that would do, the one longest ago.
    """
    moment = now or datetime.now(UTC)
    left = {one.id: one for one in mastery.concepts(course, progress, moment) if one.due <= moment}
    if not left:
        return []
    last = {one.id: found[-1].at for one in course.exercises if (found := mastery.evidence(one, progress))}
    known = [one for one in course.exercises if one.id in last]
    chosen: list[Due] = []
    while left:
        best = max(known, key=lambda one: (sum(id in left for id in one.concepts), -last[one.id].timestamp()))
        taken = [left.pop(id) for id in best.concepts if id in left]
        chosen.append(Due(best, tuple(one.id for one in taken), min(one.due for one in taken)))
    return _mixed(course, chosen)


def _mixed(course: Course, chosen: Sequence[Due]) -> list[Due]:
    """In an order in which nothing comes before what it builds on, and neighbours share no lesson where that can be."""
    before = _foundations(course)
    place = {exercise.id: number for number, exercise in enumerate(course.exercises)}
    left = sorted(chosen, key=lambda one: place[one.exercise.id])
    order: list[Due] = []
    while left:
        lessons = {one.exercise.lesson for one in left}
        free = [one for one in left if not lessons & before[one.exercise.lesson]]
        others = [one for one in free if not order or one.exercise.lesson != order[-1].exercise.lesson]
        order.append((others or free or left)[0])
        left.remove(order[-1])
    return order


def _foundations(course: Course) -> Mapping[str, frozenset[str]]:
    """By the id of a lesson, those of the lessons on which it builds, near and far."""
    found: dict[str, frozenset[str]] = {}

    def of(id: str) -> frozenset[str]:
        if id not in found:
            found[id] = frozenset()  # a circle, which the linter refuses, ends here
            lesson = course.lesson(id)
            near = frozenset(lesson.needs if lesson else ())
            found[id] = near.union(*map(of, near))
        return found[id]

    for lesson in course.lessons:
        of(lesson.id)
    return found


def count(course: Course, progress: Progress) -> int:
    """How many exercises are due."""
    return len(queue(course, progress))


def upcoming(concepts: Sequence[Concept], now: datetime) -> Concept | None:
    """The concept that is due next, of those that are not yet."""
    return min((one for one in concepts if one.due > now), key=lambda one: one.due, default=None)


# --- a review that is under way -------------------------------------------------------------------


def begin(exercise: Exercise, progress: Progress) -> str:
    """The name of the exercise's review: of the one that is under way, else of a new one."""
    progress.refresh()
    if (name := mastery.open_review(exercise, progress)) is not None:
        return name
    name = f"{datetime.now():%Y-%m-%d}-{exercise.id}-{secrets.token_hex(3)}"
    progress.record(Review(exercise=exercise.id, review=name))
    return name


def folder(review: str) -> Path:
    """Where the files of a review lie, as the workspace has those of learning."""
    return locations.reviews() / review


def progress_of(review: str, exercise: Exercise, progress: Progress) -> Progress:
    """The progress of a review alone; what is recorded in it is recorded as a part of the review."""
    return Progress(former=progress.former, journal=ReviewJournal(progress.journal.path, exercise.id, review))


class ReviewJournal(Journal):
    """The events of a review in the log that holds all events."""

    def __init__(self, path: Path, exercise: str, review: str) -> None:
        super().__init__(path)
        self.exercise, self.review = exercise, review

    def append(self, event: AnyEvent) -> tuple[Entry, bool]:
        """Adds an event of the review; the entry that is given back has the event itself."""
        made, saved = super().append(Review(exercise=self.exercise, review=self.review, done=_inner(event)))
        return msgspec.structs.replace(made, event=event), saved

    def fresh(self) -> list[Entry]:
        """What is new of the review."""
        return [
            msgspec.structs.replace(one, event=one.event.done)
            for one in super().fresh()
            if isinstance(one.event, Review) and one.event.review == self.review and one.event.done is not None
        ]


def _inner(event: AnyEvent) -> InReview:
    assert isinstance(event, InReview), f"{type(event).__name__} is no event of a review"
    return event
