"""The table of contents of a lesson: its cards, what was read, and what stands on each."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lessons.schema import Card, DemoBlock, ExerciseBlock, Lesson

READ = {True: "[x]", False: "[ ]"}


def contents(lesson: Lesson, read: Collection[int], current: int | None = None) -> Iterator[str]:
    """A line for each card; `read` are the cards that were opened, counted from 0, and `current` is open now."""
    digits = len(str(len(lesson.cards)))
    for number, card in enumerate(lesson.cards):
        arrow = "▸" if number == current else " "
        yield f"{arrow} {READ[number in read]} {number + 1:>{digits}}  {card.title}{_extras(card)}"


def _extras(card: Card) -> str:
    """What there is to do on a card, in words."""
    demos = sum(isinstance(block, DemoBlock) for block in card.blocks)
    words = ["demo" if demos == 1 else f"{demos} demos"] if demos else []
    if any(isinstance(block, ExerciseBlock) for block in card.blocks):
        words.append("exercise")
    return f"  ({', '.join(words)})" if words else ""
