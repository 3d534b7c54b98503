"""What is still to be written: each `TODO: ...` in the files of a course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lessons.lint.rules.problem import Problem

TODO = re.compile(r"TODO: ([^\n\"]*)")
READ = (".md", ".py", ".yaml")


def unfinished(folder: Path) -> Iterator[Problem]:
    """What is still to be written in a course, a lesson or an exercise, file by file."""
    for path in _files(folder):
        text = path.read_text(encoding="utf-8", errors="replace")
        for todo in TODO.finditer(text):
            line, column = text.count("\n", 0, todo.start()) + 1, todo.start() - text.rfind("\n", 0, todo.start())
            yield Problem(path, line, column, "todo", todo[1].strip())


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(name.startswith((".", "_")) for name in path.relative_to(folder).parts)
        if path.suffix in READ and path.is_file() and not hidden:
            yield path
