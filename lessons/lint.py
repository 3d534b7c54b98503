"""The linter's static half: what can be proved of a course without running any of it.

It takes a course that `lessons.loader` has loaded, opens every file of it, and says everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec

from lessons.problem import PROVED, RULES, Problem, problem
from lessons.record import did_you_mean
from lessons.rules import code, coverage, order, parts, prose
from lessons.schema import Course, Exercise
from lessons.source import read

__all__ = ["PROVED", "RULES", "Problem", "Waiver", "lint", "lint_exercise", "waived", "waivers", "without_waived"]


OF_COURSES = frozenset({"coverage", "numbers", "needs", "concepts"})
"""Rules that look at an exercise from its course, so that the exercise alone says nothing about them."""


class Waiver(msgspec.Struct, frozen=True):
    """A rule that an exercise does not keep, or an identifier that nobody covers - and the reason."""

    where: str
    rule: str
    reason: str


def lint(course: Course, *, render: Callable[[str], str] | None = None) -> list[Problem]:
    """All problems of a course, by place. `render` shows a formula and raises where it cannot."""
    found = [
        *coverage.coverage(course),
        *coverage.numbers(course),
        *order.needs(course),
        *order.concepts(course),
        *code.demos(course),
        *code.packages(course),
        *prose.cards(course),
        *prose.lesson_text(course, render),
    ]
    for exercise in course.exercises:
        own = [p for p in found if p.path.parent == exercise.folder]
        found = [p for p in found if p.path.parent != exercise.folder]
        found += without_waived(exercise, own + _of_exercise(exercise, render), RULES)
    return sorted(found)


def lint_exercise(exercise: Exercise, *, render: Callable[[str], str] | None = None) -> list[Problem]:
    """The problems of an exercise by itself, without what takes a course to see."""
    return sorted(without_waived(exercise, _of_exercise(exercise, render), RULES.keys() - OF_COURSES))


def waivers(course: Course) -> list[Waiver]:
    """Everything that is waived in a course: to be counted and printed."""
    return [
        *(one for exercise in course.exercises for one in waived(exercise)),
        *(Waiver(id, "coverage", c.waived) for id, c in course.coverage.items() if c.waived is not None),
    ]


def waived(exercise: Exercise) -> list[Waiver]:
    """What is waived in an exercise."""
    return [Waiver(exercise.id, rule, reason) for rule, reason in exercise.waive.items()]


def _of_exercise(exercise: Exercise, render: Callable[[str], str] | None) -> list[Problem]:
    source = read(exercise.folder / "exercise.yaml")
    return [
        *parts.fields(exercise, source),
        *parts.hints(exercise, source),
        *parts.options(exercise, source),
        *parts.prompt(exercise),
        *code.starter(exercise),
        *code.reference(exercise),
        *code.questions(exercise),
        *code.imports(exercise),
        *prose.exercise_text(exercise, source, render),
        *_unknown_waived(exercise),
    ]


def without_waived(exercise: Exercise, found: list[Problem], applied: Collection[str]) -> list[Problem]:
    """What is left when the waivers have been taken into account; a waiver without anything to waive is a problem too.

    applied: the rules that were looked at; of the others nothing can be said.
    """
    left = [p for p in found if p.rule not in exercise.waive]
    for rule in exercise.waive:
        if rule in applied and rule not in {p.rule for p in found}:
            left.append(_of_waiver(exercise, rule, f"`{rule}` is waived, and there is nothing to waive"))
    return left


def _unknown_waived(exercise: Exercise) -> list[Problem]:
    known = RULES.keys() | PROVED.keys()
    return [
        _of_waiver(exercise, rule, f"there is no rule `{rule}`. {did_you_mean(rule, known)}")
        for rule in exercise.waive
        if rule not in known
    ]


def _of_waiver(exercise: Exercise, rule: str, message: str) -> Problem:
    source = read(exercise.folder / "exercise.yaml")
    return problem("waivers", source, ("waive", rule), message, key=True)
