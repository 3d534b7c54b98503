"""What a step yielded, as the trusted side holds it: a value, or the exception that was raised."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from grader.records.printable import clean

MISSING = "Missing"
"""The class that is told where the file has no such name: `grader.sandbox.player.Missing`."""


SPEAKING = frozenset({"ZeroDivisionError", "OverflowError", "RecursionError", "NotImplementedError", "StopIteration"})
"""Classes of exceptions that say what happened, whatever their text."""


@dataclass(frozen=True)
class Raised:
    """An exception of the played code, as told by its process: to be shown, never to be trusted."""

    type: str
    """As the class calls itself: for people."""
    bases: tuple[str, ...] = ()
    """The class and its bases, by where they are found: see `grader.protocol.classes.name_of`."""
    message: str = ""
    line: int | None = None
    trace: tuple[str, ...] = ()
    memory: bool = False
    misfit: str = ""
    """What the definition in that line takes, where it does not take what it was called with."""

    @property
    def sentence(self) -> str:
        """`ValueError: ...` with its place."""
        if self.type == "return":
            return f"Your result could not be sent: {self.message}"
        if self.type == MISSING:
            return self.message
        text = f"{self.type}: {self.message}" if self.message else self.type
        return text

    @property
    def where(self) -> str | None:
        return f"line {self.line}" if self.line is not None else None

    def same(self, other: Raised) -> bool:
        """Whether it is the same class of exception, and one that begins with the same words: a class is raised for
        much, and only some say by themselves what happened."""
        return self.type == other.type and (self.type in SPEAKING or _begins(self) == _begins(other))


@dataclass(frozen=True)
class Outcome:
    """A value with what was observed beside it, or an exception."""

    value: Any = None
    seen: dict[str, Any] = field(default_factory=dict)
    raised: Raised | None = None
    seconds: float = field(default=0.0, compare=False)
    """How long the step took, as the trusted side saw it."""


def parse_raised(data: Any) -> Raised:
    """An exception's description from plain data of any shape."""
    if not isinstance(data, dict):
        return Raised("Exception")
    line, bases, trace = data.get("line"), data.get("bases"), data.get("trace")
    return Raised(
        _text(data.get("type"), 80) or "Exception",
        tuple(_text(base, 200) for base in bases[:20]) if isinstance(bases, list) else (),
        _text(data.get("message"), 2000),
        line if type(line) is int and 0 < line < 1_000_000 else None,
        tuple(_text(entry, 200) for entry in trace[:20]) if isinstance(trace, list) else (),
        data.get("memory") is True,
        _text(data.get("misfit"), 200),
    )


def answers(data: Any, number: int) -> bool:
    """Whether plain data of any shape is the answer to the question of this number."""
    return isinstance(data, dict) and type(data.get("number")) is int and data["number"] == number


def parse(data: Any) -> Outcome:
    """An outcome from plain data of any shape. Raises ValueError for what is none."""
    if not isinstance(data, dict):
        raise ValueError("not an outcome")
    if "raised" in data:
        return Outcome(raised=parse_raised(data["raised"]))
    seen = data.get("seen")
    if "value" not in data or not isinstance(seen, dict):
        raise ValueError("not an outcome")
    if not all(type(name) is str and _observed(said) for name, said in seen.items()):
        raise ValueError("an observation is a truth value, a whole number, a text, or a list of them")
    return Outcome(data["value"], seen)


def _observed(said: Any, depth: int = 0) -> bool:
    """Whether this is what an observation can be: tensors and the like have operators that do not give a bool."""
    if type(said) is list:
        return depth < 4 and all(_observed(item, depth + 1) for item in said)
    return said is None or type(said) in (bool, int, str)


def _begins(raised: Raised) -> list[str]:
    """The first words of a message: sizes, dtypes and names come later."""
    return re.findall(r"[a-z]+", raised.message.lower())[:5]


def _text(value: Any, size: int) -> str:
    return clean(value)[:size] if isinstance(value, str) else ""
