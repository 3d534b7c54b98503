"""What a user can get wrong is one sentence and an exit code, whichever command it happens in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from grader import cli as headless
from grader.command.exit import GRADER, STOPPED, USAGE, clearly
from grader.grading import Refused, SandboxError
from grader.questions.sampling import QuestionFault
from grader.sandbox.host import Host
from grader.submission import BadSubmission
from lessons.error import LessonError


class Own(Exception):
    """An exception of the caller's."""


UTF8 = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (BadSubmission("no such file"), USAGE, "no such file"),
        (LessonError(Path("a.yaml"), 1, 2, "a slip", "Mend it."), USAGE, "a.yaml:1:2: a slip. Mend it."),
        (Own("mine"), USAGE, "mine"),
        (UTF8, USAGE, "What was handed in is not UTF-8 text (invalid start byte); save it as UTF-8."),
        (FileNotFoundError(2, "No such file or directory", "x.py"), USAGE, "x.py: No such file or directory."),
        (OSError(28, "No space left"), USAGE, "The output cannot be written: No space left."),
        (SandboxError("it did not start"), GRADER, "it did not start"),
        (Refused("level 1 only"), GRADER, "level 1 only"),
        (QuestionFault("questions.py:3: no"), GRADER, "questions.py:3: no"),
        (KeyboardInterrupt(), STOPPED, "Stopped."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_one_sentence_and_one_code(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @clearly(Own)
    def command() -> None:
        raise error

    with pytest.raises(SystemExit) as ended:
        command()
    assert (ended.value.code, capsys.readouterr().err) == (code, f"{said}\n")


@pytest.mark.parametrize("error", [ValueError("a bug"), OSError(5, "of nothing"), click.UsageError("click's own")])
def test_what_is_nobodys_slip_goes_on(error: Exception) -> None:
    @clearly()
    def command() -> None:
        raise error

    with pytest.raises(type(error)):
        command()


def test_a_sandbox_that_cannot_start_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(self: Host) -> None:
        raise SandboxError("The grader's process did not start: no answer")

    monkeypatch.setattr(Host, "boot", broken)
    answer = tmp_path / "mixed-list.py"
    answer.write_text("def f():\n    pass\n")
    with pytest.raises(SystemExit) as ended:
        headless.main(["grade", str(answer), "--require", "landlock"], standalone_mode=False)
    assert ended.value.code == GRADER
    assert capsys.readouterr().err.splitlines()[-1] == "The grader's process did not start: no answer"


def test_a_reader_that_has_gone_is_no_error() -> None:
    code = (
        "import sys\nfrom grader.command.exit import clearly\n"
        "@clearly()\ndef command():\n    for _ in range(100_000): print('x' * 100)\n    sys.stdout.flush()\ncommand()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 0 and not re.search("Traceback|Broken", said)
