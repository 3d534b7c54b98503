"""A number and its noun."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.report.counted import counted, out_of

ROOT = Path(__file__).parents[3]
UNITS = (
    *("point", "card", "exercise", "lesson", "part", "check", "concept", "attempt", "hint", "event", "file", "launch"),
    *("minute", "day", "line", "place", "term", "time", "unit", "learner", "program", "panel"),
)
FIXED = re.compile(r"\{(?:LAST|FIRM|SETTLING|days|round\()|else|points to|times as")
"""What is never one."""


@pytest.mark.parametrize(("count", "said"), [(0, "0 points"), (1, "1 point"), (1.0, "1 point"), (2.5, "2.5 points")])
def test_one_is_in_the_singular(count: float, said: str) -> None:
    assert counted(count, "point") == said


def test_other_plurals() -> None:
    assert counted(1, "exercise is", "exercises are") == "1 exercise is"
    assert counted(3, "exercise is", "exercises are") == "3 exercises are"


def test_out_of() -> None:
    assert [out_of(*each, "point") for each in ((0, 1), (1, 1), (1, 2))] == [
        "0 of 1 point",
        "1 of 1 point",
        "1 of 2 points",
    ]


@pytest.mark.parametrize("room", ["tutor", "grader/command", "grader/report"])
def test_no_text_has_its_plural_fixed(room: str) -> None:
    """A plural that follows a number in an f-string would be said of one, too."""
    plural = re.compile(r"\}(?: more)? (?:" + "|".join(f"{one}(?:e?s)" for one in UNITS) + r")\b")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if plural.search(line) and not FIXED.search(line)
    ]
    assert found == []
