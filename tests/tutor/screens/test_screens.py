"""The screen as the learner sees it, on a small terminal and on a large one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tutor.screen import LARGE, LARGER, RIGHT, SMALL, QuickGrader, app, practise, settle, shows, text
from tutor.learner.events import Opened
from tutor.learner.progress import Progress
from tutor.screens.practice import PracticeScreen
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.option_chooser import OptionChooser

Matches = Callable[[str, str], None]
SIZES = pytest.mark.parametrize("size", [SMALL, LARGER], ids=["80x24", "120x40"])


pytestmark = pytest.mark.usefixtures("same_questions")


def file(home: Path) -> Path:
    return home / "workspace" / "lines" / "slopes" / "double.py"


def under_cursor(pilot: Pilot[None]) -> str:
    """The text of the option that the cursor is on, without its marks."""
    chooser = pilot.app.screen.focused
    assert isinstance(chooser, OptionChooser) and chooser.highlighted_option is not None
    return str(chooser.highlighted_option.prompt)[5:]


# --- map and lesson -------------------------------------------------------------------------------


@SIZES
async def test_the_map(size: tuple[int, int], matches: Matches) -> None:
    async with app().run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        matches(f"map-{size[0]}", text(pilot.app.screen))


async def test_the_map_says_what_is_next(matches: Matches) -> None:
    progress = Progress()
    for card in range(3):
        progress.record(Opened(lesson="slopes", card=card))
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Next: Twice as much"))
        await pilot.press("c")
        await settle(pilot, shows(pilot, "As code"))
        assert isinstance(pilot.app.screen, PracticeScreen)


@SIZES
async def test_a_card_with_formulas(size: tuple[int, int], matches: Matches) -> None:
    async with app().run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "A mean", "x₁, …, xₘ", "┰─╴", "[bold]"))
        matches(f"card-{size[0]}", text(pilot.app.screen))


async def test_a_demo_runs_where_it_stands(matches: Matches) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter", "n")
        await settle(pilot, shows(pilot, "card 2 of 3", "Counting"))
        await pilot.press("r")
        await settle(pilot, shows(pilot, "Done in 0.1 s", "step 3: loss 0.25"))
        matches("demo-80", text(pilot.app.screen))
    progress = Progress()
    assert progress.demo_ran("slopes", "count") and progress.last_card("slopes") == 1


async def test_a_demo_can_be_stopped() -> None:
    grader = QuickGrader()
    grader.hold = True
    async with app(grader).run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter", "n")
        await settle(pilot, shows(pilot, "Counting"))
        await pilot.press("r")
        await settle(pilot, shows(pilot, "Running"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Stopped"))
        assert shows(pilot, "card 2 of 3")()  # the first Esc only stops
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "A tiny course"))
    assert not Progress().demo_ran("slopes", "count")


async def test_every_key_and_the_palette(matches: Matches) -> None:
    async with app().run_test(size=LARGE) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("f1")
        await settle(pilot, shows(pilot, "F5", "Everywhere"))
        matches("help-120", text(pilot.app.screen))
        await pilot.press("escape", "ctrl+p")
        await pilot.press(*"twice")
        await settle(pilot, shows(pilot, "Practise: Twice as much"))


# --- practice -------------------------------------------------------------------------------------


@SIZES
async def test_failing_and_passing(size: tuple[int, int], matches: Matches, home: Path) -> None:
    grader = QuickGrader()
    async with app(grader).run_test(size=size) as pilot:
        await practise(pilot)
        matches(f"practice-{size[0]}", text(pilot.app.screen))
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Error: 0 of 2 points", "Nothing is returned"))
        matches(f"failed-{size[0]}", text(pilot.app.screen))
        file(home).write_text(RIGHT)  # in another editor
        await settle(pilot, shows(pilot, "Passed: 2 of 2 points"))
        matches(f"passed-{size[0]}", text(pilot.app.screen))
    assert grader.judged == [
        ('def double(x):\n    raise NotImplementedError("write double")\n', ("code",)),
        (RIGHT, ("code",)),
    ]
    state = Progress().part("double", "code")
    assert state.passed and state.attempts == 2


async def test_what_is_typed_is_saved_by_itself(home: Path) -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f2", "#", "!")
        await settle(pilot, lambda: file(home).read_text().startswith("#!"))
        await settle(pilot, lambda: "not saved" not in text(pilot.app.screen))


async def test_judging_can_be_cancelled_and_typing_goes_on(home: Path) -> None:
    grader = QuickGrader()
    grader.hold = True
    async with app(grader).run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f2", "f5")
        await settle(pilot, grader.held.is_set)
        await pilot.press("x")
        assert pilot.app.screen.query_one(CodeEditor).text.startswith("x")
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Stopped. Press F5"))
    assert Progress().part("double", "code").attempts == 0


async def test_a_grader_that_breaks_is_a_sentence(home: Path) -> None:
    grader = QuickGrader()
    grader.broken = RuntimeError("zygote gone")
    async with app(grader).run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "zygote gone"))
        grader.broken = None
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Error: 0 of 2 points"))


async def test_the_hint_ladder(matches: Matches) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Nothing is returned yet."))
        assert Progress().rungs("double", "code") == {1}  # the verdict has told it
        await pilot.press("f3")
        await settle(pilot, shows(pilot, "Hint 1 of 3", "2 × 3", "1 more hint, which is the solution"))
        matches("hint-80", text(pilot.app.screen))
        await pilot.press("f3")
        await settle(pilot, shows(pilot, "Solution"))
    progress = Progress()
    assert progress.rungs("double", "code") == {0, 1, 2} and progress.gave_up("double")


async def test_the_same_failure_twice_offers_the_next_hint() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Nothing is returned yet."))
        assert "The same failure twice" not in text(pilot.app.screen)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "The same failure twice. F3 shows the next hint"))


async def test_a_choice(matches: Matches, home: Path) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await pilot.press("f8")
        await settle(pilot, shows(pilot, "What is the slope of y = 2x?"))
        if under_cursor(pilot) != "One":
            await pilot.press("down")
        await pilot.press("enter")
        await settle(pilot, lambda: "(•) One" in (shown := text(pilot.app.screen)) and "not saved" not in shown)
        matches("choice-80", text(pilot.app.screen))
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "That is the slope of y = x."))
    assert "slope" in (file(home).parent / "answers.yaml").read_text()
    assert Progress().part("double", "slope").status == "failed"


async def test_a_number_an_essay_and_several(home: Path) -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f8", "f8")
        await settle(pilot, shows(pilot, "What is twice"))
        words = text(pilot.app.screen)
        number = int(words[words.index("What is twice") :].split("?")[0].split()[-1])
        await pilot.press(*str(2 * number), "enter")
        await settle(pilot, shows(pilot, "Passed: 1 of 1 point"))
        await pilot.press("f8")
        await settle(pilot, shows(pilot, "Why is the line straight?", "Says that the slope is constant."))
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Not answered yet"))
        await pilot.press("f8")
        await settle(pilot, shows(pilot, "Which are even?"))
        for _ in range(3):
            if under_cursor(pilot) != "Five":
                await pilot.press("space")
            await pilot.press("down")
        await pilot.press("f5")
        await settle(pilot, lambda: Progress().part("double", "several").passed)
    assert Progress().part("double", "area").passed


async def test_a_table(matches: Matches, home: Path) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await pilot.press("f8", "f8", "f8", "f8", "f8")
        await settle(pilot, shows(pilot, "What is twice each of them?", "three"))
        await pilot.press("2", "enter", "4", "enter")  # Enter goes to the next row
        await settle(pilot, lambda: "not saved" not in text(pilot.app.screen))
        matches("table-80", text(pilot.app.screen))
        await pilot.press("5", "enter")  # and judges after the last one
        await settle(pilot, shows(pilot, "Not yet: 0.67 of 1 point", "2 of 3 checks passed"))
    assert "three" in (home / "workspace" / "lines" / "slopes" / "answers.yaml").read_text()


async def test_an_answer_is_there_again(home: Path) -> None:
    for turn in range(2):
        async with app().run_test(size=SMALL) as pilot:
            await practise(pilot)
            await pilot.press("f8")
            await settle(pilot, shows(pilot, "What is the slope"))
            if turn == 0:
                await pilot.press("down", "enter")
                await settle(pilot, lambda: (file(home).parent / "answers.yaml").exists())
            else:
                await settle(pilot, shows(pilot, "(•)"))


async def test_starting_over_keeps_what_was_written(home: Path) -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, PracticeScreen)
        screen.query_one(CodeEditor).load_text("mine, not saved yet")
        screen._start_over()
        await settle(pilot, shows(pilot, "raise NotImplementedError"))
    assert "mine, not saved yet" in [kept.read_text() for kept in (file(home).parent / "backups").iterdir()]


async def test_a_file_that_is_not_text_is_not_written_over(home: Path) -> None:
    file(home).parent.mkdir(parents=True)
    file(home).write_bytes(b"x = '\xff'\n")
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await settle(pilot, shows(pilot, "0xff"))
        await pilot.press("f2", "a", "f5")
        await settle(pilot)
    assert file(home).read_bytes() == b"x = '\xff'\n"


async def test_an_editor_of_ones_own_needs_a_terminal() -> None:
    async with app().run_test(size=LARGE, notifications=True) as pilot:
        await practise(pilot)
        await pilot.press("f4")
        await settle(pilot, shows(pilot, "cannot be handed over"))


async def test_progress_that_cannot_be_saved_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    (home.parent / "file").touch()
    monkeypatch.setenv("DL_TUTOR_HOME", os.fspath(home.parent / "file" / "home"))
    async with app().run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot, shows(pilot, "Progress is not being saved"))
