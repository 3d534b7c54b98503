"""The learner's notes: a plain file EXERCISE.md beside the exercise's own file, for them to keep and edit."""

from __future__ import annotations

from pathlib import Path

from lessons.schema import Exercise
from tutor.learner import workspace


def path_of(exercise: Exercise) -> Path:
    """The file of the note on an exercise; it need not exist."""
    return workspace.folder_of(exercise) / f"{exercise.id}.md"


def read(exercise: Exercise) -> str:
    """The note, without blank lines around it; nothing where there is none. Raises WorkspaceError."""
    try:
        return workspace.read(path_of(exercise)).strip("\n")
    except FileNotFoundError:
        return ""


def add(exercise: Exercise, text: str) -> Path:
    """Adds lines to the note. Returns its file. Raises WorkspaceError."""
    before = read(exercise)
    path = path_of(exercise)
    workspace.save(path, f"{before}\n{text}\n".lstrip("\n"))
    return path
