"""An answer that a learner might hand in, with what is true of it: `answers/EXERCISE/{right,wrong}-NAME.py`.

The first lines say it:

    # wrong: exactly half of the bits are ones, so that they are not independent
    # says: independent|exactly half
    # part: bits

`says` is a regular expression; a verdict that names the actual mistake matches it, whatever the case of its letters.
Other parts of the exercise are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.records.verdict import PartVerdict

FOLDER = Path(__file__).with_name("answers")
HEADER = re.compile(r"# (right|wrong|says|part)(?:: (.*))?")


class HeaderError(Exception):
    """A file that does not say what it is; the message says where."""


@dataclass(frozen=True)
class Answer:
    """A file of learner's code, and what it is."""

    path: Path
    exercise: str
    part: str
    right: bool
    mistake: str
    """What is wrong with it; empty where it is right."""
    says: re.Pattern[str] | None
    source: str


def answers(folder: Path = FOLDER) -> Iterator[Answer]:
    """All answers, by exercise and name. Raises HeaderError."""
    for path in sorted(folder.glob("*/*.py")):
        yield _read(path)


def _read(path: Path) -> Answer:
    source = path.read_text(encoding="utf-8")
    head: dict[str, str] = {}
    for line in source.splitlines():
        found = HEADER.fullmatch(line)
        if found is None:
            break
        head[found[1]] = found[2] or ""
    right = "right" in head
    if right == ("wrong" in head) or "part" not in head or right == ("says" in head):
        raise HeaderError(
            f"{path}:1: the first lines are `# right`, or `# wrong: ...` and `# says: ...`, and `# part: ...`"
        )
    try:
        says = None if right else re.compile(head["says"], re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise HeaderError(f"{path}: `{head['says']}` is no regular expression: {error}") from None
    return Answer(path, path.parent.name, head["part"], right, head.get("wrong", ""), says, source)


def words(verdict: PartVerdict) -> str:
    """Everything that a verdict says of a part in sentences, without the labels of what was checked."""
    found = [verdict.message]
    for check in verdict.checks:
        if check.status != "passed":
            found += [check.message, *(one.message for one in check.diagnosis), check.hint or ""]
    return "\n".join(one for one in found if one)


def fate(answer: Answer, verdict: PartVerdict) -> str:
    """What an answer was told: that it passed; its mistake; what differs; or another mistake than its own.

    A verdict that names a mistake ("it looks like this") and not the answer's own has misled.
    """
    if verdict.status == "passed":
        return "passed"
    if answer.says is not None and answer.says.search(words(verdict)):
        return "named"
    first = next((check for check in verdict.checks if check.status != "passed"), None)
    said = [one.message for one in first.diagnosis if one.message != first.message] if first is not None else []
    return "misled" if any(said) else "described"
