"""One whole lesson on the screen and in plain lines, with the real grader: the same is remembered of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from grader.grading import Grader
from tests.tutor.process import tutor
from tests.tutor.screen import COURSE, LARGE, RIGHT, app, settle, shows
from tutor.learner.events import Answer, Attempt, DemoRun, Hint, Opened, Question
from tutor.learner.progress import Progress
from tutor.widgets.option_chooser import OptionChooser

pytestmark = pytest.mark.usefixtures("same_questions")
WRONG = "def double(x):\n    return 3 * x\n"


def remembered() -> list[tuple[Any, ...]]:
    """What was recorded, in order, without what differs between any two walks: moments and seeds.

    Each card counts once: a lesson is opened again at its card when one comes back to it.
    """
    found: list[tuple[Any, ...]] = []
    questions = []
    for entry in Progress().journal.everything():
        match entry.event:
            case Opened(lesson=lesson, card=card):
                one: tuple[Any, ...] = ("opened", lesson, card)
            case Question(exercise=exercise, part=part):
                questions.append(("question", exercise, part))  # the screen opens all at once
                continue
            case Attempt() as attempt:
                one = ("attempt", attempt.part, attempt.status, attempt.score, attempt.max, attempt.failure)
            case Hint(part=part, rung=rung):
                one = ("hint", part, rung)
            case Answer(part=part, value=value):
                one = ("answer", part, value)
            case DemoRun(lesson=lesson, demo=demo):
                one = ("demo", lesson, demo)
            case _:
                one = (type(entry.event).__name__,)
        if one[0] != "opened" or one not in found:
            found.append(one)
    return sorted(questions) + found


def in_plain_lines(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env: dict[str, Any] = {"DL_TUTOR_COURSE": str(COURSE)}
    monkeypatch.setattr("tutor.commands.reading.at_terminal", lambda: True)
    for card in ("1", "2"):
        assert tutor("read", "slopes", "--card", card, **env).code == 0
    assert tutor("demo", "slopes/count", **env).code == 0
    assert tutor("read", "slopes", "--card", "3", **env).code == 0
    path = Path(tutor("start", "double", **env).out.strip())
    assert tutor("grade", "double.code", **env).code == 1  # the starter
    assert tutor("hint", "double.code", **env).code == 0
    for text, code in ((WRONG, 1), (RIGHT, 0)):
        path.write_text(text)
        assert tutor("grade", "double.code", **env).code == code
    assert tutor("answer", "double.slope", "one", **env).code == 1
    assert tutor("answer", "double.slope", "two", **env).code == 0


async def choose(pilot: Pilot[Any], words: str) -> None:
    chooser = pilot.app.screen.focused
    assert isinstance(chooser, OptionChooser)
    for _ in chooser.texts:
        if chooser.highlighted_option and str(chooser.highlighted_option.prompt).endswith(words):
            break
        await pilot.press("down")
    await pilot.press("enter", "f5")


async def on_the_screen(home: Path) -> None:
    file = home / "workspace" / "lines" / "slopes" / "double.py"
    with Grader() as grader:
        one = app()
        object.__setattr__(one.session, "make_grader", lambda: grader)
        async with one.run_test(size=LARGE) as pilot:
            await settle(pilot, shows(pilot, "Twice as much"))
            await pilot.press("enter")
            await settle(pilot, shows(pilot, "card 1 of 3"))
            await pilot.press("n")
            await settle(pilot, shows(pilot, "card 2 of 3", "Counting"))
            await pilot.press("r")
            await settle(pilot, shows(pilot, "Done in"), 60)
            await pilot.press("n")
            await settle(pilot, shows(pilot, "card 3 of 3"))
            await pilot.press("e")
            await settle(pilot, shows(pilot, "As code"))
            await settle(pilot, lambda: len(pilot.app.screen.query("QuestionView")) == 5)
            await pilot.press("f5")
            await settle(pilot, shows(pilot, "Error: 0 of 2"), 60)
            await pilot.press("f3")
            await settle(pilot, shows(pilot, "Hint 1 of 2"))
            file.write_text(WRONG)
            await settle(pilot, shows(pilot, "Not yet: 0 of 2"), 60)
            file.write_text(RIGHT)
            await settle(pilot, shows(pilot, "Passed: 2 of 2"), 60)
            await pilot.press("f8")
            await settle(pilot, shows(pilot, "What is the slope of"))
            await choose(pilot, "One")
            await settle(pilot, shows(pilot, "choice: That is"))
            await choose(pilot, "Two")
            await settle(pilot, shows(pilot, "Passed: 1 of 1"))


@pytest.mark.slow
async def test_a_lesson_on_the_screen_and_in_plain_lines(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("screen", "lines"):
        (home / folder).mkdir(parents=True)
    monkeypatch.setenv("DL_TUTOR_HOME", str(home / "screen"))
    await on_the_screen(home / "screen")
    on_screen = remembered()
    monkeypatch.setenv("DL_TUTOR_HOME", str(home / "lines"))
    in_plain_lines(home / "lines", monkeypatch)
    assert remembered() == on_screen
    assert ("attempt", "code", "passed", 2.0, 2.0, "") in on_screen and ("demo", "slopes", "count") in on_screen
