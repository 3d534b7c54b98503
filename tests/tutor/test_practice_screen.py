"""Practice: from a finding to its line, two versions of a file, notes, and the solution beside one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from screen import LARGE, SMALL, app, practise, settle, shows, text

from grader.verdict import Check
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.finding_line import FindingLine, line_of

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


# --- from a finding to its line -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "message", "line"),
    [
        ("line 7", "NotImplementedError: write double", 7),
        (None, "ValueError: too many dimensions (line 12)", 12),
        (None, "invalid syntax (double.py, line 3)", 3),
        ("dx[3, 0]", "The values differ.", None),
        (None, "read line 3 of the file first", None),
    ],
)
def test_the_line_that_a_check_names(where: str | None, message: str, line: int | None) -> None:
    check = Check(label="a", status="error", score=0, max=1, message=message, where=where)
    assert line_of(check) == line


@SIZES
async def test_a_key_goes_from_a_finding_to_its_line(size: tuple[int, int]) -> None:
    async with app().run_test(size=size) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Ctrl+G goes to line 2."))
        await pilot.press("ctrl+g")
        await settle(pilot, shows(pilot, "def double"))
        editor = pilot.app.screen.query_one(CodeEditor)
        assert editor.has_focus and editor.cursor_location == (1, 4)


async def test_enter_on_a_finding_goes_to_its_line() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Ctrl+G goes to line 2."))
        await pilot.press("tab")
        assert isinstance(pilot.app.screen.focused, FindingLine)
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "def double"))
        editor = pilot.app.screen.query_one(CodeEditor)
        assert editor.has_focus and editor.cursor_location == (1, 4)


async def test_a_line_that_is_no_more_is_the_last(home: Path) -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Ctrl+G goes to line 2."))
        editor = pilot.app.screen.query_one(CodeEditor)
        editor.load_text("one line")
        await pilot.press("f8", "ctrl+g")  # from a question too
        await settle(pilot, lambda: editor.has_focus)
        assert editor.cursor_location == (0, 0)


async def test_without_a_line_the_key_does_nothing() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        before = text(pilot.app.screen)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert text(pilot.app.screen) == before
