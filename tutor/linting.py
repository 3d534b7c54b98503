"""The whole linter: what can be read off a course's files, and what takes judging. For `dl-tutor lint`.

Proofs are kept by a fingerprint of exercise, grader and versions; `everything` proves again.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from grader.grading import Grader
from grader.proof import fingerprint, prove
from lessons.lint import PROVED, lint, lint_exercise, waived, waivers, without_waived
from lessons.loader import load_course, load_exercise
from lessons.problem import Problem
from lessons.schema import Exercise
from tutor import locations, mathtext


def examine(path: Path | None, *, everything: bool, say: Callable[[str], None]) -> dict[str, Any]:
    """Lints the course at `path` (default: the one that is open) or the exercise whose folder it is.

    Gives {"exercises", "proved", "kept", "waivers", "problems"}. Raises LessonError.
    """
    if path is not None and (path / "exercise.yaml").is_file():
        exercises = [load_exercise(path)]
        problems = lint_exercise(exercises[0], render=_render)
        passed_over = waived(exercises[0])
    else:
        course = load_course(path)
        exercises = course.exercises
        problems = lint(course, render=_render)
        passed_over = waivers(course)
    known = {} if everything else _known()
    proofs, kept = _prove(exercises, known, say)
    with contextlib.suppress(OSError):
        _keep({**known, **proofs})
    for exercise in exercises:
        problems += _unwaived(exercise, proofs[_key(exercise)])
    return {
        "exercises": len(exercises),
        "proved": len(exercises) - kept,
        "kept": kept,
        "waivers": [{"where": one.where, "rule": one.rule, "reason": one.reason} for one in passed_over],
        "problems": [
            {"path": str(p.path), "line": p.line, "column": p.column, "rule": p.rule, "message": p.message}
            for p in sorted(problems)
        ],
    }


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report in plain lines."""
    for p in report["problems"]:
        yield f"{p['path']}:{p['line']}:{p['column']}: {p['message']} [{p['rule']}]"
    for one in report["waivers"]:
        yield f"waived: {one['where']}: {one['rule']}: {one['reason']}"
    yield (
        f"{_count(report['exercises'], 'exercise')}, {report['proved']} proved now, {report['kept']} unchanged since; "
        f"{_count(len(report['problems']), 'problem')}, {len(report['waivers'])} waived"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _render(formula: str) -> str:
    return mathtext.render(formula, display=True)


def _key(exercise: Exercise) -> str:
    names = ("dl-tutor", "torch", "numpy")
    return fingerprint(exercise, {name: metadata.version(name) for name in names})


Proofs = dict[str, list[tuple[str, int, str]]]


def _prove(exercises: list[Exercise], known: Proofs, say: Callable[[str], None]) -> tuple[Proofs, int]:
    proofs: Proofs = {}
    kept = 0
    with Grader() as grader:
        for exercise in exercises:
            key = _key(exercise)
            if key in known and all(rule in exercise.waive for rule, _, _ in known[key]):
                proofs[key], kept = known[key], kept + 1
                continue
            say(f"proving {exercise.id}")
            proofs[key] = [(one.rule, one.line, one.message) for one in prove(exercise, grader)]
    return proofs, kept


def _unwaived(exercise: Exercise, found: list[tuple[str, int, str]]) -> list[Problem]:
    """What the judging has found and nobody has waived, at its place."""
    path = exercise.folder / "reference.py"
    problems = [Problem(path, line, 1, rule, message) for rule, line, message in found]
    return [
        p for p in without_waived(exercise, problems, PROVED) if p.rule in PROVED or "nothing to waive" in p.message
    ]


def _known() -> Proofs:
    try:
        return msgspec.json.decode(locations.proofs_file().read_bytes(), type=Proofs)
    except (OSError, msgspec.DecodeError):
        return {}


def _keep(proofs: Proofs) -> None:
    path = locations.proofs_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(proofs, file)
    os.replace(name, path)
