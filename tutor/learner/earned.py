"""Cards that open to whoever has passed what they wait for."""

from __future__ import annotations

from lessons.schema import Card, Lesson, Prose
from tutor.learner.progress import Progress


def missing(lesson: Lesson, card: Card, progress: Progress) -> list[str]:
    """The titles of the exercises that a card still waits for."""
    wanted = [one for one in lesson.exercises if one.id in card.earned]
    return [one.title for one in wanted if progress.exercise(one).standing != "done"]


def as_earned(lesson: Lesson, card: Card, progress: Progress) -> Card:
    """The card, or one of the same title that says what opens it."""
    titles = missing(lesson, card, progress)
    if not titles:
        return card
    listed = " and ".join(filter(None, [", ".join(f"*{one}*" for one in titles[:-1]), f"*{titles[-1]}*"]))
    text = f"## {card.title}\n\nThis card opens when you have passed {listed}."
    return Card(title=card.title, blocks=(Prose(text=text),), earned=card.earned)
