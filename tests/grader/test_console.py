"""The learner's file as `__main__`, and lines in its names: what they print, change and break."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.console import Console
from grader.grading import Cancel, Cancelled, Grader

PROGRAM = """\
import torch
from tutor.live import log

x = torch.arange(3)


def half(n):
    return 1 / n


if __name__ == "__main__":
    for step in range(3):
        log({"loss": half(step + 1)}, step=step)
    print("as", __name__)
"""


class Heard(Console):
    """Keeps what it is told."""

    def __init__(self, grader: Grader, hidden: Path | None = None) -> None:
        self.text, self.events = "", list[dict[str, Any]]()
        super().__init__(grader, self._print, self.events.append, hidden=hidden)

    def _print(self, text: str, _: str) -> None:
        self.text += text

    def tried(self, line: str) -> str:
        """What a line prints, or what is said of it."""
        self.text = ""
        ran = self.ask(line, Cancel())
        return self.text if ran.status == "passed" else f"{ran.status}: {ran.message}"


@pytest.fixture
def console(grader: Grader) -> Iterator[Heard]:
    one = Heard(grader)
    yield one
    one.close()


def test_a_file_is_run_as_python_runs_it_and_lines_use_its_names(console: Heard, grader: Grader) -> None:
    ran = console.run(PROGRAM, Cancel())
    assert ran.status == "passed" and console.text == "as __main__\n"
    assert [event["values"] for event in console.events] == [[1.0], [0.5], [1 / 3]]
    assert console.tried("x") == "tensor([0, 1, 2])\n"
    assert console.tried("y = x + 1") == "" and console.tried("y.sum().item()") == "6\n"
    assert console.tried("for i in range(2): print(i)") == "0\n1\n"
    assert console.tried("half(0)") == "error: ZeroDivisionError: division by zero (line 8)"
    assert console.tried("1 +").startswith("error: SyntaxError")
    assert console.tried("'\\x1b[2J'") == "'\\x1b[2J'\n"
    assert grader.run("print(1)", name="beside.py").status == "passed"  # others run meanwhile
    assert console.tried("half(4)") == "0.25\n"


def test_what_goes_wrong_is_said_and_ends_nothing(console: Heard) -> None:
    ran = console.run("a = 2\n1 / 0\n", Cancel())
    assert (ran.status, ran.message, ran.line) == ("error", "ZeroDivisionError: division by zero (line 2)", 2)
    assert console.tried("a") == "2\n"  # as far as it came
    assert console.run("def f(:\n", Cancel()).line == 1
    assert console.tried("import os; os._exit(3)").startswith("crashed: Your code ended the Python process")
    assert not console.alive and "F6 runs your file again" in console.tried("a")
    assert console.run("a = 3\n", Cancel()).status == "passed" and console.tried("a") == "3\n"
    cancel = Cancel()
    threading.Timer(0.1, cancel.set).start()
    with pytest.raises(Cancelled):
        console.ask("while True: pass", cancel)
    assert not console.alive


def test_it_is_in_the_sandbox(console: Heard, tmp_path: Path) -> None:
    secret = tmp_path / "reference.py"
    secret.write_text("answer = 42\n")
    console.run(f"print(open({str(secret)!r}).read())", Cancel())
    assert "42" not in console.text or console.grader.host.level < 2
    assert console.tried("import socket; socket.create_connection(('127.0.0.1', 9))").startswith("error: ")
