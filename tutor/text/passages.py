"""Finding words in the text of the course: on its cards, in the tasks of its exercises and in its glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from lessons.formulas.prose import prose
from lessons.schema import Block, Card, Course, DemoBlock, Exercise, ExerciseBlock, Lesson, Prose, Term
from tutor.learner.earned import as_earned
from tutor.learner.progress import Progress

SHORTEST = 3
"""Letters that the longest word has at least: shorter ones stand everywhere."""
BEFORE = 24
"""Characters of an excerpt that stand before the first word that was found."""

_PARTS = re.compile(r"\n\s*\n|\n(?=\* )")
_FENCE = re.compile(r"^```\w*$", re.MULTILINE)


class Passage(msgspec.Struct, frozen=True):
    """A card of a lesson (`card`, counted from 0), the task of an exercise or an entry of the glossary, and the line
    of it that has the first of the words."""

    place: Lesson | Exercise | Term
    title: str
    excerpt: str
    card: int | None = None

    @property
    def where(self) -> str:
        """What it is, and where it stands."""
        if isinstance(self.place, Lesson):
            assert self.card is not None
            return f"{self.place.title}, card {self.card + 1}"
        return "Exercise" if isinstance(self.place, Exercise) else "Glossary"


def passages(course: Course, progress: Progress, text: str) -> list[Passage]:
    """What has every word of `text`: terms that are called so, cards and tasks in the order of the course, and other
    entries of the glossary. A card that is not open yet is known by its title; hints and solutions are left alone."""
    words = text.casefold().split()
    if max(map(len, words), default=0) < SHORTEST:
        return []
    found = [one for one in _texts(course, progress) if _has(f"{one.title}\n{one.excerpt}", words)]
    found.sort(key=lambda one: 1 if not isinstance(one.place, Term) else 0 if _has(one.title, words) else 2)
    return [msgspec.structs.replace(one, excerpt=_excerpt(one.excerpt, words)) for one in found]


def _has(text: str, words: Sequence[str]) -> bool:
    lowered = text.casefold()
    return all(word in lowered for word in words)


def _texts(course: Course, progress: Progress) -> Iterator[Passage]:
    """Everything that is searched, with all of its text for an excerpt."""
    for term in course.glossary.values():
        yield Passage(term, term.term, " ".join((term.definition, *term.also)))
    for lesson in course.lessons:
        for number, whole in enumerate(lesson.cards):
            card = as_earned(lesson, whole, progress) if whole.earned else whole
            yield Passage(lesson, card.title, _body(lesson, card), number)
        for exercise in lesson.exercises:
            asked = (exercise.prompt, *(part.text or "" for part in exercise.parts))
            yield Passage(exercise, exercise.title, "\n\n".join(asked))


def _body(lesson: Lesson, card: Card) -> str:
    return "\n\n".join(_words(lesson, block) for block in card.blocks)


def _words(lesson: Lesson, block: Block) -> str:
    match block:
        case Prose(text=text):
            return text
        case DemoBlock(demo=id):
            demo = lesson.demo(id)
            return demo.title if demo is not None else ""
        case ExerciseBlock():
            return ""  # it is found by itself


def _excerpt(body: str, words: Sequence[str]) -> str:
    """The paragraph with the first word that is found, as one line that begins shortly before it; the first paragraph,
    where only the title has them."""
    whole = [one for one in _PARTS.split(body.strip()) if one.strip()]
    whole = whole[1:] if whole and whole[0].startswith("#") else whole  # its title, which is told besides
    pieces = [_FENCE.sub("", one) for one in whole if _any(one, words)] or whole[:1]
    paragraphs = [" ".join(prose(one).split()).removeprefix("* ").replace("**", "") for one in pieces]
    text = next((one for one in paragraphs if _any(one, words)), paragraphs[0] if paragraphs else "")
    start = min((place for word in words if (place := text.casefold().find(word)) >= 0), default=0)
    begin = text.rfind(" ", 0, start - BEFORE) + 1 if start > BEFORE else 0
    return f"… {text[begin:]}" if begin else text


def _any(text: str, words: Sequence[str]) -> bool:
    lowered = text.casefold()
    return any(word in lowered for word in words)
