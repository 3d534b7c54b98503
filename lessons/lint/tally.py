"""What a course, or an exercise of it, holds: counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from lessons.lint.rules.code import marks, parsed
from lessons.schema import Course, Exercise


def tally(exercises: Sequence[Exercise], course: Course | None = None) -> dict[str, Any]:
    """{"exercises", "parts": {kind: count}, "mistakes", "alternatives", "demos", "facts", "identifiers"}.

    "identifiers" are those of the specification, {"covered", "waived", "total"}. Of exercises without a course the
    ones that they cover are counted.
    """
    parts = [part for exercise in exercises for part in exercise.parts]
    trees = [tree for exercise in exercises if (tree := parsed(exercise.reference))]
    marked = Counter(mark.kind for tree in trees for mark in marks(tree))
    demos = [demo for lesson in course.lessons for demo in lesson.demos] if course else []
    if course is not None:
        covered = sum(one.waived is None for one in course.coverage.values())
        total = len(course.coverage)
    else:
        covered = total = len({id for part in parts for id in part.covers})
    return {
        "exercises": len(exercises),
        "parts": dict(sorted(Counter(part.kind for part in parts).items())),
        "mistakes": marked["mistake"],
        "alternatives": marked["alternative"],
        "demos": len(demos),
        "facts": sum(len(demo.facts) for demo in demos),
        "identifiers": {"covered": covered, "waived": total - covered, "total": total},
    }
