"""A lesson for a terminal that is read as it comes: its Markdown rendered, as wide as the terminal is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

WIDEST = 92
"""Columns beyond which lines get hard to read."""
_HEADING = re.compile(r"#{1,4} +(.*)")
_ITEM = re.compile(r" *([*-]|\d+\.) +")
_STRONG = re.compile(r"(?<![\w*])(\*\*|\*)(?=\S)(.+?)(?<=\S)\1(?![\w*])")


def rendered(lines: Iterable[str], columns: int) -> Iterator[str]:
    """Lines of prose, no wider than a terminal of so many columns. What is indented is code or a formula, and stays."""
    width = max(20, min(columns, WIDEST))
    waiting = ""
    """The paragraph that was begun."""
    for line in (line for text in lines for line in text.split("\n")):
        goes_on = waiting and line.strip() and not _ITEM.match(line) and not _HEADING.fullmatch(line)
        if goes_on and not (line.startswith("    ") and not _ITEM.match(waiting)):
            waiting += " " + line.strip()
            continue
        yield from _wrapped(waiting, width)
        waiting = ""
        if found := _HEADING.fullmatch(line):
            yield from _wrapped(found[1], width)
            yield "-" * min(width, len(found[1]))
        elif not line.strip() or (line.startswith("    ") and not _ITEM.match(line)):
            yield line
        else:
            waiting = line
    yield from _wrapped(waiting, width)


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    """A paragraph, or an item of a list, whose further lines stand below its text."""
    text = _STRONG.sub(r"\2", paragraph)
    item = _ITEM.match(text)
    below = " " * (item.end() if item else 0)
    yield from textwrap.wrap(text, width, subsequent_indent=below, break_long_words=False, break_on_hyphens=False)
