"""A verdict that comes while the learner is elsewhere: it is told, and takes neither the pane nor the keys."""

from __future__ import annotations

import pytest

from tests.tutor.screen import LARGE, SMALL, QuickGrader, app, practise, settle, shows, text
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.panes import Panes


async def test_what_mistakes_look_like_comes_to_where_the_verdict_is_and_leads_nobody_back() -> None:
    grader = QuickGrader()
    grader.hold_second = True
    async with app(grader).run_test(size=SMALL, notifications=True) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Error: 0 of 2 points"))
        await pilot.press("f2", "f2", "f2")  # the run, the task, the work
        await settle(pilot, shows(pilot, "def double"))
        grader.hold = grader.hold_second = False
        await settle(pilot, lambda: pilot.app.screen.cancel is None)  # type: ignore[attr-defined]
        assert pilot.app.screen.query_one(Panes).current == "work"
        assert shows(pilot, "def double")() and "Error: 0 of 2" not in text(pilot.app.screen)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_verdict_is_told_to_who_types_elsewhere(size: tuple[int, int]) -> None:
    grader = QuickGrader()
    grader.hold = True
    async with app(grader).run_test(size=size, notifications=True) as pilot:
        await practise(pilot)
        await pilot.press("f2", "f5")
        await settle(pilot, grader.held.is_set)
        panes = pilot.app.screen.query_one(Panes)
        elsewhere = "work" if panes.alone else "run"
        while panes.current != elsewhere:
            await pilot.press("f2")
        grader.hold = False
        await settle(pilot, shows(pilot, "Error: 0 of 2 points"))  # in a corner, for a while
        await pilot.press("x")
        assert panes.current == elsewhere and panes.in_front(elsewhere)
        assert not panes.in_front("verdict")
        if elsewhere == "work":
            assert pilot.app.screen.query_one(CodeEditor).text.startswith("x")


async def test_a_grader_that_breaks_is_told_too() -> None:
    grader = QuickGrader()
    grader.hold, grader.broken = True, RuntimeError("zygote gone")
    async with app(grader).run_test(size=SMALL, notifications=True) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, grader.held.is_set)
        await pilot.press("f2", "f2")
        grader.hold = False
        await settle(pilot, shows(pilot, "zygote gone"))
        assert pilot.app.screen.query_one(Panes).current == "task"
