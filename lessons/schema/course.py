"""The course as loaded: plain typed records.

`lessons.loading.loader` makes them from the files that `lessons.schema.files` describes, and reports every mistake as
file:line:column.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from lessons.schema.files import Covered, Fact, Number, Term
from lessons.schema.part import RUN_KINDS, Budget, Part


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
    earned: tuple[str, ...] = ()
    """Exercises of the lesson: the card opens to whoever has passed them."""


class Demo(Record, frozen=True, kw_only=True):
    """A runnable demonstration. `path` is its source file, `source` what stands in it."""

    id: str
    lesson: str
    title: str
    covers: tuple[str, ...]
    seed: int
    facts: tuple[Fact, ...]
    budget: Budget
    path: Path
    source: str


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
    formerly: tuple[str, ...] = ()
    """Ids that it had before."""
    prompt: str = ""
    """Markdown: what is asked of the whole."""
    starter: str = ""
    """The file the learner starts from; empty where no part runs code."""

    @property
    def reference(self) -> Path:
        """The file of the right answer. It is read when something is judged, so that authors need not start anew."""
        return self.folder / "reference.py"

    @property
    def fixtures(self) -> Path:
        """The file of what is public of the reference; there need not be one."""
        return self.folder / "fixtures.py"

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
    formerly: tuple[str, ...] = ()
    """Ids that it had before."""

    def demo(self, id: str) -> Demo | None:
        return next((demo for demo in self.demos if demo.id == id), None)


class Unit(Record, frozen=True, kw_only=True):
    id: str
    title: str
    lessons: tuple[Lesson, ...]
    numbers: tuple[Number, ...]
    path: Path
    groups: dict[str, str] = {}
    """Titles of groups, by the lesson that each begins with."""


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

    @property
    def former(self) -> dict[str, dict[str, str]]:
        """The ids of today by those of before, of lessons and of exercises."""
        return {
            "lesson": {old: one.id for one in self.lessons for old in one.formerly},
            "exercise": {old: one.id for one in self.exercises for old in one.formerly},
        }

    def named(self, id: str) -> Exercise | None:
        """The exercise that has this id, or had it before."""
        return self.exercise(id) or next((one for one in self.exercises if id in one.formerly), None)
