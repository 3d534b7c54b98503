"""Every key that a terminal may keep has a second one, and the page says so."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from textual.binding import Binding, BindingType

from tutor.app import TutorApp
from tutor.screens.course_map import CourseMap
from tutor.screens.find import FindScreen
from tutor.screens.help import KEYS, HelpScreen
from tutor.screens.inspection import InspectionScreen
from tutor.screens.lesson import LessonScreen
from tutor.screens.lesson_end import LessonEndScreen
from tutor.screens.note import NoteScreen
from tutor.screens.practice import PracticeScreen
from tutor.screens.review import ReviewScreen
from tutor.screens.statistics import StatisticsScreen
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.demo_view import DemoView

PAGE = (Path(__file__).parents[2] / "docs" / "keys.md").read_text(encoding="utf-8")
PLACES = (
    *(TutorApp, CourseMap, LessonScreen, PracticeScreen, ReviewScreen, StatisticsScreen, LessonEndScreen),
    *(FindScreen, HelpScreen, InspectionScreen, NoteScreen, CodeEditor, DemoView),
)
ELSEWHERE = {"run_copy", "help"}
"""What has another key in the same place by a binding of its own: r, where the code is left; Esc for the help."""


def kept() -> set[str]:
    return set(re.findall(r"`([^`]+)`", PAGE.partition("## What others keep")[2]))


def keys(bindings: list[BindingType]) -> dict[str, set[str]]:
    found = defaultdict(set)
    for one in bindings:
        assert isinstance(one, Binding)
        found[one.action].update(one.key.split(","))
    return found


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_key_that_others_keep_has_a_second_one(place: type) -> None:
    for action, pressed in keys(vars(place).get("BINDINGS", [])).items():
        assert action in ELSEWHERE or pressed - kept(), f"{place.__name__}.{action}: {sorted(pressed)}"


def test_no_key_is_one_that_terminals_do_not_tell() -> None:
    for place in PLACES:
        for pressed in keys(vars(place).get("BINDINGS", [])).values():
            assert not [key for key in pressed if re.fullmatch(r"alt\+[^a-z].*|ctrl\+shift\+[a-z]", key)], place


def test_the_page_names_keys_that_are_there() -> None:
    bound = set().union(*(pressed for place in PLACES for pressed in keys(vars(place)["BINDINGS"]).values()))
    rows = re.findall(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)`", PAGE, re.MULTILINE)
    named = {key.replace("ctrl+/", "ctrl+slash") for row in rows for key in row}
    assert len(rows) == 10 and named <= bound


def test_the_help_begins_with_the_keys_of_the_screen() -> None:
    for screen in (CourseMap, LessonScreen, PracticeScreen):
        assert screen.HELP in KEYS
