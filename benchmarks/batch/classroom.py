"""A made-up class: exercises of the course, and for each of them its reference and its recorded mistakes."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from grader.judge.reference import Reference, load, sample
from grader.proof.claims import handed_in
from grader.questions.sheet import job_of
from lessons.lint.rules.code import marks
from lessons.schema import RUN_KINDS, Course, Exercise, Part

SEED = 5_000_000_000
RIGHT = 0.5
"""The share of right answers."""
SMALL, MOST = ("code", "module"), 2.0
"""Kinds of parts, and seconds of their budgets."""
PLAIN = (torch.Tensor, int, float, str, bool)


Cases = tuple[tuple[tuple[Any, ...], dict[str, Any], Any], ...]
"""Arguments, and what the reference gives for them."""


@dataclass(frozen=True)
class Task:
    """An exercise. functions: those that learners are to write, with their cases. right, wrong: files to hand in."""

    exercise: str
    functions: dict[str, Cases]
    right: str
    wrong: tuple[str, ...]


def tasks(course: Course, count: int) -> list[Task]:
    """The first small exercises of a course with a function whose cases are calls with plain arguments: none trains."""
    found: list[Task] = []
    for exercise in course.exercises:
        parts = [part for part in exercise.parts if part.kind in RUN_KINDS]
        if len(found) < count and parts and all(part.kind in SMALL and part.budget.seconds <= MOST for part in parts):
            found += _task(exercise, parts)
    return found


def _task(exercise: Exercise, parts: list[Part]) -> Iterator[Task]:
    reference = load(job_of(exercise, []))
    found = {part.entry or "": _cases(reference, exercise, part) for part in parts if part.kind == "code"}
    functions = {entry: cases for entry, cases in found.items() if cases}
    source = exercise.reference.read_text(encoding="utf-8")
    wrong = [
        handed_in(source, part, mark.function)
        for part in parts
        for mark in marks(ast.parse(source))
        if mark.kind == "mistake" and part.entry in functions and mark.part in (None, part.id)
    ]
    if functions and wrong:
        yield Task(exercise.id, functions, source, tuple(wrong))


def _cases(reference: Reference, exercise: Exercise, part: Part) -> Cases:
    """The cases of a part; none where one is more than a call whose result is a tensor."""
    steps = [case.steps for case in sample(reference, part.id, exercise.id, SEED)]
    if not all(len(some) == 1 and some[0].op == "call" and some[0].compare and not some[0].raises for some in steps):
        return ()
    calls = [(tuple(step.args), dict(step.kwargs)) for some in steps for step in some]
    if not all(isinstance(value, PLAIN) for args, kwargs in calls for value in (*args, *kwargs.values())):
        return ()
    entry = reference.namespace[part.entry or ""]
    cases = tuple((args, kwargs, entry(*args, **kwargs)) for args, kwargs in calls)
    return cases if all(isinstance(expected, torch.Tensor) for _, _, expected in cases) else ()


def answers(some: list[Task], learners: int) -> list[dict[str, str]]:
    """What each learner hands in: exercise -> text."""
    draw = random.Random(SEED)
    return [
        {one.exercise: one.right if draw.random() < RIGHT else draw.choice(one.wrong) for one in some}
        for _ in range(learners)
    ]


def write(folder: Path, handed: list[dict[str, str]]) -> None:
    """A folder for each learner, a file for each answer."""
    for number, texts in enumerate(handed):
        own = folder / f"learner-{number:05}"
        own.mkdir(parents=True)
        for exercise, text in texts.items():
            (own / f"{exercise}.py").write_text(text, encoding="utf-8")
