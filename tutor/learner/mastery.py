"""What a learner knows, concept by concept: read off what was judged, and off nothing else.

Each time an exercise is worked on to its end - when it is learned, and in each review - is evidence of the concepts
that it is about. FSRS turns the evidence of a concept into a day on which it should come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from lessons.schema import Course, Exercise
from tutor.learner.events import Attempt, Hint, InReview, Review, Solution
from tutor.learner.progress import Progress
from tutor.learner.standing import required

if TYPE_CHECKING:  # the map comes first, and does not wait for it where nothing was learned yet
    from fsrs import Card

RETENTION = 0.9
"""How likely a concept is still known when it comes back."""
How = Literal["first try", "after some tries", "with hints", "after the solution"]
HOW: tuple[How, ...] = ("first try", "after some tries", "with hints", "after the solution")
"""How an exercise was brought to its end, best first; FSRS calls these Easy, Good, Hard and Again."""


class Evidence(msgspec.Struct, frozen=True):
    """An exercise was brought to its end."""

    exercise: str
    at: datetime
    how: How


class Concept(msgspec.Struct, frozen=True, kw_only=True):
    """How well a concept is known."""

    id: str
    evidence: tuple[Evidence, ...]
    """In the order of time; never empty."""
    due: datetime
    stability: float
    """Days after which it is still known with a probability of RETENTION."""
    recall: float
    """The probability that it is known now."""


def evidence(exercise: Exercise, progress: Progress) -> list[Evidence]:
    """Each time that an exercise was brought to its end, in the order of time."""
    learned: list[tuple[str, InReview]] = []
    learned += ((at, event) for at, event in progress.history(exercise.id) if not isinstance(event, Review))
    found = [_episode(exercise, learned), *(_episode(exercise, one) for one in _reviews(exercise, progress).values())]
    return sorted((one for one in found if one is not None), key=lambda one: one.at)


def evidence_of(exercise: Exercise, progress: Progress, review: str) -> Evidence | None:
    """What came of a review; None while it is not at its end."""
    return _episode(exercise, _reviews(exercise, progress).get(review, ()))


def last_review(exercise: Exercise, progress: Progress) -> str | None:
    """The name of the exercise's last review, or None where it was never reviewed."""
    return next(reversed(_reviews(exercise, progress)), None)


def open_review(exercise: Exercise, progress: Progress) -> str | None:
    """The name of the exercise's last review, where that has not come to its end; else None."""
    name = last_review(exercise, progress)
    return None if name is None or evidence_of(exercise, progress, name) else name


def _reviews(exercise: Exercise, progress: Progress) -> dict[str, list[tuple[str, InReview]]]:
    """What was done in each review of an exercise, by the review's name, in the order in which they began."""
    found: dict[str, list[tuple[str, InReview]]] = {}
    for at, event in progress.history(exercise.id):
        if isinstance(event, Review):
            found.setdefault(event.review, []).extend([(at, event.done)] if event.done is not None else [])
    return found


def concepts(course: Course, progress: Progress, now: datetime | None = None) -> list[Concept]:
    """The concepts of which there is evidence, in the order in which the course has them."""
    of: dict[str, list[Evidence]] = {}
    for exercise in course.exercises:
        found = evidence(exercise, progress)
        for concept in exercise.concepts if found else ():
            of.setdefault(concept, []).extend(found)
    if not of:
        return []
    moment = now or datetime.now(UTC)
    return [_concept(id, sorted(found, key=lambda one: one.at), moment) for id, found in of.items()]


def next_day(ways: Iterable[tuple[How, datetime]]) -> datetime:
    """When what was shown in these ways should come back. Raises ValueError where there are none."""
    return _card(list(ways)).due


def _concept(id: str, found: Sequence[Evidence], now: datetime) -> Concept:
    from fsrs import Scheduler

    card = _card([(one.how, one.at) for one in found])
    assert card.stability is not None
    return Concept(
        id=id,
        evidence=tuple(found),
        due=card.due,
        stability=card.stability,
        recall=Scheduler().get_card_retrievability(card, max(now, found[-1].at)),
    )


def _card(ways: Sequence[tuple[How, datetime]]) -> Card:
    """What FSRS makes of the evidence. Its steps of minutes are left out: nobody does an exercise again at once."""
    from fsrs import Card, Rating, Scheduler

    if not ways:
        raise ValueError("there is no evidence")
    rating = dict(zip(HOW, (Rating.Easy, Rating.Good, Rating.Hard, Rating.Again), strict=True))
    scheduler = Scheduler(desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=0, due=ways[0][1])
    for how, at in ways:
        card, _ = scheduler.review_card(card, rating[how], at)
    return card


def _episode(exercise: Exercise, events: Iterable[tuple[str, InReview]]) -> Evidence | None:
    """How an exercise was brought to its end by these events; None where it was not."""
    left = {part.id for part in exercise.parts if required(part)}
    worst = 0
    for at, event in events if left else ():
        match event:
            case Solution(gave_up=True):
                left.clear()
                worst = 3
            case Hint():
                worst = max(worst, 2)
            case Attempt(part=part, status="passed"):
                left.discard(part)
            case Attempt(part=part) if part in left:
                worst = max(worst, 1)
        if not left:
            return Evidence(exercise.id, moment_of(at), HOW[worst])
    return None


def moment_of(at: str) -> datetime:
    """The moment of an event. One that cannot be read, as in a log that was edited, is the beginning of time."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
