"""What the text of the course has of the words of a search."""

from __future__ import annotations

import msgspec
import pytest

from lessons.loading.loader import load_course
from lessons.schema import Course, Prose
from tests.tutor.screen import COURSE
from tutor.learner.events import Attempt
from tutor.learner.progress import Progress
from tutor.text import plain
from tutor.text.passages import passages


@pytest.fixture
def course() -> Course:
    return load_course(COURSE)


def found(course: Course, words: str) -> list[tuple[str, str]]:
    return [(one.where, one.title) for one in passages(course, Progress(), words)]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("BRACKETS stay", [("Slopes, card 1", "A mean")]),
        ("another", [("Only to be read, card 2", "Another card")]),  # by the title of the card
        ("counting", [("Slopes, card 2", "A demo")]),  # by the title of the demo on it
        ("steep", [("Glossary", "slope")]),
        ("average", [("Glossary", "mean")]),  # by another word for the term
        ("brackets nothing", []),  # not in the same place
        ("is", []),  # stands everywhere
        ("", []),
    ],
)
def test_every_word_is_found_in_one_place(course: Course, words: str, where: list[tuple[str, str]]) -> None:
    assert found(course, words) == where


def test_terms_that_are_called_so_come_first_and_other_entries_last(course: Course) -> None:
    assert [where for where, _ in found(course, "mean")] == ["Glossary", "Slopes, card 1"]
    assert found(course, "how")[-1][0] == "Glossary"


def test_tasks_are_searched_and_hints_are_not(course: Course) -> None:
    exercise = course.exercises[0]
    assert exercise.title in [title for where, title in found(course, "double(x)") if where == "Exercise"]
    hint = next(hint.text for part in exercise.parts for hint in part.hints)
    assert "Exercise" not in [where for where, _ in found(course, hint)]


def test_an_excerpt_is_one_line_of_text_that_begins_shortly_before_the_word(course: Course) -> None:
    lesson = course.lessons[1]
    text = (
        "## One card\n\nFirst.\n\n* Nothing here is said of $x^2$, but much of it is **said**\n  of `sum(dim)`, twice."
    )
    card = msgspec.structs.replace(lesson.cards[0], blocks=(Prose(text=text),))
    lesson = msgspec.structs.replace(lesson, cards=(card,))
    unit = msgspec.structs.replace(course.units[0], lessons=(lesson,))
    course = msgspec.structs.replace(course, units=(unit,))
    (one,) = passages(course, Progress(), "sum(dim)")
    assert one.excerpt == "… but much of it is said of sum(dim), twice."
    (one,) = passages(course, Progress(), "nothing here")
    assert one.excerpt == "Nothing here is said of x², but much of it is said of sum(dim), twice."


def test_a_card_that_is_not_open_yet_is_known_by_its_title_only(course: Course) -> None:
    lesson = course.lessons[0]
    cards = (msgspec.structs.replace(lesson.cards[0], earned=("double",)), *lesson.cards[1:])
    unit = msgspec.structs.replace(course.units[0], lessons=(msgspec.structs.replace(lesson, cards=cards),))
    course = msgspec.structs.replace(course, units=(unit,))
    assert found(course, "brackets") == []
    assert ("Slopes, card 1", "A mean") in found(course, "mean")
    progress = Progress()
    for part in lesson.exercises[0].parts:
        progress.record(Attempt(exercise="double", part=part.id, status="passed", score=1, max=1, seed=1))
    assert found(course, "brackets") == [("Slopes, card 1", "A mean")]


def test_plain_lines_name_the_command_that_shows_it(course: Course) -> None:
    lines = list(plain.passage_lines(course, passages(course, Progress(), "mean")))
    assert lines[0] == "In the text"
    assert "  Glossary: mean  (dl-tutor glossary mean)" in lines
    assert "  Slopes, card 1: A mean  (dl-tutor read slopes --card 1)" in lines
    assert list(plain.passage_lines(course, [])) == []
