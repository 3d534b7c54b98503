"""Draws a numeric question by running the lesson's `questions.py` in a plain Python process of its own.

A teacher's course is code too: it gets a process with limits and the sandbox's layers, and no torch to wait for. The
questions of one file and nonce are kept, so that a question that is shown and then judged is drawn once.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import msgspec

from grader.records.printable import clean, cleaned, one_line
from grader.sandbox.host import environment, homes
from grader.sandbox.readable import readable
from grader.secret import drawn_from
from grader.spec.question import Question
from lessons import interpreter
from lessons.schema import Exercise, Part

CPU_SECONDS = 10
SECONDS = 20.0
MAX_ANSWER = 1 << 20
"""Bytes that its process may write, to its answer as to stderr."""
MAX_SAID = 1 << 16
"""Bytes of the end of stderr in which the last line is looked for."""


class Drawn(msgspec.Struct, forbid_unknown_fields=True):
    """What the process of a question answers: the question, or whose fault it is that there is none."""

    values: dict[str, Any] = {}
    answer: Any = None
    tolerance: float = 0.0
    slips: list[tuple[Any, str]] = []
    fault: str = ""


class QuestionFault(Exception):
    """The lesson's questions.py is at fault; the message names file and line."""


def function_of(part: Part) -> str:
    """The function of questions.py that draws a part's question."""
    return part.question or part.id.replace("-", "_")


def sample(exercise: Exercise, part: Part, nonce: int) -> Question:
    """The question of a part for a nonce. Raises QuestionFault."""
    path = exercise.folder.resolve() / "questions.py"  # the process that reads it is elsewhere
    function = function_of(part)
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise QuestionFault(f"{path}: {error.strerror}") from error
    return _sampled(path, function, exercise.id, part.id, drawn_from(nonce), changed)


@lru_cache(maxsize=256)
def _sampled(path: Path, function: str, exercise: str, part: str, nonce: int, changed: int) -> Question:
    order: dict[str, Any] = {
        "path": str(path),
        "function": function,
        "exercise": exercise,
        "part": part,
        "nonce": nonce,
    }
    order |= {"seconds": CPU_SECONDS, "bytes": MAX_ANSWER, "read": readable([], homes())}
    try:
        ended, answer, last = _asked(path, function, order)
    except OSError as error:
        raise QuestionFault(f"{path}: {function} could not be asked: {error.strerror or error}") from error
    if ended in (-signal.SIGXCPU, -signal.SIGKILL):
        raise QuestionFault(f"{path}: {function} was stopped: it computed longer than {CPU_SECONDS} s")
    try:
        drawn = msgspec.convert(json.loads(answer), Drawn)
        if drawn.fault:
            raise QuestionFault(one_line(drawn.fault))
        slips = {_decoded(wrong): clean(text) for wrong, text in drawn.slips}
        return Question(cleaned(drawn.values), _decoded(drawn.answer), drawn.tolerance, slips)
    except (ValueError, TypeError, RecursionError):  # its process is taken for hostile, and may have written itself
        raise QuestionFault(f"{path}: {last or 'no question came'}") from None


def _asked(path: Path, function: str, order: dict[str, Any]) -> tuple[int, bytes, str]:
    """How the process of a question ended, what it answered, and the last thing that it said on stderr.

    Both go to files, whose size the process itself has limited: it may neither fill our memory nor keep us waiting.
    """
    with _file() as ordered, _file() as out, _file() as errors:
        ordered.write(json.dumps(order).encode())
        ordered.seek(0)
        try:
            done = interpreter.run(
                interpreter.running("from grader.questions.process import main; main()", bare=True),
                env=environment(),
                stdin=ordered,
                stdout=out,
                stderr=errors,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise QuestionFault(f"{path}: {function} took longer than {SECONDS:g} s") from None
        out.seek(0)
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - MAX_SAID))
        said = errors.read(MAX_SAID).decode("utf-8", "replace").strip().splitlines()[-1:]
        return done.returncode, out.read(MAX_ANSWER), one_line(said[0]) if said else ""


def _file() -> IO[bytes]:
    """A file in memory, so that a full disk keeps nobody from a question; where there is none, one on disk."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("question"), "w+b")
    return tempfile.TemporaryFile()


def _decoded(value: Any) -> Any:
    """Lists are tuples here: a question's answers are numbers, shapes and words."""
    if isinstance(value, list):
        return tuple(_decoded(item) for item in value)
    if isinstance(value, dict):
        return {key: _decoded(item) for key, item in value.items()}
    return value
