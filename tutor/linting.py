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

from grader.grading import Grader
from grader.proof import fingerprint, prove
from lessons.lint import lint, lint_exercise, waivers
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
        waived = []
    else:
        course = load_course(path)
        exercises = course.exercises
        problems = lint(course, render=_render)
        waived = [{"where": one.where, "rule": one.rule, "reason": one.reason} for one in waivers(course)]
    known = {} if everything else _known()
    proofs, kept = _prove(exercises, known, say)
    with contextlib.suppress(OSError):
        _keep({**known, **proofs})
    for exercise in exercises:
        problems += [
            Problem(exercise.folder / "reference.py", line, 1, rule, message)
            for rule, line, message in proofs[_key(exercise)]
        ]
    return {
        "exercises": len(exercises),
        "proved": len(exercises) - kept,
        "kept": kept,
        "waivers": waived,
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
    count = len(report["problems"])
    yield (
        f"{report['exercises']} exercises, {report['proved']} proved now, {report['kept']} unchanged since; "
        f"{count} problem{'' if count == 1 else 's'}, {len(report['waivers'])} waived"
    )


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
            if key in known and not known[key]:
                proofs[key], kept = [], kept + 1
                continue
            say(f"proving {exercise.id}")
            proofs[key] = [(one.rule, one.line, one.message) for one in prove(exercise, grader)]
    return proofs, kept


def _known() -> Proofs:
    try:
        loaded = json.loads(locations.proofs_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _keep(proofs: Proofs) -> None:
    path = locations.proofs_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(proofs, file)
    os.replace(name, path)
