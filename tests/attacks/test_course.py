"""Answers that were written to pass an exercise of the course without what it asks for. Each is of the kind of one that
did pass; what it is judged by has changed since, and these hold it there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.grading import Grader
from lessons.loading.loader import load_course
from tests.attacks import header

FOLDER = Path(__file__).parent / "course"
OURS = ("NameError", "SyntaxError", "IndentationError")
"""What would only show that the answer itself is broken."""


@dataclass(frozen=True)
class Cheat:
    """A file of the folder: what it tries, on which part of which exercise, and in which statuses it may end."""

    name: str
    tries: str
    exercise: str
    part: str
    ends: frozenset[str]
    slow: bool
    source: str


def cheats() -> list[Cheat]:
    """The folder, by name. Raises ValueError for a file without its header."""
    return [_cheat(path) for path in sorted(FOLDER.glob("*.py"))]


def _cheat(path: Path) -> Cheat:
    form = 'a cheat begins with """Tries to ...""", `# exercise: ID.PART` and `# ends: STATUS...`'
    found = header.read(path, form, exercise=r"[\w-]+\.[\w-]+")
    exercise, part = found.named["exercise"].split(".")
    return Cheat(path.stem, found.tries, exercise, part, found.ends, found.slow, found.source)


ALL = cheats()
COURSE = load_course(Path(__file__).parents[2] / "lessons" / "units")


@pytest.mark.parametrize(
    "cheat", [pytest.param(one, id=one.name, marks=[pytest.mark.slow] if one.slow else []) for one in ALL]
)
def test_a_cheat_does_not_pass(grader: Grader, cheat: Cheat) -> None:
    exercise = COURSE.exercise(cheat.exercise)
    assert exercise is not None
    verdict = grader.grade(exercise, cheat.source, parts=[cheat.part]).parts[0]
    assert verdict.status in cheat.ends, verdict
    assert verdict.score < verdict.max or not verdict.max
    said = " ".join([verdict.message, *(check.message for check in verdict.checks)])
    assert not any(error in said for error in OURS), said


def test_each_says_what_it_tries() -> None:
    assert len({cheat.tries for cheat in ALL}) == len(ALL)
