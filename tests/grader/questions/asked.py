"""Questions with numbers, and how an answer to one is judged."""

from __future__ import annotations

from typing import Any

from grader.questions import answers
from grader.records.given import Given
from grader.records.verdict import PartVerdict
from lessons.schema import Exercise

NUMERIC = "\n  - {id: asked, kind: numeric, covers: [E1.1.1], points: 5, text: 'What is {n} and {n}? {other}'}\n"
QUESTIONS = """
from grader.spec import Question

def asked(rng):
    n = rng.randrange(10, 1000)
    return Question(values={{"n": n}}, answer={answer}, tolerance={tolerance}, slips={slips})
"""


def questions(answer: str, tolerance: float = 0.0, slips: str = "{}") -> str:
    return QUESTIONS.format(answer=answer, tolerance=tolerance, slips=slips)


def judge(exercise: Exercise, value: Any, nonce: int | None = 7) -> PartVerdict:
    return answers.judge(exercise, exercise.parts[0], Given(value, nonce))
