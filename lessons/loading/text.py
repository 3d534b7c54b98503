"""`lesson.md`: front matter, then cards of prose, demos and exercises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lessons.error import LessonError, Mark
from lessons.loading.record import to_record
from lessons.loading.source import Source, parse, read_text
from lessons.schema import Block, Card, DemoBlock, ExerciseBlock, LessonFront, Prose

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*(.*?)\s*")
HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)\s*#*\s*")
DEMO = re.compile(r"python demo=([a-z]+(?:-[a-z]+)*)")
EXERCISE = re.compile(r":::exercise ([a-z]+(?:-[a-z]+)*)\s*")
EARNED = re.compile(r":::earned ([a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*)*)\s*")


@dataclass(frozen=True)
class LessonText:
    """A lesson's text. `demos` and `exercises` map what the cards place to where they first place it."""

    path: Path
    front: LessonFront
    source: Source
    cards: tuple[Card, ...]
    card_marks: tuple[Mark, ...]
    demos: dict[str, Mark]
    exercises: dict[str, Mark]
    earned: dict[str, Mark]
    """Exercises that cards wait for."""


@dataclass
class _Cards:
    """The cards of a text while they are being read."""

    path: Path
    cards: list[Card] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    demos: dict[str, Mark] = field(default_factory=dict)
    exercises: dict[str, Mark] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    title: str = ""
    earned: dict[str, Mark] = field(default_factory=dict)
    waits_for: tuple[str, ...] = ()

    def fail(self, line: int, message: str, mend: str, column: int = 1) -> LessonError:
        return LessonError(self.path, line, column, message, mend)

    def place(self, block: Block) -> None:
        """Ends the prose before a block and adds the block."""
        self.end_prose()
        self.blocks.append(block)

    def end_prose(self) -> None:
        text = "\n".join(self.prose).strip("\n")
        if text.strip():
            self.blocks.append(Prose(text=text))
        self.prose = []

    def end_card(self, first_line: int) -> None:
        self.end_prose()
        if not self.blocks:
            raise self.fail(first_line, "a card with nothing on it", "Delete one of the two `---` lines.")
        if not self.title:
            raise self.fail(first_line, "a card without a title", "Begin it with a heading, `## ...`.")
        self.cards.append(Card(title=self.title, blocks=tuple(self.blocks), earned=self.waits_for))
        self.marks.append(Mark(first_line, 1))
        self.blocks, self.title, self.waits_for = [], "", ()


def read_lesson(path: Path) -> LessonText:
    """The text at `path`. Raises LessonError."""
    lines = read_text(path).split("\n")
    if lines[0].rstrip() != "---":
        raise LessonError(path, 1, 1, "the front matter is missing", "Begin the file with a line `---`.")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise LessonError(path, 1, 1, "the front matter does not end", "Close it with a line `---`.")
    source = parse("\n".join(lines[1:end]), path, first_line=2)
    front = to_record(source, LessonFront)
    reading = _Cards(path)
    _read_cards(reading, enumerate(lines[end + 1 :], end + 2), end + 2)
    cards, marks = tuple(reading.cards), tuple(reading.marks)
    return LessonText(path, front, source, cards, marks, reading.demos, reading.exercises, reading.earned)


def _read_cards(reading: _Cards, lines: Iterator[tuple[int, str]], first_line: int) -> None:
    for number, line in lines:
        if fence := FENCE.fullmatch(line):
            _read_fence(reading, number, line, fence, lines)
        elif line.rstrip() == "---":
            reading.end_card(first_line)
            first_line = number + 1
        elif earned := EARNED.fullmatch(line):
            reading.waits_for = tuple(earned[1].split())
            for id in reading.waits_for:
                reading.earned.setdefault(id, Mark(number, line.index(id, len(":::earned")) + 1))
        elif line.startswith(":::"):
            placed = EXERCISE.fullmatch(line)
            if placed is None:
                mend = "Write `:::exercise ID`, or `:::earned ID`."
                raise reading.fail(number, f"`{line.strip()}` places nothing", mend)
            reading.exercises.setdefault(placed[1], Mark(number, line.index(placed[1], 11) + 1))
            reading.place(ExerciseBlock(exercise=placed[1]))
        else:
            if not reading.title and (heading := HEADING.fullmatch(line)):
                reading.title = heading[1]
            reading.prose.append(line)
    reading.end_card(first_line)


def _read_fence(
    reading: _Cards, first: int, opening: str, fence: re.Match[str], lines: Iterator[tuple[int, str]]
) -> None:
    """Reads a code block to its end: a demo's place, or part of the prose."""
    marker, info = fence[1], fence[2]
    closing = re.compile(rf" {{0,3}}{re.escape(marker[0])}{{{len(marker)},}}\s*")
    body: list[str] = []
    for _, line in lines:
        if closing.fullmatch(line):
            last = line
            break
        body.append(line)
    else:
        raise reading.fail(first, "a code block that does not end", f"Close it with a line `{marker}`.")
    if "demo=" not in info:
        reading.prose += [opening, *body, last]
        return
    demo = DEMO.fullmatch(info)
    if demo is None:
        column = opening.index(info) + 1
        raise reading.fail(first, f"`{info}` places no demo", "Write `python demo=NAME`.", column)
    if any(line.strip() for line in body):
        mend = f"Leave the block empty: what runs is demos/{demo[1]}.py."
        raise reading.fail(first + 1, "code in the block of a demo", mend)
    reading.demos.setdefault(demo[1], Mark(first, opening.index(demo[1], opening.index("demo=")) + 1))
    reading.place(DemoBlock(demo=demo[1]))
