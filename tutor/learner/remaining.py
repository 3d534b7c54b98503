"""How much time a lesson still takes, as its author has estimated it."""

from __future__ import annotations

from collections.abc import Iterable

from lessons.schema import Lesson
from tutor.learner.progress import Progress


def minutes_left(lesson: Lesson, progress: Progress) -> int:
    """Minutes for what has not been read and not been passed; 0 for a lesson that is done.

    Half of a lesson's time is for its cards and half for its exercises; a lesson without exercises is all cards.
    """
    summary = progress.lesson(lesson)
    if summary.standing == "done":
        return 0
    unread = 1 - len(progress.cards(lesson.id) & set(range(len(lesson.cards)))) / len(lesson.cards)
    open_share = unread if not summary.points else (unread + 1 - summary.score / summary.points) / 2
    return max(1, round(lesson.minutes * open_share))


def total_left(lessons: Iterable[Lesson], progress: Progress) -> int:
    """Minutes for several lessons."""
    return sum(minutes_left(lesson, progress) for lesson in lessons)


def in_words(minutes: int) -> str:
    """`45 min`, `2 h`, `3 h 20 min`; from an hour on in steps of five minutes, because it is an estimate."""
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(5 * round(minutes / 5), 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
