"""A mistake in a file of the course, said so that it can be mended. Light: it reads no YAML."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

LONGEST = 300
"""Characters of what is quoted of a file, in which a word may be as long as the file."""


class Mark(NamedTuple):
    """A place in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


class LessonError(Exception):
    """A mistake in a lesson's files: where it is, what it is and how to mend it."""

    def __init__(self, path: Path, line: int, column: int, message: str, mend: str) -> None:
        super().__init__(path, line, column, message, mend)
        self.path = path
        self.line = line
        self.column = column
        self.message = message if len(message) <= LONGEST else f"{message[:LONGEST]}..."
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}. {self.mend}"


def did_you_mean(word: object, known: Iterable[object]) -> str:
    """The mend for an unknown word: the nearest known one, or all of them."""
    names = sorted(str(name) for name in known)
    near = difflib.get_close_matches(str(word)[:LONGEST], names, n=1)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known: {', '.join(f'`{name}`' for name in names)}." if names else "There is none here."
