"""The course as plain typed records: first the files as authors write them, then the course as loaded.

`lessons.loader` turns files into records and reports every mistake as file:line:column. The JSON Schemas in
`lessons/schemas/` are generated from the file records below.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from lessons.part import (
    RUN_KINDS,
    Budget,
    Covers,
    FileRecord,
    Hint,
    Id,
    Kind,
    Option,
    Part,
    Prediction,
    Text,
)

__all__ = [
    "Block",
    "Budget",
    "Card",
    "Course",
    "CourseFile",
    "CoverageFile",
    "Covered",
    "Covers",
    "Demo",
    "DemoBlock",
    "DemoFile",
    "Exercise",
    "ExerciseBlock",
    "ExerciseFile",
    "FILES",
    "FORMAT",
    "Fact",
    "FileRecord",
    "GlossaryFile",
    "Hint",
    "Id",
    "Kind",
    "Lesson",
    "LessonFront",
    "Number",
    "NumbersFile",
    "Option",
    "Part",
    "Prediction",
    "Prose",
    "RUN_KINDS",
    "Record",
    "Stated",
    "Term",
    "Text",
    "Unit",
    "UnitFile",
]

FORMAT = 1


class ExerciseFile(FileRecord, frozen=True, kw_only=True):
    """`exercise.yaml`"""

    id: Id
    title: Text
    concepts: list[Id] = []
    needs: list[Id] = []
    parts: Annotated[list[Part], Meta(min_length=1)]
    waive: dict[str, Text] = {}


Stated = bool | int | float | str


class Fact(FileRecord, frozen=True, kw_only=True):
    """A value that a demo must reproduce."""

    id: Covers
    stated: Stated | list[Stated | list[Stated]]
    measured: Text
    """An expression of Python, evaluated in the names that the demo has left when it has run."""
    tolerance: float = 0.0
    of: Literal["real", "stand-in"] | None = None
    """Which data it holds for, where the demo reads a data set that may be either; elsewhere it is skipped."""


class DemoFile(FileRecord, frozen=True, kw_only=True):
    """`demos/NAME.yaml`; the code is `demos/NAME.py`."""

    title: Text
    covers: list[Covers]
    seed: int = 0
    facts: list[Fact] = []
    budget: Budget = Budget(seconds=10)


class LessonFront(FileRecord, frozen=True, kw_only=True):
    """The front matter of `lesson.md`."""

    id: Id
    title: Text
    minutes: Annotated[int, Meta(ge=1, le=600)]
    needs: list[Id] = []
    concepts: list[Id] = []


class UnitFile(FileRecord, frozen=True, kw_only=True):
    """`unit.yaml`; lessons are named by id, in order."""

    id: Id
    title: Text
    lessons: list[Id]


class CourseFile(FileRecord, frozen=True, kw_only=True):
    """`course.yaml`; units are named by id, in order."""

    format: Literal[1]
    id: Id
    title: Text
    units: Annotated[list[Id], Meta(min_length=1)]
    tour: Id | None = None
    """The lesson that shows how the tutor is used. It is offered at the first start, and its unit has no number."""


class Covered(FileRecord, frozen=True, kw_only=True):
    """Who covers an identifier: exercise parts `EXERCISE.PART`, and demos `LESSON/DEMO` with their facts."""

    by: list[str] = []
    waived: str | None = None


class CoverageFile(FileRecord, frozen=True, kw_only=True):
    """`coverage.yaml`: every identifier of the specification that the course has taken on."""

    covered: dict[Covers, Covered]


class Number(FileRecord, frozen=True, kw_only=True):
    """A row of a unit's table of numbers to reproduce; `demos` show them, `parts` ask for them."""

    id: Covers
    what: Text
    demos: list[str] = []
    parts: list[str] = []


class NumbersFile(FileRecord, frozen=True, kw_only=True):
    """`numbers.yaml`"""

    numbers: list[Number]


class Term(FileRecord, frozen=True, kw_only=True):
    """An entry of the glossary."""

    term: Text
    """The word itself, as it stands in a sentence."""
    definition: Text
    also: list[Text] = []
    """Other words for it."""
    see: list[Id] = []
    """Entries that one may want to read next."""


class GlossaryFile(FileRecord, frozen=True, kw_only=True):
    """`glossary.yaml`; the concepts of the lessons are among the ids of the terms."""

    terms: dict[Id, Term]


FILES: dict[str, type[FileRecord]] = {
    "course": CourseFile,
    "coverage": CoverageFile,
    "glossary": GlossaryFile,
    "unit": UnitFile,
    "numbers": NumbersFile,
    "lesson": LessonFront,
    "demo": DemoFile,
    "exercise": ExerciseFile,
}


# --- the course as loaded -------------------------------------------------------------------------


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the loaded course."""


class Prose(Record, frozen=True, kw_only=True, tag=True):
    """Markdown text."""

    text: str


class DemoBlock(Record, frozen=True, kw_only=True, tag=True):
    """A demo, runnable where it stands."""

    demo: str


class ExerciseBlock(Record, frozen=True, kw_only=True, tag=True):
    """The place of an exercise."""

    exercise: str


Block = Prose | DemoBlock | ExerciseBlock


class Card(Record, frozen=True, kw_only=True):
    """One screen of a lesson."""

    title: str
    blocks: tuple[Block, ...]


class Demo(Record, frozen=True, kw_only=True):
    """A runnable demonstration. `path` is its source file."""

    id: str
    lesson: str
    title: str
    covers: tuple[str, ...]
    seed: int
    facts: tuple[Fact, ...]
    budget: Budget
    path: Path

    @property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")


class Exercise(Record, frozen=True, kw_only=True):
    """An exercise and where its files lie. `folder` is trusted ground: the worker never sees it."""

    id: str
    lesson: str
    unit: str
    title: str
    concepts: tuple[str, ...]
    needs: tuple[str, ...]
    parts: tuple[Part, ...]
    waive: dict[str, str]
    folder: Path

    @property
    def prompt(self) -> str:
        return (self.folder / "prompt.md").read_text(encoding="utf-8")

    @property
    def starter(self) -> str:
        """The file the learner starts from; empty where no part runs code."""
        path = self.folder / "starter.py"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    @property
    def trusted(self) -> tuple[str, ...]:
        """What the judge reads of it: the texts of the reference and of what is public, where they are."""
        paths = [self.folder / name for name in ("reference.py", "fixtures.py")]
        return tuple(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file())

    @property
    def runs_code(self) -> bool:
        return any(part.kind in RUN_KINDS for part in self.parts)

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)

    def part(self, id: str) -> Part | None:
        return next((part for part in self.parts if part.id == id), None)


class Lesson(Record, frozen=True, kw_only=True):
    """A lesson; `cards`, `demos` and `exercises` are in reading order."""

    id: str
    unit: str
    title: str
    minutes: int
    needs: tuple[str, ...]
    concepts: tuple[str, ...]
    cards: tuple[Card, ...]
    demos: tuple[Demo, ...]
    exercises: tuple[Exercise, ...]
    path: Path
    """The lesson's folder."""

    def demo(self, id: str) -> Demo | None:
        return next((demo for demo in self.demos if demo.id == id), None)


class Unit(Record, frozen=True, kw_only=True):
    id: str
    title: str
    lessons: tuple[Lesson, ...]
    numbers: tuple[Number, ...]
    path: Path


class Course(Record, frozen=True, kw_only=True):
    """A whole course, from its folder."""

    id: str
    title: str
    units: tuple[Unit, ...]
    coverage: dict[str, Covered]
    path: Path
    tour: Lesson | None = None
    glossary: dict[str, Term] = {}

    @property
    def numbered(self) -> list[Unit]:
        """The units that are counted, from 1: all but that of the tour."""
        return [unit for unit in self.units if self.tour is None or unit.id != self.tour.unit]

    @property
    def lessons(self) -> list[Lesson]:
        return [lesson for unit in self.units for lesson in unit.lessons]

    @property
    def exercises(self) -> list[Exercise]:
        return [exercise for lesson in self.lessons for exercise in lesson.exercises]

    def lesson(self, id: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.id == id), None)

    def exercise(self, id: str) -> Exercise | None:
        return next((exercise for exercise in self.exercises if exercise.id == id), None)
