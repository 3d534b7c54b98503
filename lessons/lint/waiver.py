"""Waivers: a rule that an exercise, or one of its parts, does not keep, and the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from lessons.error import did_you_mean
from lessons.lint.rules.problem import PROVED, RULES, Problem, problem
from lessons.loading.source import read
from lessons.schema import Course, Exercise

MEASURED = frozenset({"budget"})
"""Rules that a machine keeps on one day and not on another: their waivers may have nothing to waive."""


class Waiver(msgspec.Struct, frozen=True):
    """A rule that is not kept at `where`, EXERCISE or EXERCISE.PART - or an identifier that nobody covers."""

    where: str
    rule: str
    reason: str


def waivers(course: Course) -> list[Waiver]:
    """Everything that is waived in a course: to be counted and printed."""
    return [
        *(one for exercise in course.exercises for one in waived(exercise)),
        *(Waiver(id, "coverage", c.waived) for id, c in course.coverage.items() if c.waived is not None),
    ]


def waived(exercise: Exercise) -> list[Waiver]:
    """What is waived in an exercise."""
    found = []
    for key, reason in exercise.waive.items():
        part, rule = _read(key)
        found.append(Waiver(f"{exercise.id}.{part}" if part else exercise.id, rule, reason))
    return found


def waiver_of(exercise: Exercise, rule: str, part: str) -> str | None:
    """The key of `waive` that lets a rule pass at a part ("" for none in particular): the narrower of two."""
    return next((key for key in (f"{part}.{rule}", rule) if key in exercise.waive), None)


def without_waived(exercise: Exercise, found: list[Problem], applied: Collection[str]) -> list[Problem]:
    """What is left when the waivers have been taken into account; a waiver without anything to waive is a problem too.

    applied: the rules that were looked at; of the others nothing can be said.
    """
    used = {waiver_of(exercise, p.rule, p.part) for p in found}
    left = [p for p in found if waiver_of(exercise, p.rule, p.part) is None]
    for key in exercise.waive:
        part, rule = _read(key)
        if rule in applied and rule not in MEASURED and key not in used and _known(exercise, part):
            left.append(_of_waiver(exercise, key, f"`{key}` is waived, and there is nothing to waive"))
    return left


def unknown(exercise: Exercise) -> Iterator[Problem]:
    """Waivers of rules, or of parts, that do not exist."""
    known = RULES.keys() | PROVED.keys()
    for key in exercise.waive:
        part, rule = _read(key)
        if not _known(exercise, part):
            message = f"there is no part `{part}`. {did_you_mean(part, [one.id for one in exercise.parts])}"
            yield _of_waiver(exercise, key, message)
        elif rule not in known:
            yield _of_waiver(exercise, key, f"there is no rule `{rule}`. {did_you_mean(rule, known)}")


def _read(key: str) -> tuple[str, str]:
    """Part and rule of a key; the part is empty where the whole exercise is meant."""
    part, _, rule = key.rpartition(".")
    return part, rule


def _known(exercise: Exercise, part: str) -> bool:
    return not part or exercise.part(part) is not None


def _of_waiver(exercise: Exercise, key: str, message: str) -> Problem:
    source = read(exercise.folder / "exercise.yaml")
    return problem("waivers", source, ("waive", key), message, key=True)
