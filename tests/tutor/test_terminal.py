"""The real thing: the command in a real terminal, the real course, the real grader."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tutor.terminal import Terminal

HEAVY = {"torch", "numpy", "torchvision", "datasets", "sklearn", "matplotlib"}
RIGHT = """\
import torch


def describe_conversion(items):
    try:
        return True, torch.tensor(items).dtype
    except Exception:
        return False, None
"""
RUNNER = """
import json, sys
from pathlib import Path
from tutor.cli import main
try:
    main()
finally:
    Path(sys.argv[0]).write_text(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture
def environment(home: Path, tmp_path: Path) -> dict[str, str]:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\necho '# by my editor' >> \"$1\"\n")
    editor.chmod(0o755)
    return {
        **os.environ,
        "DL_TUTOR_HOME": str(home),
        "TERM": "xterm-256color",
        "EDITOR": str(editor),
        "TEXTUAL_ANIMATIONS": "none",
    }


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Terminal]:
    one = Terminal([sys.executable, "-c", "from tutor.cli import main; main()"], environment)
    yield one
    one.close()


def work(home: Path) -> Path:
    return home / "workspace" / "tensors" / "creating-tensors" / "mixed-list.py"


def to_the_exercise(terminal: Terminal) -> None:
    terminal.wait("Welcome to Deep learning")
    to_the_exercise_again(terminal)


def to_the_exercise_again(terminal: Terminal) -> None:
    """From the map, with the tour skipped or long ago."""
    if "Welcome to Deep learning" in terminal.text:
        terminal.press("escape")
    terminal.wait("Creating tensors", "A mixed list")
    terminal.press("down", "enter")
    terminal.wait("describe_conversion", "Try and report")


@pytest.mark.slow
def test_from_the_map_to_a_pass(terminal: Terminal, home: Path) -> None:
    terminal.wait("Welcome to Deep learning")
    terminal.press("escape")
    terminal.wait("Next: Creating tensors")
    terminal.press("enter")
    terminal.wait("A block of numbers", "card 1 of")
    terminal.press("n")
    terminal.wait("From a list")
    terminal.press("r")
    terminal.wait("torch.int64", "Done in")
    terminal.press("escape")
    to_the_exercise_again(terminal)
    terminal.press("f5")
    terminal.wait("Error: 0 of 3 points", "NotImplementedError")
    work(home).write_text(RIGHT)  # in another editor
    terminal.wait("Passed: 3 of 3 points")
    terminal.press("ctrl+q")
    assert terminal.ended() == 0
    with sqlite3.connect(home / "progress.sqlite") as database:
        events = [json.loads(row[0]) for row in database.execute("select event from entry order by number")]
    database.close()
    attempts = [(one["part"], one["status"]) for one in events if one["event"] == "attempt"]
    assert attempts == [("convert", "error"), ("convert", "passed")]
    assert {one["event"] for one in events} >= {"opened", "demo", "question", "attempt"}


@pytest.mark.slow
def test_ones_own_editor_gets_the_terminal(terminal: Terminal, home: Path) -> None:
    to_the_exercise(terminal)
    terminal.press("f4")
    terminal.wait("Error: 0 of 3 points")  # its save is judged
    assert work(home).read_text().endswith("# by my editor\n")
    terminal.press("f2", "f2", "f2")
    terminal.wait("# by my editor")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("import os\nos._exit(0)\n", "Crashed"),
        ("while True:\n    pass\n", "Out of time"),
        ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n", "points"),
    ],
    ids=["exit", "loop", "killer"],
)
def test_what_breaks_is_a_line_and_the_app_goes_on(terminal: Terminal, home: Path, body: str, says: str) -> None:
    to_the_exercise(terminal)
    work(home).write_text(body)
    terminal.wait(says, "0 of 3", seconds=90)
    work(home).write_text(RIGHT)
    terminal.wait("Passed: 3 of 3 points", seconds=90)


@pytest.mark.slow
def test_a_kill_loses_nothing_that_was_shown_as_saved(terminal: Terminal, home: Path) -> None:
    to_the_exercise(terminal)
    terminal.press("f2", *"# mine ")
    while "not saved yet" in terminal.text:
        terminal.read(0.2)
    terminal.read(1)
    terminal.kill()
    assert work(home).read_text().startswith("# mine ")


@pytest.mark.slow
def test_the_open_app_has_loaded_nothing_heavy(environment: dict[str, str], tmp_path: Path) -> None:
    modules = tmp_path / "modules.json"
    terminal = Terminal([sys.executable, "-c", f"import sys; sys.argv = [{str(modules)!r}]\n{RUNNER}"], environment)
    try:
        to_the_exercise(terminal)
        terminal.press("f5")
        terminal.wait("Error: 0 of 3 points")
        terminal.press("f8")
        terminal.wait("Why does a list")
        terminal.press("ctrl+q")
        terminal.ended()
    finally:
        terminal.close()
    loaded = set(json.loads(modules.read_text()))
    assert "textual.app" in loaded and "tutor.screens.practice" in loaded
    assert not loaded & HEAVY


@pytest.mark.slow
@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "vt100"}, {"LC_ALL": "C"}], ids=str)
def test_it_starts_on_poor_terminals(environment: dict[str, str], variable: dict[str, str]) -> None:
    terminal = Terminal([sys.executable, "-c", "from tutor.cli import main; main()"], {**environment, **variable})
    try:
        to_the_exercise(terminal)
        terminal.press("ctrl+q")
        assert terminal.ended() == 0
    finally:
        terminal.close()
