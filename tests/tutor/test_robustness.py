"""Whatever breaks is one sentence, and nothing that was typed is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.css.query import NoMatches

from tests.tutor.screen import LARGE, QuickGrader, app, practise, settle, shows, text
from tests.tutor.terminal import Terminal
from tutor.learner.progress import Progress
from tutor.screens.course_map import CourseMap
from tutor.screens.lesson import LessonScreen
from tutor.widgets.code_editor import CodeEditor

COMMAND = [sys.executable, "-c", "from tutor.cli import main; main()"]
COURSE = Path(__file__).parent / "course"


@pytest.fixture
def terminals(home: Path) -> Iterator[list[Terminal]]:
    started: list[Terminal] = []
    yield started
    for one in started:
        with contextlib.suppress(OSError):
            one.close()


def opened(terminals: list[Terminal], *command: str) -> Terminal:
    """The app in a terminal of its own, on the tiny course's exercise."""
    one = Terminal(
        command or COMMAND,
        {
            **os.environ,
            "TERM": "xterm-256color",
            "TEXTUAL_ANIMATIONS": "none",
            "DL_TUTOR_COURSE": str(COURSE),
        },
    )
    terminals.append(one)
    one.wait("Twice as much")
    while one.read(0.5):  # keys that come before it is all drawn may go astray
        pass
    one.press("down", "enter")
    one.wait("As code", "Write double(x)")
    return one


def file(home: Path) -> Path:
    return home / "workspace" / "lines" / "slopes" / "double.py"


def gone(one: Terminal) -> None:
    """Waits for the program's end, where nobody reads its screen any more."""
    until = time.monotonic() + 30
    while one.process.poll() is None:
        assert time.monotonic() < until, "it has not ended in 30 s"
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            for child in (task / "children").read_text().split():
                found += [int(child), *children(int(child))]
    return found


# --- leaving, in every way ------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("way", ["hangup", "close", "terminate", "quit"])
def test_what_was_typed_last_is_saved_however_the_app_ends(way: str, terminals: list[Terminal], home: Path) -> None:
    one = opened(terminals)
    one.press("f2")
    os.write(one.master, b"# mine ")
    one.wait("# mine")  # on the screen, and not yet half a second old
    if way == "close":
        os.close(one.master)
    elif way == "quit":
        one.press("ctrl+q")
    else:
        os.kill(one.process.pid, signal.SIGHUP if way == "hangup" else signal.SIGTERM)
    gone(one)
    assert file(home).read_text().startswith("# mine ")


@pytest.mark.slow
def test_nothing_is_left_running_after_a_kill(terminals: list[Terminal], home: Path) -> None:
    one = opened(terminals)
    one.press("f5")
    one.wait("Error: 0 of 2 points")
    left = children(one.process.pid)
    assert left  # the zygote, at least
    os.kill(one.process.pid, signal.SIGKILL)
    gone(one)
    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in left):
        assert time.monotonic() < until, f"still there after 30 s: {left}"
        time.sleep(0.1)
    assert Progress().part("double", "code").attempts == 1  # what had been shown had been saved


# --- what breaks beside it ------------------------------------------------------------------------


@pytest.mark.slow
def test_a_zygote_that_is_killed_is_started_again(terminals: list[Terminal], home: Path) -> None:
    one = opened(terminals)
    one.press("f5")
    one.wait("Error: 0 of 2 points")
    for pid in children(one.process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    file(home).write_text("def double(x):\n    return 2 * x\n")
    one.wait("Passed: 2 of 2 points")


# --- disks ----------------------------------------------------------------------------------------


async def test_a_full_disk_is_a_sentence_and_the_text_waits(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    async with app().run_test(size=LARGE, notifications=True) as pilot:
        await practise(pilot)
        before = file(home).read_text()
        with monkeypatch.context() as patch:
            patch.setattr("tutor.learner.workspace.os.fsync", full)
            await pilot.press("f2", "#", "!")
            await settle(pilot, shows(pilot, "no space left on device", "not saved yet"))
            assert file(home).read_text() == before  # whole, not half written over
            assert [one.name for one in file(home).parent.iterdir()] == ["double.py"]
            await pilot.press("ctrl+q")
            await settle(pilot, shows(pilot, "Not everything is saved"))
            assert pilot.app.screen.query_one(CodeEditor).text.startswith("#!")
        await pilot.press("?")
        await settle(pilot, lambda: file(home).read_text().startswith("#!?"))
        await settle(pilot, lambda: "not saved yet" not in text(pilot.app.screen))


@pytest.mark.slow
def test_a_disk_that_is_full_from_the_start(terminals: list[Terminal], home: Path) -> None:
    one = opened(terminals, "sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *COMMAND)
    one.wait("written:")  # one word, since a long path breaks the sentence anywhere
    one.press("ctrl+q", "ctrl+q")
    gone(one)
    assert not file(home).exists()


async def test_a_home_that_cannot_be_written_is_said_once_and_the_lessons_go_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    (home.parent / "file").touch()
    monkeypatch.setenv("DL_TUTOR_HOME", str(home.parent / "file" / "home"))
    grader = QuickGrader()
    async with app(grader).run_test(size=LARGE, notifications=True) as pilot:
        await settle(pilot, shows(pilot, "Progress is not being saved"))
        await practise(pilot)
        await settle(pilot, shows(pilot, "cannot be written"))
        await pilot.press("f8")
        await settle(pilot, shows(pilot, "What is the slope"))
        await pilot.press("escape", "escape")
        await settle(pilot, shows(pilot, "A tiny course"))


# --- keys that are quicker than the screen --------------------------------------------------------


async def test_a_lesson_that_was_left_meanwhile_does_not_take_the_maps_place() -> None:
    one = app()
    async with one.run_test(size=LARGE) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        one.on_lesson_screen_finished(LessonScreen.Finished(one.session.course.lessons[0]))
        await settle(pilot)
        assert isinstance(one.screen, CourseMap)


async def test_there_is_one_palette_only() -> None:
    one = app()
    async with one.run_test(size=LARGE) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        await pilot.press("ctrl+p", "f1", "ctrl+p")
        await settle(pilot, shows(pilot, "Everywhere"))
        await pilot.press("escape", "escape")
        await settle(pilot, lambda: isinstance(one.screen, CourseMap))


async def test_a_screen_that_opens_while_the_app_closes_is_no_error() -> None:
    one = app()
    async with one.run_test(size=LARGE) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
    one._handle_exception(NoMatches("No nodes match '.part'"))
    assert one._exception is None
    try:
        raise ValueError("another")
    except ValueError as error:
        one._handle_exception(error)
    assert isinstance(one._exception, ValueError)
