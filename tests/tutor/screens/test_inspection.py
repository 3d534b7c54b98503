"""Alt+I: a kernel of the learner's, line by line, and another of its programs."""

from __future__ import annotations

import msgspec
import pytest
from textual.pilot import Pilot

from grader.console import Ran
from grader.grading import Cancel
from grader.records.inspection import Inspection
from tests.tutor.screen import SMALL, QuickConsole, app, practise, settle, shows
from tests.tutor.text.test_kernel_steps import launch
from tutor.screens.inspection import InspectionScreen
from tutor.screens.practice import PracticeScreen


class LookingConsole(QuickConsole):
    """Its file launches a kernel in two programs, unless it says `none`."""

    program: int | None = None
    source = ""

    def run(self, source: str, cancel: Cancel, *, program: int | None = None) -> Ran:
        self.program, self.source = program, source
        return super().run(source, cancel, program=program)

    def inspection(self, cancel: Cancel) -> Inspection:
        if "none" in self.source or self.program is None:
            return Inspection()
        place = str(self.program)
        first = launch(program=self.program, place=place)
        return Inspection((first, msgspec.structs.replace(first, kernel="columns")))


def practice(pilot: Pilot[None]) -> PracticeScreen:
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen)
    return screen


async def test_a_kernel_is_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.screens.running.Console", LookingConsole)
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        screen = practice(pilot)
        assert screen.bench.code is not None
        screen.bench.code.text = "none\n"
        await pilot.press("alt+i")
        await settle(pilot, lambda: screen.running is None)
        assert pilot.app.screen is screen and len(pilot.app._notifications) == 1
        screen.bench.code.text = "x = 1\n"
        await pilot.press("alt+i")
        await settle(pilot, shows(pilot, "rows: 2 programs. This is program 0.", "row = 1", "Launch 1 of 2"))
        await pilot.press("down")
        await settle(pilot, shows(pilot, "loads x[2] to x[3], 2 of 4 lanes", "##.."))
        await pilot.press("n")
        await settle(pilot, shows(pilot, "This is program 1.", "loads x[2] to x[3]"))
        await settle(pilot, lambda: screen.running is None)
        await pilot.press("l")
        await settle(pilot, shows(pilot, "columns: 2 programs", "Launch 2 of 2"))
        await pilot.press("escape")
        await settle(pilot, lambda: not isinstance(pilot.app.screen, InspectionScreen))
        assert screen.session.progress.part("double", "code").attempts == 0
