"""How many lines a card takes on a screen, estimated without drawing it.

The linter and the app ask the same functions: the one says that a card is too long, the other folds its code away.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping

from lessons.loading.text import FENCE
from lessons.schema import Block, Card, DemoBlock, Lesson, Prose

LINES, COLUMNS = 40, 96
DEMO, CODE, EXERCISE = 5, 2, 4
"""Lines of a demo with its code folded, above and below code that is not, and of the place of an exercise."""
FORMULA = 2
"""What a formula on a line of its own takes beside that line."""
_BEGINS = re.compile(r"\s*([-*+]\s|\d+\.\s|[|#>])")
_DISPLAY = re.compile(r"\s*\$\$.*\$\$\s*")


def code_of(lesson: Lesson, card: Card) -> dict[str, str]:
    """The code of a card's demos by their ids."""
    placed = [block.demo for block in card.blocks if isinstance(block, DemoBlock)]
    return {demo.id: demo.source for demo in lesson.demos if demo.id in placed}


def fits(card: Card, code: Mapping[str, str]) -> bool:
    """Whether a card is one screen, with this code of its demos; those without code here are folded."""
    return height(card, code) <= LINES


def height(card: Card, code: Mapping[str, str]) -> int:
    """The lines that a card takes, with this code of its demos."""
    return sum(_block(block, code) for block in card.blocks) + len(card.blocks) - 1


def _block(block: Block, code: Mapping[str, str]) -> int:
    if isinstance(block, Prose):
        return sum(_prose(block.text))
    if not isinstance(block, DemoBlock):
        return EXERCISE
    if block.demo not in code:
        return DEMO
    return DEMO + CODE + sum(map(_wrapped, code[block.demo].strip().split("\n")))


def _prose(text: str) -> Iterator[int]:
    """The lines of each piece of Markdown: paragraphs are filled anew, and code stays as it is."""
    paragraph: list[str] = []
    marker = ""
    for line in [*text.split("\n"), ""]:
        fence = FENCE.fullmatch(line)
        if paragraph and (fence or not line.strip() or _BEGINS.match(line) or _DISPLAY.fullmatch(line)):
            yield len(textwrap.wrap(" ".join(paragraph), COLUMNS))
            paragraph = []
        if fence:
            marker = "" if marker and fence[1].startswith(marker) else marker or fence[1]
        elif marker or not line.strip():
            yield _wrapped(line)
        elif _DISPLAY.fullmatch(line):
            yield 1 + FORMULA
        else:
            paragraph.append(line.strip())
    yield -1  # the empty line at the end is ours


def _wrapped(line: str) -> int:
    return max(1, -(-len(line) // COLUMNS))
