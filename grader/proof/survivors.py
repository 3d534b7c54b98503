"""Which of an exercise's mutants pass: an answer that nobody thought of, and that the judging lets through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from grader.grading import Answer, Cancel, Grader
from grader.judge.mutants import Mutant, mutants
from grader.proof.claims import SEEDS, handed_in, with_lint_budgets
from lessons.schema import RUN_KINDS, Exercise, Part

MOST = 40
MOST_OF_EXPERIMENTS = 12
"""How many mutants a part has at most: an experiment trains."""


class Tried(NamedTuple):
    """A mutant that was judged."""

    part: str
    mutant: Mutant
    passed: bool
    fault: str = ""
    """Why it could not be judged: then nothing is known of it."""


def tried(exercise: Exercise, grader: Grader, cancel: Cancel | None = None) -> Iterator[Tried]:
    """Every mutant of an exercise, judged as a learner's answer is. Raises Cancelled, SandboxError."""
    if not exercise.reference.is_file():
        return
    source = exercise.reference.read_text(encoding="utf-8")
    for part in with_lint_budgets(exercise).parts:
        if part.kind in RUN_KINDS and part.entry:
            made = mutants(source, part.entry, most_of(part))
            graded = grader.grade_all(exercise, [_answer(source, part, one) for one in made], cancel=cancel)
            for one, said in zip(made, graded, strict=True):
                verdict = said.verdict.parts[0]
                fault = verdict.message if verdict.status == "grader_error" else ""
                yield Tried(part.id, one, verdict.status == "passed", fault)


def most_of(part: Part) -> int:
    """How many mutants a part has at most."""
    return MOST_OF_EXPERIMENTS if part.kind == "experiment" else MOST


def _answer(source: str, part: Part, mutant: Mutant) -> Answer:
    return Answer(source=handed_in(source, part, made=mutant.made), parts=(part,), seed=SEEDS[0], given={}, near=False)
