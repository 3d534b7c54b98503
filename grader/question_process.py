"""The plain Python process in which a lesson's `questions.py` runs: standard library and `grader.spec` only."""

from __future__ import annotations

import json
import random
import resource
import sys
import traceback
from typing import Any

from grader.spec import Question, stream

CPU_SECONDS = 10
MEMORY = 512 << 20


def main() -> None:
    """Reads the order from stdin, writes the question, or whose fault it is that there is none, to stdout."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    order = json.load(sys.stdin)
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        answer = _question(order)
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == order["path"]]
        line = frames[-1].lineno if frames else getattr(error, "lineno", None)
        where = f"{order['path']}:{line}" if line else order["path"]
        answer = {"fault": f"{where}: {type(error).__name__}: {error}"}
    json.dump(answer, out)


def _question(order: dict[str, Any]) -> dict[str, Any]:
    path = order["path"]
    names: dict[str, Any] = {"__name__": "questions", "__file__": path}
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), names)
    function = names.get(order["function"])
    if function is None:
        raise NameError(f"{order['function']} is not defined")
    question = function(random.Random(stream(order["nonce"], order["exercise"], order["part"])))
    if not isinstance(question, Question):
        raise TypeError(f"{order['function']} should return a Question, not a {type(question).__name__}")
    return {
        "values": question.values,
        "answer": question.answer,
        "tolerance": question.tolerance,
        "slips": [[wrong, text] for wrong, text in question.slips.items()],
    }
