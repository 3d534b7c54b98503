"""The glossary of the course: which of its terms stand on a card, and an entry as lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from lessons.formulas.prose import WIDTH, prose, without_code
from lessons.schema import Course, Term


def terms_in(glossary: Mapping[str, Term], text: str) -> list[str]:
    """The ids of the terms that a text uses, in the order in which they first stand there; code does not count."""
    text = re.sub(r"\s+", " ", without_code(text).casefold())
    places = {id: place for id, entry in glossary.items() if (place := _place(entry, text)) is not None}
    return sorted(places, key=lambda id: places[id])


def _place(entry: Term, text: str) -> int | None:
    """Where a text first uses a term: its word or another one for it, in the plural too."""
    words = "|".join(re.escape(form.casefold()) for form in (entry.term, *entry.also))
    found = re.search(rf"(?<![\w.])(?:{words})(?:s|es)?(?!\w)", text)
    return found.start() if found else None


def named(glossary: Mapping[str, Term], word: str) -> str | None:
    """The id of the entry that a word means: an id, a term, or another word for it."""
    sought = word.casefold()
    for id, entry in glossary.items():
        if sought in (id, *(form.casefold() for form in (entry.term, *entry.also))):
            return id
    return None


def words_for(course: Course, concepts: Sequence[str]) -> list[str]:
    """The words of the glossary for concepts; a concept's own name where there is none."""
    return [course.glossary[one].term if one in course.glossary else one for one in concepts]


def entry_lines(glossary: Mapping[str, Term], id: str) -> Iterator[str]:
    """An entry in plain lines."""
    entry = glossary[id]
    also = f" (also: {', '.join(entry.also)})" if entry.also else ""
    yield f"{entry.term}{also}"
    yield textwrap.fill(prose(entry.definition), WIDTH, initial_indent="    ", subsequent_indent="    ")
    if entry.see:
        yield f"    see: {', '.join(glossary[other].term for other in entry.see if other in glossary)}"
