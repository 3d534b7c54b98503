"""A public copy on the screen: it is read and worked in, and says where it is judged."""

from __future__ import annotations

from pathlib import Path

from grader.command.export import command as export
from lessons.loading.loader import load_course
from tests.tutor.screen import COURSE, LARGE, QuickGrader, app, practise, settle, shows
from tutor.learner.progress import Progress


async def test_what_is_handed_in_elsewhere_is_not_judged_here(tmp_path: Path) -> None:
    export(load_course(COURSE), tmp_path / "public", "It is judged on Gradescope.")
    grader = QuickGrader()
    async with app(grader, course=tmp_path / "public").run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "This copy of the course", "Gradescope. Your work is saved."))
        assert grader.judged == [] and Progress().part("double", "code").attempts == 0
