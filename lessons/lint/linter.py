"""The linter's static half: what can be proved of a course without running any of it.

It takes a course that `lessons.loading.loader` has loaded, opens every file of it, and says everything at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path

from lessons.error import LessonError
from lessons.lint.rules import code, coverage, demos, edits, glossary, hints, leak, order, parts, prose, stated, todo
from lessons.lint.rules.problem import PROVED, RULES, Problem
from lessons.lint.waiver import Waiver, unknown, waived, waiver_of, waivers, without_waived
from lessons.loading.source import read
from lessons.schema import Course, Exercise

__all__ = [
    "PROVED",
    "RULES",
    "Problem",
    "Waiver",
    "lint",
    "lint_exercise",
    "waived",
    "waiver_of",
    "waivers",
    "without_waived",
]

Render = Callable[[str], str]

DEEPEST = 20
OF_COURSES = frozenset({"coverage", "numbers", "needs", "concepts", "glossary"})
"""Rules that look at an exercise from its course, so that the exercise alone says nothing about them."""


def lint(course: Course, *, render: Render | None = None, names: Collection[str] | None = None) -> list[Problem]:
    """All problems of a course, by place. Raises LessonError for a folder that is deeper than any of a course.

    render: shows a formula, and raises where it cannot.
    names: the names of findings, failures and statuses that a hint's `when` may have in any exercise.
    """
    _shallow(course.path)
    found = [
        *coverage.coverage(course),
        *coverage.numbers(course),
        *order.needs(course),
        *order.concepts(course),
        *glossary.glossary(course),
        *demos.demos(course),
        *code.packages(course),
        *prose.cards(course),
        *prose.screen(course),
        *prose.lesson_text(course, render),
        *prose.glossary_text(course, render),
        *(one for lesson in course.lessons for one in leak.demos(lesson)),
        *todo.unfinished(course.path),
    ]
    for exercise in course.exercises:
        own = [p for p in found if p.path.parent == exercise.folder]
        found = [p for p in found if p.path.parent != exercise.folder]
        found += without_waived(exercise, own + _of_exercise(exercise, render, names), RULES)
    return sorted(found)


def lint_exercise(
    exercise: Exercise, *, render: Render | None = None, names: Collection[str] | None = None
) -> list[Problem]:
    """The problems of an exercise by itself, without what takes a course to see. Raises LessonError as `lint` does."""
    _shallow(exercise.folder)
    found = [*todo.unfinished(exercise.folder), *_of_exercise(exercise, render, names)]
    return sorted(without_waived(exercise, found, RULES.keys() - OF_COURSES))


def _shallow(folder: Path) -> None:
    """The rules go through folders as deep as they are; Python itself goes no deeper than a thousand."""
    waiting = [(folder, 0)]
    while waiting:
        path, depth = waiting.pop()
        if depth > DEEPEST:
            raise LessonError(path, 1, 1, f"more than {DEEPEST} folders deep", "No folder of a course is.")
        with os.scandir(path) as entries:
            waiting += [(Path(one.path), depth + 1) for one in entries if one.is_dir(follow_symlinks=False)]


def _of_exercise(exercise: Exercise, render: Render | None, names: Collection[str] | None) -> list[Problem]:
    source = read(exercise.folder / "exercise.yaml")
    return [
        *parts.fields(exercise, source),
        *parts.hints(exercise, source),
        *parts.options(exercise, source),
        *parts.prompt(exercise),
        *hints.when(exercise, source, names),
        *code.starter(exercise),
        *code.reference(exercise),
        *stated.stated(exercise),
        *edits.edits(exercise),
        *code.questions(exercise),
        *code.imports(exercise),
        *leak.public_files(exercise),
        *leak.hints(exercise, source),
        *prose.exercise_text(exercise, source, render),
        *unknown(exercise),
    ]
