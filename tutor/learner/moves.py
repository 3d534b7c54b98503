"""What a learner has in the workspace goes where the course has its exercise now.

An exercise may have been moved to another lesson, or be called something else today; a lesson may lie in another unit.
The files are known by their names: the code, the note, backups, curves, and the answers to its questions. Nothing is
ever written over: where both places hold something, each keeps what it has.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from lessons.schema import Course, Exercise
from tutor.learner import locations, workspace

SUFFIXES, ANSWERS = (".py", ".md"), "answers.yaml"


def settle(course: Course) -> list[str]:
    """Moves what lies elsewhere than the course has it now. Gives a sentence for each file of code that was moved."""
    said: list[str] = []
    with contextlib.suppress(OSError):  # what cannot be moved is found where it is by who looks for it
        for folder in list(_lesson_folders(locations.workspace())):
            said += _settle(folder, course)
        for lesson in course.lessons:
            for old in lesson.formerly:
                _move(locations.scratch() / old, locations.scratch() / lesson.id)
    return said


def _lesson_folders(root: Path) -> Iterator[Path]:
    """UNIT/LESSON of a workspace."""
    for unit in _folders(root):
        yield from _folders(unit)


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir() and not one.is_symlink())
    except OSError:
        return []


def _settle(folder: Path, course: Course) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and (exercise := course.named(path.stem)) is not None:
            there = workspace.folder_of(exercise) / f"{exercise.id}{path.suffix}"
            if _move(path, there) and path.suffix == ".py":
                yield f"{path} is now {there}: the course has moved or renamed this exercise."
        elif path.name in (workspace.BACKUPS, "curves") and path.is_dir() and not path.is_symlink():
            for kept in sorted(path.iterdir()):
                if found := _named(kept.name, course):
                    exercise, rest = found
                    _move(kept, workspace.folder_of(exercise) / path.name / f"{exercise.id}{rest}")
        elif path == folder / ANSWERS:
            _copy_answers(path, course)


def _named(name: str, course: Course) -> tuple[Exercise, str] | None:
    """The exercise that a backup or a curve is of, and the rest of its name: `ID.STAMP.py`, `ID-PART.STAMP.json`."""
    first, _, stamp = name.partition(".")
    if (exercise := course.named(first)) is not None:
        return exercise, f".{stamp}"
    for exercise in course.exercises:
        for id in (exercise.id, *exercise.formerly):
            if first.startswith(f"{id}-") and exercise.part(first[len(id) + 1 :]) is not None:
                return exercise, name[len(id) :]
    return None


def _move(path: Path, there: Path) -> bool:
    """Whether it was moved: it was there, and nothing was in the other place."""
    if path == there or not os.path.lexists(path) or os.path.lexists(there):
        return False
    there.parent.mkdir(parents=True, exist_ok=True)
    path.rename(there)
    return True


def _copy_answers(path: Path, course: Course) -> None:
    """Puts answers to questions that are elsewhere now there too, where they are not answered again already."""
    from grader.submission import BadSubmission, read_answers, write_answer  # the map does not wait for it

    with contextlib.suppress(BadSubmission):
        for name, given in read_answers(path).items():
            exercise = course.named(name)
            if exercise is None or (exercise.id == name and workspace.answers_of(exercise) == path):
                continue
            there = workspace.answers_of(exercise)
            known = read_answers(there).get(exercise.id, {})
            for part, one in given.items():
                if part not in known:
                    write_answer(there, exercise.id, part, one)
