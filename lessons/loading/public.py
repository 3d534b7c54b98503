"""Courses whose answers lie elsewhere: public copies, made by `dl-grader export`, and what is said where one judges.

A public copy has `public.yaml` beside its `course.yaml`. Exercises that lie in the folder that DL_TUTOR_PRIVATE names
are of no copy, whatever lies beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from lessons.error import LessonError
from lessons.schema import Exercise, FileRecord, Text

PUBLIC = "public.yaml"
BELOW = 4
"""Folders between a course and what an exercise is made of: its unit, its lesson, `exercises`, its own."""


class PublicFile(FileRecord, frozen=True, kw_only=True):
    """`public.yaml`: says that a course is a copy without answers."""

    format: Literal[1]
    judged: Text
    """A sentence: where what is handed in is judged."""


def elsewhere(exercise: Exercise) -> str:
    """Why an exercise cannot be judged with what is here, in one sentence or two; nothing where it can.

    Raises LessonError where `public.yaml` is at fault.
    """
    marker = _marker(exercise.folder)
    if marker is not None:
        from lessons.loading.record import read_record  # the app does not wait for what reads YAML

        file, _ = read_record(marker, PublicFile)
        return f"This copy of the course has no answers, so {exercise.id} is not judged here. {file.judged}"
    if exercise.runs_code and not exercise.reference.is_file():
        return (
            f"{exercise.id} is not judged here, because its reference.py is not in {exercise.folder}. "
            "If it lies in a place of its own, name that with DL_TUTOR_PRIVATE."
        )
    return ""


def insist_on_answers(exercises: Iterable[Exercise]) -> None:
    """Raises LessonError where one of the exercises is of a public copy."""
    for exercise in exercises:
        if (marker := _marker(exercise.folder)) is not None:
            mend = "Take the course that it was made of."
            raise LessonError(marker, 1, 1, "this course is a public copy, which has no answers to prove", mend)


def _marker(folder: Path) -> Path | None:
    """The `public.yaml` of the course that an exercise's folder belongs to."""
    above = folder.absolute().parents
    path = above[BELOW - 1] / PUBLIC if len(above) >= BELOW else None
    return path if path is not None and path.is_file() else None
