"""The course map: what is left, what a row says of itself, and the search."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from textual.widgets import Input

from lessons.loading.loader import load_course
from lessons.schema import Term
from tests.tutor.screen import COURSE, LARGE, LARGER, LARGEST, SMALL, app, settle, shows, text
from tutor.learner.events import Attempt, Opened
from tutor.learner.progress import Progress
from tutor.screens.course_map import CourseMap
from tutor.screens.lesson import LessonScreen
from tutor.screens.practice import PracticeScreen
from tutor.text import map_rows, plain
from tutor.text.search import search

REAL = Path(__file__).parents[3] / "lessons" / "units"
Matches = Callable[[str, str], None]
SIZES = pytest.mark.parametrize("size", [SMALL, LARGER, LARGEST], ids=["80x24", "120x40", "200x60"])


def on_the_way() -> None:
    progress = Progress()
    for card in (0, 1):
        progress.record(Opened(lesson="slopes", card=card))
    progress.record(Attempt(exercise="double", part="code", status="passed", score=2, max=2, seed=1))


@SIZES
async def test_the_map_on_the_way(size: tuple[int, int], matches: Matches) -> None:
    on_the_way()
    async with app().run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "2 of 3 cards read"))
        matches(f"map-begun-{size[0]}", text(pilot.app.screen))


async def test_the_map_says_of_each_row_what_it_builds_on() -> None:
    on_the_way()
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Teaches: slope"))
        await pilot.press("j")
        await settle(pilot, shows(pilot, "Exercise: 1 of 6 parts passed"))
        await pilot.press("j")
        await settle(pilot, shows(pilot, "0 of 2 cards read", "Builds on: [-] Slopes"))
        await pilot.press("enter")  # what it builds on is not done, and it opens all the same
        await settle(pilot, shows(pilot, "card 1 of 2"))


def test_a_group_of_lessons_has_a_heading_in_both_faces(tmp_path: Path) -> None:
    course = load_course(COURSE)
    (unit,) = course.units
    grouped = msgspec.structs.replace(unit, groups={"reading": "To be read"})
    course = msgspec.structs.replace(course, units=(grouped,))
    progress = Progress()
    drawn = list(map_rows.rows(course, progress, search(course, ""), None, 60))
    place = next(number for number, row in enumerate(drawn) if "To be read" in row.text.plain)
    assert drawn[place].name is None and drawn[place + 1].name == "lesson-reading"
    lines = list(plain.course_map(course, progress))
    place = next(number for number, line in enumerate(lines) if line.strip() == "To be read")
    assert lines[place + 1].strip().startswith("[ ] reading:")


def test_concepts_are_told_in_the_words_of_the_glossary() -> None:
    course = load_course(COURSE)
    lesson = course.lessons[0]
    known, unknown = lesson.concepts[0], "no-such-word"
    term = Term(term="The Very Word", definition="It is this.")
    course = msgspec.structs.replace(course, glossary={known: term})
    place = msgspec.structs.replace(lesson, concepts=(known, unknown))
    assert "Teaches: The Very Word, no-such-word" in map_rows.detail(course, Progress(), place)


async def test_the_map_is_drawn_anew_when_the_terminal_changes_size() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("j")
        await pilot.resize_terminal(*LARGE)
        await settle(pilot, shows(pilot, "│  Twice as much"))


@SIZES
async def test_search(size: tuple[int, int], matches: Matches) -> None:
    async with app().run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("slash", *"slope")
        await settle(pilot, shows(pilot, "Found: 4", "Glossary: slope"))
        matches(f"search-{size[0]}", text(pilot.app.screen))
        assert not shows(pilot, "Only to be read")()


async def test_enter_goes_to_what_was_found_and_the_map_is_whole_again() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("slash", *"slope", "down", "enter")
        await settle(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(pilot.app.screen, CourseMap))
        await settle(pilot, shows(pilot, "Only to be read", "Next: Slopes"))
        assert not pilot.app.screen.query_one("#search-line").display


async def test_letters_are_words_while_one_searches_and_keys_again_after_escape() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        assert isinstance(pilot.app.screen, CourseMap)  # a course without a tour offers none
        await pilot.press("slash", *"qcjk/?")
        await settle(pilot, shows(pilot, "Found: 0", "Nothing in the course has these words"))
        assert pilot.app.screen.query_one("#search", Input).value == "qcjk/?"
        await pilot.press("enter")  # there is nothing to open
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Next: Slopes", "Only to be read"))
        await pilot.press("c")
        await settle(pilot, lambda: isinstance(pilot.app.screen, LessonScreen))


async def test_units_fold_and_a_search_lands_on_the_card() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "▾ 1  Straight lines", "Slopes"))
        await pilot.press("left")
        await settle(pilot, shows(pilot, "▸ 1  Straight lines", "0 of 2 lessons done", "0 of 1 exercise passed"))
        assert not shows(pilot, "[ ] Slopes")()
        await pilot.press("left", "enter")  # folded already; Enter opens it
        await settle(pilot, shows(pilot, "▾ 1  Straight lines", "[ ] Slopes"))
        await pilot.press("down", "f")
        await settle(pilot, shows(pilot, "▸ 1  Straight lines"))
        await pilot.press("slash", *"stay")  # whatever is folded is searched
        await settle(pilot, shows(pilot, "In the text", "Slopes, card 1: A mean", "… such as [bold]"))
        await pilot.press("ctrl+u", *"steep")
        await settle(pilot, shows(pilot, "Glossary: slope"))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "How steep a line is", "Glossary: 2 terms"))
        await pilot.press("escape")  # from the entry to what was found
        await settle(pilot, shows(pilot, "Search: steep"))
        await pilot.press("ctrl+u", *"another", "enter")
        await settle(pilot, shows(pilot, "card 2 of 2", "Another card"))
        await pilot.press("slash", *"mean")
        await settle(pilot, shows(pilot, "Search: mean", "Slopes, card 1: A mean"))


# --- the first start ------------------------------------------------------------------------------


@pytest.fixture
def with_tour(tmp_path: Path) -> Path:
    """The tiny course, with its first lesson as the tour."""
    shutil.copytree(COURSE, tmp_path / "course")
    with (tmp_path / "course" / "course.yaml").open("a") as file:
        file.write("tour: slopes\n")
    return tmp_path / "course"


@pytest.mark.parametrize("size", [SMALL, LARGER], ids=["80x24", "120x40"])
async def test_the_first_start_offers_the_tour(with_tour: Path, size: tuple[int, int], matches: Matches) -> None:
    async with app(course=with_tour).run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "Welcome to A tiny course", "A tour of 5 minutes"))
        matches(f"welcome-{size[0]}", text(pilot.app.screen))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "Slopes", "card 1 of 3"))


async def test_the_tour_can_be_skipped_and_found_again(with_tour: Path) -> None:
    async with app(course=with_tour).run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Welcome to A tiny course"))
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(pilot.app.screen, CourseMap))
        await settle(pilot, shows(pilot, "Next: Only to be read"))
        assert not Progress().empty  # so that it is not offered again
        await pilot.press("enter")  # the cursor stands on the lesson after the tour
        await settle(pilot, shows(pilot, "Only to be read", "card 1 of 2"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Next: Only to be read", "[ ] Slopes"))
        await pilot.press("ctrl+p", *"tour")
        await settle(pilot, shows(pilot, "Offers the tour"))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "Welcome to A tiny course"))


async def test_who_has_been_here_before_is_not_asked(with_tour: Path) -> None:
    Progress().record(Opened(lesson="reading", card=0))
    async with app(course=with_tour).run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Next: Only to be read"))
        assert isinstance(pilot.app.screen, CourseMap)


async def test_a_unit_that_is_the_tours_is_not_counted() -> None:
    async with app(course=REAL).run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Welcome to Deep learning"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "\n ▾ Welcome   ", "\n ▾ 1  Tensors"))
