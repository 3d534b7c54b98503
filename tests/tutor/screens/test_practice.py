"""Practice: from a finding to its line, two versions of a file, notes, and the solution beside one's own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Input

from grader.records.verdict import Check, PartVerdict
from grader.report.fold import fold_part
from tests.tutor.screen import COURSE, LARGE, LARGER, RIGHT, SMALL, app, choose, practise, settle, shows, text
from tutor.learner.events import Attempt
from tutor.learner.progress import Progress
from tutor.practice.questions import open_questions
from tutor.screens import practice
from tutor.screens.solution import code_block
from tutor.screens.two_versions import TwoVersionsScreen, difference
from tutor.widgets import keys_in_order, workbench
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.finding_line import FindingLine, line_of
from tutor.widgets.question_view import QuestionView

Matches = Callable[[str, str], None]
pytestmark = pytest.mark.usefixtures("same_questions")
SIZES = pytest.mark.parametrize("size", [SMALL, LARGER], ids=["80x24", "120x40"])


def file(home: Path) -> Path:
    return home / "workspace" / "lines" / "slopes" / "double.py"


def backups(home: Path) -> list[str]:
    return sorted(kept.read_text() for kept in (file(home).parent / "backups").iterdir())


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
    part = PartVerdict(part="a", kind="code", status="error", score=0, max=1, checks=(check,))
    assert [line_of(told) for told in fold_part(part) if told.kind == "check"] == [line]
    whole = PartVerdict(part="a", kind="code", status="error", score=0, max=1, message=message, where=where)
    assert [line_of(told) for told in fold_part(whole) if told.kind == "note"] == [line if where else None]


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
        editor.load_text("\n" * 60 + "def double(x):\n    raise ValueError" + "\n" * 60)
        editor.go_to(62)
        await settle(pilot, shows(pilot, "62      raise ValueError"))  # in the middle, from the first column on


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


async def test_a_verdict_shows_its_lines_belongs_to_its_part_and_is_there_again(home: Path) -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Ctrl+G goes to line 2.", "→ 2 │ raise", "✗ As code: error"))
        editor = pilot.app.screen.query_one(CodeEditor)
        editor.load_text("one line")
        await pilot.press("ctrl+g")  # the line is no more; the last one is the nearest
        await settle(pilot, lambda: editor.has_focus)
        assert editor.cursor_location == (0, 0)
        await pilot.press("f8")
        await settle(pilot, shows(pilot, "▸[ ] The slope◂", "Nothing judged yet"))
        await pilot.press("f8", "f8", "f8", "f8", "f8")
        await settle(pilot, shows(pilot, "▸[-] As code◂", "→ 2 │ raise"))
        await pilot.press("escape", "escape")
        await settle(pilot, shows(pilot, "Next: Slopes"))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "Judged when", "Ctrl+G goes to line 2."))
        assert not shows(pilot, "→ 2 │")()  # the file may be another by now


async def test_without_a_line_the_key_does_nothing() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        before = text(pilot.app.screen)
        await pilot.press("ctrl+g")
        await settle(pilot)
        assert text(pilot.app.screen) == before


# --- two versions of a file -----------------------------------------------------------------------

MINE = "# typed here\n\ndef double(x):\n    return x + x\n"


def test_the_difference_of_two_versions() -> None:
    assert difference("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nB\nc\nd\ne\nf\ng\n") == [
        *["  a", "- b", "+ B", "  c", "  d", "...", "  f", "  g", "- h"],
    ]
    assert difference("same", "same") == []
    assert difference("", "x\n" * 500)[-1] == "... 100 more lines"


@pytest.mark.parametrize("choice", ["theirs", "mine", pytest.param("later", marks=pytest.mark.slow)])
async def test_the_learner_chooses_between_two_versions(choice: str, home: Path) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        editor = pilot.app.screen.query_one(CodeEditor)
        editor.load_text(MINE)
        file(home).write_text(RIGHT)
        await settle(pilot, lambda: isinstance(pilot.app.screen, TwoVersionsScreen))
        await settle(pilot, shows(pilot, "What I typed here", "+ # typed here", "-     return 2 * x"))
        assert file(home).read_text() == RIGHT and backups(home) == [MINE]  # whatever happens now
        await pilot.press("enter", "m", "x")  # typed by accident: nothing is under the cursor yet
        assert isinstance(pilot.app.screen, TwoVersionsScreen)
        await pilot.press(
            *{"theirs": ["down", "enter"], "mine": ["down", "down", "enter"], "later": ["escape"]}[choice]
        )
        await settle(pilot, lambda: not isinstance(pilot.app.screen, TwoVersionsScreen))
        goes_on = MINE if choice == "mine" else RIGHT
        await settle(pilot, lambda: editor.text == goes_on and file(home).read_text() == goes_on)
        await settle(pilot, shows(pilot, "Not yet: 0 of 2" if choice == "mine" else "Passed: 2 of 2"))
    assert backups(home) == sorted([MINE, RIGHT] if choice == "mine" else [MINE])


async def test_a_save_over_another_version_stays_in_the_exercise(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> object:  # the watch has not noticed yet
        for nothing in list[object]():
            yield nothing

    monkeypatch.setattr("tutor.learner.file_watch.saves", never)
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        pilot.app.screen.query_one(CodeEditor).load_text(MINE)
        file(home).write_text(RIGHT)
        await pilot.press("f9")  # on to the next exercise
        await settle(pilot, lambda: isinstance(pilot.app.screen, TwoVersionsScreen))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Passed: 2 of 2", "your other version: backups/double."))
    assert file(home).read_text() == RIGHT and backups(home) == [MINE]


# --- notes ----------------------------------------------------------------------------------------


async def test_a_note_is_kept_and_shown_again(home: Path) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        assert "Your note" not in text(pilot.app.screen)
        await pilot.press("ctrl+n")
        await settle(pilot, shows(pilot, "Your note on: Twice as much"))
        await pilot.press(*"[b] is 2", "escape")  # no markup
        await settle(pilot, shows(pilot, "Your note (Ctrl+N):", "[b] is 2", "Write double(x)"))
        assert file(home).with_suffix(".md").read_text() == "[b] is 2"
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await settle(pilot, shows(pilot, "Your note (Ctrl+N):", "[b] is 2"))


async def test_a_note_is_on_disk_while_it_is_typed_and_never_over_another(home: Path) -> None:
    note = file(home).with_suffix(".md")
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await pilot.press("f2", "ctrl+n", *"mine")
        await settle(pilot, lambda: note.exists() and note.read_text() == "mine")
        note.write_text("theirs")
        await pilot.press("!", "escape")
        await settle(pilot, shows(pilot, "theirs", "Another program changed the note"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "def double"))
    assert note.read_text() == "theirs" and "mine!" in backups(home)


async def test_a_note_that_cannot_be_read_stays_as_it_is(home: Path) -> None:
    note = file(home).with_suffix(".md")
    note.parent.mkdir(parents=True)
    note.write_bytes(b"\xff")
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await settle(pilot, shows(pilot, "the byte 0xff is not"))
        await pilot.press("ctrl+n", "x", "escape")
        await settle(pilot, shows(pilot, "Write double(x)"))
    assert note.read_bytes() == b"\xff"


# --- the solution beside one's own ----------------------------------------------------------------


@SIZES
async def test_the_solution_stands_beside_ones_own_after_passing(
    size: tuple[int, int], home: Path, matches: Matches
) -> None:
    progress = Progress()
    for part in ("code", "slope", "area", "words", "several", "table"):
        progress.record(Attempt(exercise="double", part=part, status="passed", score=1, max=1, seed=0))
    file(home).parent.mkdir(parents=True)
    file(home).write_text(MINE)
    one = app()
    async with one.run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        one.open_exercise(one.session.course.exercises[0])
        await settle(pilot, shows(pilot, "Write double(x)", "7 of 7 points, done"))
        await settle(pilot, lambda: bool(pilot.app.screen.query_one(CodeEditor).text))
        await pilot.press("ctrl+r")
        await settle(pilot, shows(pilot, "Yours: double.py", "return x + x", "The course's solution", "return 2 * x"))
        matches(f"solution-{size[0]}", text(pilot.app.screen))
        await pilot.press("end")
        await settle(pilot, shows(pilot, "one = 2, two = 4, three = 6"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Write double(x)"))
    again = Progress()
    assert again.solution_shown("double") and not again.gave_up("double")


async def test_before_passing_the_key_shows_no_solution() -> None:
    async with app().run_test(size=SMALL, notifications=True) as pilot:
        await practise(pilot)
        await pilot.press("ctrl+r")
        await settle(pilot, shows(pilot, "Not everything here is passed yet"))
    assert not Progress().solution_shown("double")


@pytest.mark.parametrize("own", ["x = 1", 'a = """```"""\nb = "````"'])
def test_a_fence_holds_any_code(own: str) -> None:
    fence = code_block(own).splitlines()[0].removesuffix("python")
    assert code_block(own) == f"{fence}python\n{own}\n{fence}" and fence not in own


# --- questions whose numbers take time to draw -----------------------------------------------------


async def test_a_question_that_is_being_drawn_keeps_nobody_from_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = asyncio.Event()

    async def later(*which: Any) -> Any:
        await drawn.wait()
        return await open_questions(*which)

    monkeypatch.setattr(workbench, "open_questions", later)
    monkeypatch.setattr(keys_in_order, "PATIENCE", 0.01)
    async with app().run_test(size=SMALL) as pilot:
        await choose(pilot)
        await settle(pilot, shows(pilot, "Write double(x)"))
        await pilot.press("f2")
        await settle(pilot, shows(pilot, "def double"))
        await pilot.press("f8")
        await settle(pilot, shows(pilot, "The question is being drawn."))
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Not answered yet."))
        await pilot.press("f2", "f2", "f2")
        await settle(pilot, shows(pilot, "The question is being drawn."))
        drawn.set()
        await settle(pilot, lambda: len(pilot.app.screen.query(QuestionView)) == 5)
        await settle(pilot, lambda: "being drawn" not in text(pilot.app.screen))
        first = pilot.app.screen.query(QuestionView).first()
        assert first.display and first.has_focus_within
        bench = pilot.app.screen.query_one(workbench.Workbench)
        bench.questions.clear()  # as if their fields were not there yet
        assert bench.store()


async def test_the_app_may_end_while_a_question_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async def later(*which: Any) -> Any:
        questions = await open_questions(*which)
        while pilot.app.screen.query("#panes"):
            await asyncio.sleep(0)
        return questions

    monkeypatch.setattr(workbench, "open_questions", later)
    async with app().run_test(size=SMALL) as pilot:
        await choose(pilot)
        await settle(pilot, shows(pilot, "Write double(x)"))


async def test_keys_after_the_one_for_a_question_are_the_questions(home: Path) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        pilot.app.open_exercise(pilot.app.session.course.exercise("double"))  # type: ignore[attr-defined]
        for name in ("f8", "f8", "7", "2"):  # at once, as over a slow line
            pilot.app.post_message(Key(name, name if len(name) == 1 else None))
        await settle(pilot, lambda: [one.value for one in pilot.app.screen.query(Input) if one.value] == ["72"])


# --- from part to part ----------------------------------------------------------------------------


async def test_the_next_part_is_none_that_the_same_file_has_passed(tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    told = course / "1-lines" / "1-slopes" / "exercises" / "double" / "exercise.yaml"
    again = "parts:\n  - {id: again, kind: code, title: Once more, covers: [E1.1.1], entry: double, points: 1}\n"
    told.write_text(told.read_text().replace("parts:\n", again, 1))
    async with app(course=course).run_test(size=LARGE) as pilot:
        await practise(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, practice.PracticeScreen) and screen.part.id == "again"
        await pilot.press("f8")
        assert screen.part.id == "code"  # which is open yet
        for part in ("again", "code"):
            screen.session.progress.record(
                Attempt(exercise="double", part=part, status="passed", score=1, max=1, seed=1)
            )
        screen._choose(screen.exercise.parts[0])
        await pilot.press("f8")
        assert screen.part.id == "slope"
        await pilot.press(*["f8"] * 5)
        assert screen.part.id == "again"  # after the last question
