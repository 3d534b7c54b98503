"""From the folder of a course to its records. A mistake in a file is a LessonError: file, line, column, mend.

Quick enough to run whenever the command starts: nothing is run, questions and references are not opened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from lessons.error import LessonError, Mark, did_you_mean
from lessons.loading.record import read_record
from lessons.loading.source import KeyPath, Source, check, read_text, text_of
from lessons.loading.text import LessonText, read_lesson
from lessons.location import default_course, private_exercises
from lessons.schema import (
    Course,
    CourseFile,
    CoverageFile,
    Demo,
    DemoFile,
    Exercise,
    ExerciseFile,
    GlossaryFile,
    Lesson,
    NumbersFile,
    Term,
    Unit,
    UnitFile,
)

__all__ = ["load_course", "load_exercise"]

Former = tuple[str, str, Source, KeyPath]
"""Whether of a lesson or an exercise, the id that it had before, and where that stands."""

FOLDER = re.compile(r"(?:[0-9]+-)?([a-z]+(?:-[a-z]+)*)")
"""The name of a unit's, lesson's or exercise's folder. Its number only sorts listings."""


def load_course(root: Path | None = None) -> Course:
    """The course in the folder `root` (default: `default_course()`). Raises LessonError.

    Exercises in the folder of `private_exercises()` take the place of those in the course.
    """
    root = default_course() if root is None else root
    if (private := private_exercises()) is not None and not private.is_dir():
        raise LessonError(private, 1, 1, "there is no such folder", "Let DL_TUTOR_PRIVATE name one, or unset it.")
    file, source = read_record(root / "course.yaml", CourseFile)
    coverage, _ = read_record(root / "coverage.yaml", CoverageFile)
    seen: dict[tuple[str, str], Path] = {}
    former: list[Former] = []
    folders = _in_order(root, "unit.yaml", file.units, source, ("units",))
    units = tuple(_load_unit(folder, id, seen, former, root) for id, folder in folders.items())
    _none_taken(seen, former)
    course = Course(
        id=file.id,
        title=file.title,
        units=units,
        coverage=coverage.covered,
        path=root,
        glossary=_load_glossary(root / "glossary.yaml"),
    )
    if file.tour is None:
        return course
    if (tour := course.lesson(file.tour)) is None:
        mend = did_you_mean(file.tour, [lesson.id for lesson in course.lessons])
        raise source.error(f"there is no lesson `{file.tour}`", mend, ("tour",))
    return msgspec.structs.replace(course, tour=tour)


def _load_glossary(path: Path) -> dict[str, Term]:
    """The terms by id, in the order of their words; a course may have no glossary."""
    if not path.exists():
        return {}
    file, _ = read_record(path, GlossaryFile)
    return dict(sorted(file.terms.items(), key=lambda item: item[1].term.casefold()))


def load_exercise(folder: Path) -> Exercise:
    """The exercise in `folder`. Its lesson and unit are "" where it does not stand in a course."""
    folder = folder.absolute()
    lesson = folder.parent.parent
    in_lesson = folder.parent.name == "exercises" and (lesson / "lesson.md").is_file()
    in_unit = in_lesson and (lesson.parent / "unit.yaml").is_file()
    return _load_exercise(folder, id_of(lesson) if in_lesson else "", id_of(lesson.parent) if in_unit else "")[0]


def id_of(folder: Path) -> str:
    """The id in a folder's name: what follows its number."""
    match = FOLDER.fullmatch(folder.name)
    return match[1] if match else folder.name


# --- units and lessons ----------------------------------------------------------------------------


def _load_unit(folder: Path, id: str, seen: dict[tuple[str, str], Path], former: list[Former], root: Path) -> Unit:
    file, source = read_record(folder / "unit.yaml", UnitFile)
    _same_id(source, file.id, folder)
    _once(seen, "unit", file.id, source)
    numbers, _ = read_record(folder / "numbers.yaml", NumbersFile)
    folders = _in_order(folder, "lesson.md", file.lessons, source, ("lessons",))
    lessons = tuple(_load_lesson(lesson, id, seen, former, root) for lesson in folders.values())
    for first in file.groups:
        if first not in file.lessons:
            mend = did_you_mean(first, file.lessons)
            raise source.error(f"no lesson `{first}` of this unit begins a group", mend, ("groups", first), key=True)
    rows = tuple(numbers.numbers)
    return Unit(id=file.id, title=file.title, lessons=lessons, numbers=rows, path=folder, groups=file.groups)


def _load_lesson(
    folder: Path, unit: str, seen: dict[tuple[str, str], Path], former: list[Former], root: Path
) -> Lesson:
    text = read_lesson(folder / "lesson.md")
    front = text.front
    _same_id(text.source, front.id, folder)
    _once(seen, "lesson", front.id, text.source)
    former += [("lesson", old, text.source, ("formerly", n)) for n, old in enumerate(front.formerly)]
    demos = _placed_demos(text, folder / "demos")
    exercises = []
    for place in _placed_exercises(text, folder / "exercises", root):
        exercise, source = _load_exercise(place, front.id, unit)
        _once(seen, "exercise", exercise.id, source)
        former += [("exercise", old, source, ("formerly", n)) for n, old in enumerate(exercise.formerly)]
        exercises.append(exercise)
    return Lesson(
        id=front.id,
        unit=unit,
        title=front.title,
        minutes=front.minutes,
        needs=tuple(front.needs),
        concepts=tuple(front.concepts),
        cards=text.cards,
        demos=tuple(_load_demo(demos, id, front.id) for id in text.demos),
        exercises=tuple(exercises),
        path=folder,
        formerly=tuple(front.formerly),
    )


def _load_exercise(folder: Path, lesson: str, unit: str) -> tuple[Exercise, Source]:
    _regular(folder)
    file, source = read_record(folder / "exercise.yaml", ExerciseFile)
    _same_id(source, file.id, folder)
    _distinct(source, [part.id for part in file.parts], ("parts",), ("id",), "part")
    for number, part in enumerate(file.parts):
        _distinct(source, [o.id for o in part.options], ("parts", number, "options"), ("id",), "option")
    exercise = Exercise(
        id=file.id,
        lesson=lesson,
        unit=unit,
        title=file.title,
        concepts=tuple(file.concepts),
        needs=tuple(file.needs),
        parts=tuple(file.parts),
        formerly=tuple(file.formerly),
        waive=file.waive,
        folder=folder,
        prompt=text_of(folder / "prompt.md"),
        starter=text_of(folder / "starter.py"),
    )
    return exercise, source


def _load_demo(folder: Path, id: str, lesson: str) -> Demo:
    file, _ = read_record(folder / f"{id}.yaml", DemoFile)
    path = folder / f"{id}.py"
    return Demo(
        id=id,
        lesson=lesson,
        title=file.title,
        covers=tuple(file.covers),
        seed=file.seed,
        facts=tuple(file.facts),
        budget=file.budget,
        path=path,
        source=read_text(path),
    )


# --- what stands in a folder, and what is said of it ----------------------------------------------


def _subfolders(folder: Path, file: str) -> dict[str, Path]:
    """The folders in `folder` by id. Raises LessonError for a name without an id and an id held twice."""
    found: dict[str, Path] = {}
    if not folder.is_dir():
        return found
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or path.name.startswith((".", "_")):
            continue
        if FOLDER.fullmatch(path.name) is None:
            mend = "Name the folder NUMBER-id or id, the id in kebab-case letters."
            raise LessonError(path / file, 1, 1, f"`{path.name}` is no name for a folder here", mend)
        if (other := found.setdefault(id_of(path), path)) != path:
            message = f"`{other.name}` has the same id, `{id_of(path)}`"
            raise LessonError(path / file, 1, 1, message, "Rename one of the two folders.")
    return found


def _in_order(folder: Path, file: str, ids: list[str], source: Source, at: KeyPath) -> dict[str, Path]:
    """The subfolders in the order of `ids`, which must name each of them once."""
    found = _subfolders(folder, file)
    _distinct(source, ids, at, (), at[0])
    for number, id in enumerate(ids):
        if id not in found:
            rest = [name for name in found if name not in ids]
            message = f"there is no folder for `{id}` in {folder.name}/"
            raise source.error(
                message, did_you_mean(id, rest) if rest else "Make it, or delete the line.", (*at, number)
            )
    for id, path in found.items():
        if id not in ids:
            message = f"`{id}` is not in the list `{at[0]}` of {source.path.name}"
            raise LessonError(path / file, 1, 1, message, f"Add `- {id}` to the list.")
    return {id: found[id] for id in ids}


def _placed_demos(text: LessonText, folder: Path) -> Path:
    """Checks that the lesson's text places each demo of its folder, and nothing else."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    _regular(folder)
    found = {path.stem: path for path in files if path.suffix in (".py", ".yaml")}
    _all_placed(text, text.demos, found, "demo", "a block `python demo=")
    for id in found:
        for suffix, what in ((".py", "code"), (".yaml", "description")):
            if not (path := folder / f"{id}{suffix}").is_file():
                raise LessonError(path, 1, 1, f"the {what} of the demo `{id}` is missing", "Write it.")
    return folder


def _placed_exercises(text: LessonText, folder: Path, root: Path) -> list[Path]:
    """The folders of the lesson's exercises in the order in which its text places them; private ones come first."""
    found = _subfolders(folder, "exercise.yaml")
    if (private := private_exercises()) is not None:
        found |= _subfolders(private / folder.relative_to(root), "exercise.yaml")
    files = {id: path / "exercise.yaml" for id, path in found.items()}
    _all_placed(text, text.exercises, files, "exercise", "a line `:::exercise ")
    for id, mark in text.earned.items():
        if id not in found:
            mend = did_you_mean(id, list(found)) or "A card waits for exercises of its own lesson."
            raise LessonError(text.path, *mark, f"there is no exercise `{id}` in this lesson", mend)
    return [found[id] for id in text.exercises]


def _all_placed(text: LessonText, placed: Mapping[str, Mark], found: Mapping[str, Path], what: str, how: str) -> None:
    for id, mark in placed.items():
        if id not in found:
            rest = [name for name in found if name not in placed]
            mend = did_you_mean(id, rest) if rest else "Write it, or delete the line that places it."
            raise LessonError(text.path, *mark, f"there is no {what} `{id}` in this lesson", mend)
    for id, path in found.items():
        if id not in placed:
            message = f"lesson.md does not place the {what} `{id}`"
            raise LessonError(path, 1, 1, message, f"Place it with {how}{id}`, or delete it.")


def _regular(folder: Path) -> None:
    """Checks that the files of a folder are files, also those that are read later and elsewhere."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not path.is_dir():
            check(path)


def _same_id(source: Source, id: str, folder: Path) -> None:
    if id != id_of(folder):
        mend = f"Write `id: {id_of(folder)}`, or rename the folder."
        raise source.error(f"the id `{id}` is not that of the folder `{folder.name}`", mend, ("id",))


def _once(seen: dict[tuple[str, str], Path], what: str, id: str, source: Source) -> None:
    if (first := seen.setdefault((what, id), source.path)) != source.path:
        mend = f"{_near(first, source.path)} has it already: rename one of the two."
        raise source.error(f"the id `{id}` is that of another {what}", mend, ("id",))


def _none_taken(seen: Mapping[tuple[str, str], Path], former: Iterable[Former]) -> None:
    """Checks that an id of before is nobody's today, and nobody else's before."""
    claimed: dict[tuple[str, str], Path] = {}
    for what, id, source, at in former:
        if (path := seen.get((what, id)) or claimed.get((what, id))) is not None:
            own = "is its own" if (what, id) in seen else "stands here for the second time"
            of = own if path == source.path else f"is that of {_near(path, source.path)}"
            raise source.error(f"the former id `{id}` {of}", "Delete it: an id means one thing only.", at)
        claimed[what, id] = source.path


def _near(path: Path, other: Path) -> str:
    """A path as seen from the folder that it shares with another."""
    return os.path.relpath(path, os.path.commonpath([path, other]))


def _distinct(source: Source, ids: Iterable[str], at: KeyPath, below: KeyPath, what: object) -> None:
    seen: set[str] = set()
    for number, id in enumerate(ids):
        if id in seen:
            place = (*at, number, *below)
            raise source.error(f"`{id}` stands here for the second time", f"Each {what} is named once.", place)
        seen.add(id)
