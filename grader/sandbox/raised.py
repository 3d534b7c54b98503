"""An exception of learner code as plain data."""

from __future__ import annotations

import traceback
from typing import Any

from grader.protocol.classes import name_of
from grader.sandbox.advice import advice
from grader.sandbox.signature import Called, misfit

MEMORY_MESSAGES = ("can't allocate memory", "alloc_cpu", "not enough memory", "Cannot allocate memory")


def describe(error: BaseException, name: str, called: Called | None = None) -> dict[str, Any]:
    """An exception as plain data: type, bases, message, the line of the played file, its trace, whether memory ran
    out, and what there is to say to it. called: what the played code was called with; where it does not take that, the
    line is its definition's. Nothing that the exception's own class can do breaks it."""
    kind = type(error)
    try:
        message = str(error)[:2000].partition("\n\nSet TORCH")[0]
    except BaseException:
        message = "(the exception's own text could not be made)"
    if isinstance(error, SyntaxError):
        message = str(error.msg)[:2000]
    try:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    except BaseException:
        frames = []
    line = frames[-1].lineno if frames else None
    if isinstance(error, SyntaxError) and error.filename == name:
        line = error.lineno
    found = misfit(name, called) if kind is TypeError and called is not None and not frames else None
    if found is not None:
        line = found.line
    out_of_memory = isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and any(text in message for text in MEMORY_MESSAGES)
    )
    return {
        "type": kind.__name__[:80],
        "bases": [name_of(base) for base in kind.__mro__[:20]],
        "message": message,
        "line": line if isinstance(line, int) else None,
        "trace": [f"line {frame.lineno}, in {frame.name}"[:200] for frame in frames[-10:]],
        "memory": out_of_memory,
        "advice": advice(error, message),
        "misfit": found.said if found is not None else "",
    }
