"""Finding lessons and exercises by words of their titles, their names and the concepts they are about."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lessons.schema import Course, Exercise, Lesson


class Found(msgspec.Struct, frozen=True):
    """A place of the course that has all the words; `concepts` are those of its concepts in which one was found."""

    place: Lesson | Exercise
    concepts: tuple[str, ...] = ()


def search(course: Course, text: str) -> list[Found]:
    """What has every word of `text` somewhere, in the order of the course; without words that is everything."""
    words = text.casefold().replace("-", " ").split()
    places: list[Lesson | Exercise] = []
    for lesson in course.lessons:
        places += [lesson, *lesson.exercises]
    return [found for place in places if (found := _found(place, words)) is not None]


def _found(place: Lesson | Exercise, words: Sequence[str]) -> Found | None:
    names = f"{place.title} {place.id.replace('-', ' ')}".casefold()
    concepts = {concept: concept.replace("-", " ") for concept in place.concepts}
    if not all(word in names or any(word in concept for concept in concepts.values()) for word in words):
        return None
    return Found(place, tuple(name for name, text in concepts.items() if any(word in text for word in words)))
