"""The learner's own copy of a demo, to play with: never graded, never lost, and the original stays what it is."""

from __future__ import annotations

import os
from pathlib import Path

from lessons import regular_file
from lessons.schema import Demo
from tutor.learner import locations, workspace


def path_of(demo: Demo) -> Path:
    """Where the learner's copy of a demo lies, or will lie."""
    return locations.scratch() / demo.lesson / f"{demo.id}.py"


def curves_of(demo: Demo) -> Path:
    """Where the curves of a demo's last run lie, but for the ending .csv or .json."""
    return locations.scratch() / demo.lesson / f"{demo.id}-curves"


def own_copy(demo: Demo) -> str | None:
    """The learner's copy, or None where there is none. Raises WorkspaceError."""
    try:
        return workspace.read(path_of(demo))
    except FileNotFoundError:
        return None


def save(demo: Demo, text: str) -> None:
    """Keeps the learner's copy; one that is the original again is no copy. Raises WorkspaceError, OSError."""
    if same(text, demo.source):
        path_of(demo).unlink(missing_ok=True)
    elif text != own_copy(demo):
        workspace.save(path_of(demo), text)


def made(demo: Demo) -> Path:
    """The learner's copy as a file; where there is none, the original is copied. Raises WorkspaceError."""
    path = path_of(demo)
    if not os.path.lexists(path):
        workspace.save(path, demo.source)
    return path


def put_back(demo: Demo) -> Path | None:
    """Makes the original what is shown again. Gives where the copy is kept, or None where there was none.

    Raises WorkspaceError, OSError.
    """
    path = path_of(demo)
    try:
        data = regular_file.read(path)
    except FileNotFoundError:
        return None
    kept = None if same(data.decode("utf-8", "replace"), demo.source) else workspace.back_up(path, data)
    path.unlink(missing_ok=True)
    return kept


def same(text: str, other: str) -> bool:
    """Whether two programs are the same but for empty lines around them and their line ends."""
    return text.strip().splitlines() == other.strip().splitlines()
