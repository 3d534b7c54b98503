"""Grading as a command asks for it: exercises and paths in, verdicts and an exit code out.

`python -m grader` and `dl-tutor grade` are two thin callers of this module.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.grading import Grader
from grader.submission import BadSubmission, Submission, find, read_source
from grader.verdict import Verdict
from lessons.record import did_you_mean
from lessons.schema import Course, Exercise

PASSED, FAILED, USAGE, GRADER = 0, 1, 2, 3
"""Exit codes: nothing failed; something failed; bad usage or input; the grader could not judge."""


@dataclass(frozen=True)
class Order:
    """What a command line asks for."""

    targets: tuple[str, ...]
    file: str | None = None
    seed: int | None = None


def submissions(
    order: Order, course: Course, saved: Callable[[Exercise], Submission] | None = None
) -> list[Submission]:
    """What to grade. An existing path wins over an id; `saved` gives an exercise's file in the workspace.

    Raises BadSubmission.
    """
    if order.file is not None:
        if len(order.targets) != 1:
            raise BadSubmission("--file goes with exactly one exercise: grade EXERCISE --file FILE.")
        exercise, parts = exercise_of(order.targets[0], course)
        source = sys.stdin.read() if order.file == "-" else read_source(Path(order.file))
        return [Submission(exercise, source, None, {}, parts)]
    found: list[Submission] = []
    for target in order.targets:
        if Path(target).exists():
            here = find([Path(target)], course)
            if not here:
                raise BadSubmission(f"{target}: there is no file in it that is named after an exercise.")
            found += here
        elif saved is None:
            exercise_of(target, course)
            raise BadSubmission(f"{target}: say which file answers it: --file FILE (or - for standard input).")
        else:
            exercise, parts = exercise_of(target, course)
            found.append(replace(saved(exercise), parts=parts))
    return found


def exercise_of(target: str, course: Course) -> tuple[Exercise, tuple[str, ...] | None]:
    """EXERCISE or EXERCISE.PART. Raises BadSubmission with the nearest name."""
    name, _, part = target.partition(".")
    exercise = course.exercise(name)
    if exercise is None:
        known = [other.id for other in course.exercises]
        raise BadSubmission(f"{target}: there is no such file, folder or exercise. {did_you_mean(name, known)}")
    if part and exercise.part(part) is None:
        known = [other.id for other in exercise.parts]
        raise BadSubmission(f"{target}: {name} has no part {part!r}. {did_you_mean(part, known)}")
    return exercise, (part,) if part else None


def grade(
    handed: Sequence[Submission],
    grader: Grader,
    seed: int | None = None,
    on_verdict: Callable[[Submission, Verdict], None] | None = None,
) -> list[Verdict]:
    """The verdicts, one after the other."""
    verdicts = []
    for submission in handed:
        verdict = grader.grade(
            submission.exercise, submission.source, submission.answers, parts=submission.parts, seed=seed
        )
        verdicts.append(verdict)
        if on_verdict:
            on_verdict(submission, verdict)
    return verdicts


def exit_code(verdicts: Iterable[Verdict], *, strict: bool) -> tuple[int, str]:
    """The exit code, and what is said last: how much was skipped, if anything was."""
    statuses = [part.status for verdict in verdicts for part in verdict.parts]
    skipped = statuses.count("skipped")
    last = f"{skipped} skipped" if skipped else ""
    if "grader_error" in statuses:
        return GRADER, last
    if any(status not in ("passed", "skipped") for status in statuses) or (strict and skipped):
        return FAILED, last
    return PASSED, last
