"""A made-up class: exercises of the course, and for each of them its solution and its recorded mistakes."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from grader.judge.reference import Reference, load, sample
from grader.questions.sheet import job_of
from grader.solution import solution
from lessons import edit
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
    right = solution(exercise).code
    made = (
        _wrong(source, right, part.entry or "", mark.function)
        for part in parts
        for mark in marks(ast.parse(source))
        if mark.kind == "mistake" and part.entry in functions and mark.part in (None, part.id)
    )
    wrong = tuple(filter(None, made))
    if functions and wrong:
        yield Task(exercise.id, functions, right, wrong)


def _wrong(source: str, right: str, entry: str, function: str) -> str:
    """The right file, and after it a mistake in the place of the entry. Nothing for a mistake that needs more of
    `reference.py` than its own functions: the entry itself, a constant."""
    body = ast.parse(source).body
    declared = next((one for one in map(edit.edit_of, body) if one and one.bound == function), None)
    if declared:
        made = edit.edited(source, entry, declared.of or entry, declared.replace)
        last = "" if made.answer == entry else f"\n\n{entry} = {made.answer}\n"
        return f"{right}\n\n{made.code}{last}"
    own = edit.reached(source, function)
    used = {node.id for one in own.values() for node in ast.walk(one) if isinstance(node, ast.Name)}
    there = _names(ast.parse(right).body)
    if entry in own or (used & _names(body)) - there - own.keys():
        return ""
    texts = [ast.unparse(_undecorated(node)) for name, node in own.items() if name not in there]
    return "\n\n\n".join([right.rstrip(), *texts, f"{entry} = {function}\n"])


def _names(body: list[ast.stmt]) -> set[str]:
    """What the top level of a file binds."""
    found = {one.name for one in body if isinstance(one, ast.FunctionDef | ast.ClassDef)}
    for one in body:
        if isinstance(one, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in one.names}
        elif isinstance(one, ast.Assign | ast.AnnAssign):
            found |= {
                node.id for node in ast.walk(one) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
    return found


def _undecorated(node: edit.Definition) -> edit.Definition:
    bare = copy.copy(node)
    bare.decorator_list = []
    return bare


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
