"""How far something is, on stderr: a bar in a terminal, lines elsewhere."""

from __future__ import annotations

import io
import time
from contextlib import redirect_stderr

import pytest

from grader.command.progress_bar import ProgressBar, StandInProgress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


def test_a_terminal_gets_a_bar() -> None:
    with redirect_stderr(Terminal()) as terminal, ProgressBar("garments") as told:
        told(1, 4)
        assert " 25%" in terminal.getvalue()
        told(4, 4)
    assert "100%" in terminal.getvalue().split(" 25%")[1]
    assert terminal.getvalue().removesuffix("\x1b[?25h").endswith("\n")


def test_without_one_a_line_comes_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with ProgressBar("garments") as told:
        for second in range(1, 21):
            now[0] = 100.0 + second
            told(second, 20)
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "garments: 25 %, about 15 s left",
        "garments: 50 %, about 10 s left",
        "garments: 75 %, about 5 s left",
    ]
    assert said.out == ""


def test_a_dumb_terminal_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with redirect_stderr(Terminal()) as terminal, ProgressBar("garments") as told:
        told(1, 4)
    assert terminal.getvalue() == ""


def test_the_line_of_a_bar_is_left_when_the_making_is_over() -> None:
    making = StandInProgress()
    with redirect_stderr(Terminal()) as terminal:
        assert making.hear({"type": "making", "name": "garments", "done": 0, "total": None, "left": None})
        assert terminal.getvalue() == ""
        making({"type": "making", "name": "garments", "done": 3, "total": 4, "left": 1.0})
        assert "garments" in terminal.getvalue() and " 75%" in terminal.getvalue()
        assert making.hear({"type": "made"}) and "\n" in terminal.getvalue().split(" 75%")[-1]
    assert not making.hear({"type": "progress", "done": 1, "total": 2, "left": None})
