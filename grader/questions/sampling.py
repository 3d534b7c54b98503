"""Draws a numeric question by running the lesson's `questions.py` in a plain Python process of its own.

A teacher's course is code too: it gets a process with limits and the sandbox's layers, and no torch to wait for. The
questions of one file and nonce are kept, so that a question that is shown and then judged is drawn once.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.sandbox.host import environment, homes
from grader.sandbox.readable import ROOT, readable
from grader.secret import drawn_from
from grader.spec.question import Question
from lessons.schema import Exercise, Part

CPU_SECONDS = 10
SECONDS = 20.0


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
    order |= {"seconds": CPU_SECONDS, "read": readable([], homes())}
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from grader.questions.process import main; main()"
    command = [sys.executable, "-I", "-S", "-c", start]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=environment(),
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise QuestionFault(f"{path}: {function} took longer than {SECONDS:g} s") from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise QuestionFault(f"{path}: {function} was stopped: it computed longer than {CPU_SECONDS} s")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise QuestionFault(f"{path}: {last[0] if last else 'no question came'}") from None
    if "fault" in answer:
        raise QuestionFault(answer["fault"])
    return Question(
        answer["values"],
        _decoded(answer["answer"]),
        answer["tolerance"],
        {_decoded(wrong): text for wrong, text in answer["slips"]},
    )


def _decoded(value: Any) -> Any:
    """Lists are tuples here: a question's answers are numbers, shapes and words."""
    if isinstance(value, list):
        return tuple(_decoded(item) for item in value)
    if isinstance(value, dict):
        return {key: _decoded(item) for key, item in value.items()}
    return value
