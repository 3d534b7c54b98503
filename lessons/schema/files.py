"""The files of a course as authors write them: records that the loader checks them against.

The JSON Schemas in `schemas/` beside this module are generated from them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from lessons.schema.part import Budget, Covers, FileRecord, Id, Part, Text

FORMAT = 1


class ExerciseFile(FileRecord, frozen=True, kw_only=True):
    """`exercise.yaml`"""

    id: Id
    title: Text
    concepts: list[Id] = []
    needs: list[Id] = []
    formerly: list[Id] = []
    """Ids that the exercise had before; what learners have under them is found again."""
    parts: Annotated[list[Part], Meta(min_length=1)]
    waive: dict[str, Text] = {}


class MutantsFile(FileRecord, frozen=True, kw_only=True):
    """`mutants.yaml`: small changes of the reference that are right too, part by part.

    The keys of a part are changes as `dl-tutor lint --mutants` prints them, where `*` stands for any text; the values
    are reasons.
    """

    right: dict[Id, dict[Text, Text]]


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
    formerly: list[Id] = []
    """Ids that the lesson had before."""
    concepts: list[Id] = []


class UnitFile(FileRecord, frozen=True, kw_only=True):
    """`unit.yaml`; lessons are named by id, in order."""

    id: Id
    title: Text
    lessons: list[Id]
    groups: dict[Id, Text] = {}
    """Headings on the map: the lesson that a group of lessons begins with, and the group's title."""


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
    "mutants": MutantsFile,
}
