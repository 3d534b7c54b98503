"""What is due for review, in plain lines and as JSON; and what came of a review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from grader.report.counted import counted
from lessons.schema import Course, Exercise
from tutor.learner import mastery
from tutor.learner.mastery import Concept
from tutor.learner.progress import Progress
from tutor.learner.review import Due, queue, upcoming
from tutor.text.glossary import words_for

NOTHING = "Nothing is due."
FIRST = "What you pass comes back here after some days: sooner where it was hard, later each time you still know it."


def review_lines(course: Course, progress: Progress, now: datetime | None = None) -> Iterator[str]:
    """What is due, in the order in which to do it, and what is due next."""
    moment = now or datetime.now(UTC)
    due = queue(course, progress, moment)
    for one in due:
        begun = "  (begun)" if mastery.open_review(one.exercise, progress) else ""
        yield f"{one.exercise.id}: {one.exercise.title}{begun}"
        yield f"    {', '.join(words_for(course, one.concepts))}"
    yield summary(course, progress, due, moment)
    if due:
        yield f"Begin: dl-tutor review start {due[0].exercise.id}"


def summary(course: Course, progress: Progress, due: Sequence[Due], now: datetime) -> str:
    """What is due and what comes back next, in a sentence or two."""
    known = mastery.concepts(course, progress, now)
    if due:
        ideas = sum(len(one.concepts) for one in due)
        return f"Due: {counted(len(due), 'exercise')}, for {counted(ideas, 'concept')}."
    following = upcoming(known, now)
    if following is None:
        return f"{NOTHING} {FIRST}"
    return f"{NOTHING} {words_for(course, [following.id])[0]} comes back {when(following.due, now)}."


def review_record(course: Course, progress: Progress, now: datetime | None = None) -> dict[str, Any]:
    """The same for `review --json`, with all concepts of which something is known."""
    moment = now or datetime.now(UTC)
    return {
        "format": 1,
        "due": [
            {
                "exercise": one.exercise.id,
                "title": one.exercise.title,
                "concepts": list(one.concepts),
                "since": one.since.isoformat(timespec="seconds"),
                "begun": mastery.open_review(one.exercise, progress) is not None,
            }
            for one in queue(course, progress, moment)
        ],
        "concepts": [_concept_record(one) for one in mastery.concepts(course, progress, moment)],
    }


def _concept_record(concept: Concept) -> dict[str, Any]:
    return {
        "concept": concept.id,
        "due": concept.due.isoformat(timespec="seconds"),
        "stability": round(concept.stability, 2),
        "recall": round(concept.recall, 3),
        "evidence": [
            {"exercise": one.exercise, "at": one.at.isoformat(timespec="seconds"), "how": one.how}
            for one in concept.evidence
        ],
    }


def outcome(course: Course, whole: Progress, exercise: Exercise, review: str) -> str | None:
    """What came of a review, and when its concepts come back; None while it is not at its end."""
    whole.refresh()
    found = mastery.evidence_of(exercise, whole, review)
    if found is None:
        return None
    by = {one.id: one for one in mastery.concepts(course, whole)}
    days = sorted({by[id].due for id in exercise.concepts if id in by})
    if not days:
        return f"Reviewed: {found.how}."
    first, last = (when(day, datetime.now(UTC)) for day in (days[0], days[-1]))
    return f"Reviewed: {found.how}. It comes back {first}{f', the rest {last}' if last != first else ''}."


def when(moment: datetime, now: datetime) -> str:
    """`now`, `tomorrow`, `in 12 days`, `in 5 months`."""
    days = -((now - moment) // timedelta(days=1))  # a day that has begun counts
    if moment <= now:
        return "now"
    if days <= 1:
        return "tomorrow" if days else "now"
    return f"in {days} days" if days < 60 else f"in {round(days / 30)} months"
