"""What the words of a search find."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from lessons.loading.loader import load_course
from tutor.text.search import search

WHOLE = load_course(Path(__file__).parents[3] / "lessons" / "units")
COURSE = msgspec.structs.replace(WHOLE, units=WHOLE.units[:2])
"""The tour and unit 1, so that what is found stays as it is while the course grows."""


def ids(text: str) -> list[str]:
    return [found.place.id for found in search(COURSE, text)]


def test_without_words_everything_is_there_in_order() -> None:
    want = [id for lesson in COURSE.lessons for id in (lesson.id, *(exercise.id for exercise in lesson.exercises))]
    assert ids("") == ids("   ") == want


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BROADCASTING", {"broadcasting", "broadcast-pairs"}),  # by name, and by concept
        ("saving memory", {"views"}),
        ("memory saving", {"views"}),
        ("matrix-product", {"tensor-operators"}),
        ("matrix product", {"tensor-operators"}),
        ("no such thing", set()),
    ],
)
def test_every_word_is_found_somewhere(text: str, found: set[str]) -> None:
    assert set(ids(text)) == found


def test_it_says_which_concept_has_the_word() -> None:
    concepts = {found.place.id: found.concepts for found in search(COURSE, "norm")}
    assert concepts["tensor-operators"] == ("norm",)
    assert search(COURSE, "memory")[0].concepts == ()
