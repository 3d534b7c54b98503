"""Predict first: asked once before the code runs, on the screen and in plain lines; no machine is kept waiting."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.tutor.process import BIN, start, tutor
from tests.tutor.screen import COURSE, LARGE, LARGER, RIGHT, SMALL, QuickGrader, app, practise, settle, shows
from tests.tutor.terminal import Terminal
from tutor.learner.events import Attempt
from tutor.learner.progress import Progress
from tutor.screens.practice import PracticeScreen
from tutor.screens.prediction import PredictionScreen
from tutor.widgets.code_editor import CodeEditor

SIZES = pytest.mark.parametrize("size", [SMALL, LARGER], ids=["80x24", "120x40"])
TWICE = """import torch


def second_backward(x0, retain):
    x = torch.tensor([x0], requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    try:
        z.backward()
    except RuntimeError as error:
        return type(error).__name__
    return x.grad.item()
"""


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    """The tiny course, whose code part asks what is expected."""
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    file = course / "1-lines/1-slopes/exercises/double/exercise.yaml"
    asks = '    points: 2\n    predict: {ask: "What is `double(3)`?", after: It is 6.}\n'
    file.write_text(file.read_text().replace("    points: 2\n", asks, 1))
    return course


# --- on the screen ------------------------------------------------------------------------------------------------


@SIZES
async def test_nothing_runs_before_it_is_written_down(asking: Path, size: tuple[int, int]) -> None:
    grader = QuickGrader()
    async with app(grader, asking).run_test(size=size) as pilot:
        await practise(pilot)
        pilot.app.screen.query_one(CodeEditor).load_text(RIGHT)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Before it runs", "double(3)"))
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))
        assert grader.judged == []
        await pilot.press("f5")
        await settle(pilot, lambda: isinstance(pilot.app.screen, PredictionScreen))
        await pilot.press(*"six", "enter")
        await settle(pilot, shows(pilot, "You expected: six", "It is 6."))
        assert [source for source, _ in grader.judged] == [RIGHT]
        await pilot.press("f5")
        await settle(pilot, lambda: len(grader.judged) == 2)
        assert isinstance(pilot.app.screen, PracticeScreen)
    assert Progress().prediction("double", "code") == "six"


@pytest.mark.slow
async def test_a_save_from_outside_asks_too(asking: Path, home: Path) -> None:
    grader = QuickGrader()
    async with app(grader, asking).run_test(size=LARGE) as pilot:
        await practise(pilot)
        (home / "workspace/lines/slopes/double.py").write_text(RIGHT)
        await settle(pilot, lambda: isinstance(pilot.app.screen, PredictionScreen))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "You had no expectation.", "It is 6."))
        assert len(grader.judged) == 1


@pytest.mark.slow
async def test_who_has_tried_it_is_not_asked(asking: Path) -> None:
    tried = Attempt(exercise="double", part="code", status="failed", score=0, max=2, seed=1)
    Progress().record(tried)
    grader = QuickGrader()
    async with app(grader, asking).run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f8", "f8", "f8", "f8", "f8", "f8")
        await pilot.press("f5")
        await settle(pilot, lambda: len(grader.judged) == 1)


# --- in plain lines -----------------------------------------------------------------------------------------------


def test_the_verb_writes_it_down_once() -> None:
    shown = tutor("predict", "backward-twice")
    assert shown.code == 0 and shown.out.startswith("Before it runs: What do you expect from") and not shown.err
    assert "dl-tutor predict backward-twice TEXT" in tutor("start", "backward-twice").err
    assert tutor("predict", "backward-twice", "5 and 5").code == 0
    again = tutor("predict", "backward-twice.twice", "10")
    assert again.code == 1 and again.err == "You have already said what you expect: 5 and 5\n"
    assert tutor("predict", "backward-twice").err == "You expected: 5 and 5\n"
    assert "predict backward-twice TEXT" not in tutor("start", "backward-twice").err


def test_what_came_is_said_after_passing() -> None:
    start("backward-twice", TWICE)
    tutor("predict", "backward-twice", "ten")
    done = tutor("grade", "backward-twice.twice")
    assert done.code == 0 and "You expected: ten" in done.err and "the result is 10.0" in done.err
    assert tutor("predict", "loop-timing", "40").code == 0
    late = tutor("predict", "backward-twice.why", "x")
    assert late.code == 2 and "backward-twice.why asks for no prediction." in late.err


def test_it_is_too_late_after_an_attempt_and_nobody_waits_without_a_terminal() -> None:
    start("backward-twice", TWICE)
    done = tutor("grade", "backward-twice.twice")
    assert done.code == 0 and "expect" not in done.err
    late = tutor("predict", "backward-twice", "ten")
    assert late.code == 1 and late.err == "backward-twice.twice has already been judged; a prediction comes first.\n"


def test_on_a_terminal_grade_asks_first(home: Path) -> None:
    start("backward-twice", TWICE)
    env = {**os.environ, "NO_COLOR": "1", "TERM": "xterm"}
    quiet = Terminal([str(BIN / "dl-tutor"), "grade", "backward-twice.twice", "--no-record"], env)
    try:
        quiet.wait("passed, 3 of 3 points")
        assert "Before it runs" not in quiet.text
    finally:
        quiet.close()
    terminal = Terminal([str(BIN / "dl-tutor"), "grade", "backward-twice.twice"], env)
    try:
        terminal.wait("Before it runs", "You expect (Enter: no idea)")
        assert "passed" not in terminal.text
        terminal.press("t", "e", "n", "enter")
        terminal.wait("passed, 3 of 3 points", "You expected: ten")
        assert terminal.ended() == 0
    finally:
        terminal.close()
    assert Progress().prediction("backward-twice", "twice") == "ten"
