"""Reviews on the screen: from the map to an exercise that begins anew, and the page of statistics."""

from __future__ import annotations

import pytest

from tests.tutor.learner.plan import log
from tests.tutor.screen import LARGE, RIGHT, SMALL, app, settle, shows, text
from tutor.learner import workspace
from tutor.learner.events import Attempt, Hint
from tutor.learner.progress import Progress
from tutor.screens.review import ReviewExerciseScreen


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_review_on_the_screen(size: tuple[int, int]) -> None:
    parts = ("code", "slope", "area", "words", "several", "table")
    passed = (Attempt(exercise="double", part=part, status="passed", score=1, max=1, seed=1) for part in parts)
    log(Progress(), Hint(exercise="double", part="code", rung=0), *passed)
    one = app()
    exercise = one.session.course.exercises[0]
    mine = workspace.path_of(exercise)
    mine.parent.mkdir(parents=True)
    mine.write_text("# mine\n")
    mine.with_suffix(".md").write_text("the answer is two\n")
    async with one.run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "r: 1 exercise to review"))
        await pilot.press("s")
        await settle(pilot, shows(pilot, "1 concept learned", "6 attempts in all, 6 passed"))
        await pilot.press("s", "r")
        await settle(pilot, shows(pilot, "Due: 1 exercise, for 1 concept.", "Twice as much"))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "Review: Twice as much   0 of 7 points"))
        screen = one.screen
        assert isinstance(screen, ReviewExerciseScreen) and "the answer is two" not in text(screen)
        await settle(pilot, lambda: len(screen.query("QuestionView")) == 5)
        await pilot.press("f3")  # the first hint again
        await settle(pilot, shows(pilot, "Hint 1 of 2"))
        assert "raise NotImplementedError" in screen.bench.text
        assert screen.bench.code is not None
        screen.bench.code.text = RIGHT
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Review: Twice as much   2 of 7 points"))
        await pilot.press("f9")
        assert one.screen is screen  # nothing else is due
        await pilot.press("escape", "escape", "escape")
        await settle(pilot, shows(pilot, "r: 1 exercise to review"))
        await pilot.press("r")
        await settle(pilot, shows(pilot, "Twice as much   begun"))
    assert mine.read_text() == "# mine\n" and Progress().part("double", "code").attempts == 1
