"""A sound exercise, for tests that spoil it."""

from __future__ import annotations

from grader.grading import Grader
from grader.proof.claims import prove
from grader.records.unproved import Unproved
from lessons.schema import Exercise

SOUND = """
from grader.spec import alternative, case, cases, mistake

def f(x):
    return 2 * x

@cases
def vectors(rng):
    yield case(x=rng.normal(3), label="three numbers")

@alternative
def adds(x):
    return x + x

@mistake("squares", "Squares.", hint="What is the double of 3?")
def squares(x):
    return x * x

@mistake("halves", "Halves.", hint="Is the double smaller?")
def halves(x):
    return x / 2
"""


def unproved(grader: Grader, exercise: Exercise) -> list[Unproved]:
    return list(prove(exercise, grader, drawn=3))


def line_of(text: str, source: str = SOUND) -> int:
    return next(number for number, line in enumerate(source.splitlines(), 1) if text in line)
