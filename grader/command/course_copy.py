"""A course as files, by their paths in it: what a course is made of, and nothing else that lies in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lessons import regular_file
from lessons.schema import Course, Exercise, Lesson

OF_COURSE, OF_UNIT = ("course.yaml", "coverage.yaml", "glossary.yaml"), ("unit.yaml", "numbers.yaml")


def frame(course: Course) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files of the course, its units, lessons and demos: all but those of exercises. Raises OSError."""
    root = course.path
    for folder, names in ((root, OF_COURSE), *((unit.path, OF_UNIT) for unit in course.units)):
        for name in names:
            if (folder / name).exists():
                yield within(root, folder / name), regular_file.read(folder / name)
    for lesson in course.lessons:
        files = [lesson.path / "lesson.md"]
        files += [file for demo in lesson.demos for file in (demo.path, demo.path.with_suffix(".yaml"))]
        for path in files:
            yield within(root, path), regular_file.read(path)


def place_of(course: Course, lesson: Lesson, exercise: Exercise) -> PurePosixPath:
    """Where an exercise lies in its course, wherever its files are."""
    return within(course.path, lesson.path) / "exercises" / exercise.folder.name


def whole(course: Course) -> Iterator[tuple[PurePosixPath, bytes]]:
    """All files of a course, those of its exercises too. Raises OSError."""
    yield from frame(course)
    for lesson in course.lessons:
        for exercise in lesson.exercises:
            for path in sorted(exercise.folder.iterdir()):
                if path.is_file() and not path.name.startswith("."):
                    yield place_of(course, lesson, exercise) / path.name, regular_file.read(path)


def within(root: Path, path: Path) -> PurePosixPath:
    """A path as it is from the course's folder."""
    return PurePosixPath(path.absolute().relative_to(root.absolute()).as_posix())
