"""The plain Python process in which a lesson's `questions.py` runs: standard library and `grader.spec` only."""

from __future__ import annotations

import json
import random
import resource
import sys
import traceback
from pathlib import Path
from typing import Any

from grader.sandbox import landlock, limits, seccomp
from grader.spec.question import Question
from grader.spec.rng import stream

MEMORY = 512 << 20


def main() -> None:
    """Reads the order from stdin, writes the question, or whose fault it is that there is none, to stdout."""
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (order["bytes"], order["bytes"]))
    out, sys.stdout = sys.stdout, sys.stderr
    confine([*order["read"], str(Path(order["path"]).parent)])
    try:
        answer = json.dumps(_question(order))
    except Fault as fault:
        answer = json.dumps({"fault": f"{order['path']}:{fault.line}: {fault}"})
    except BaseException as error:  # sys.exit in a lesson is a fault like any other
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == order["path"]]
        line = frames[-1].lineno if frames else getattr(error, "lineno", None)
        where = f"{order['path']}:{line}" if line else order["path"]
        answer = json.dumps({"fault": f"{where}: {type(error).__name__}: {error}"})
    out.write(answer)


def confine(read: list[str]) -> None:
    """Puts on the layers that this machine has: a teacher's course is code too. It may write nowhere.

    Raises OSError where a layer that is there cannot be put on.
    """
    if sys.platform != "linux":
        return
    limits.drop_capabilities()
    limits.no_new_privs()
    try:
        abi = landlock.kernel_abi()
    except OSError:
        abi = 0
    if abi:
        landlock.restrict(abi, read, [])
    if not seccomp.lacking():
        seccomp.install()


class Fault(Exception):
    """What a question is, and should not be; `line` says where in questions.py."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def _question(order: dict[str, Any]) -> dict[str, Any]:
    path = order["path"]
    names: dict[str, Any] = {"__name__": "questions", "__file__": path}
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), names)
    function = names.get(order["function"])
    if function is None:
        raise Fault(1, f"there is no function {order['function']}(rng) for the part {order['part']}")
    code = getattr(function, "__code__", None)
    line = code.co_firstlineno if code else 1
    question = function(random.Random(stream(order["nonce"], order["exercise"], order["part"])))
    if not isinstance(question, Question):
        raise Fault(line, f"{order['function']} should return a Question and returned {type(question).__name__}")
    answer = {
        "values": question.values,
        "answer": question.answer,
        "tolerance": question.tolerance,
        "slips": [[wrong, text] for wrong, text in question.slips.items()],
    }
    try:
        json.dumps(answer)
    except (TypeError, ValueError) as error:
        raise Fault(line, f"{order['function']} returns what no question holds: {error}") from None
    return answer
