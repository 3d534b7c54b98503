"""The learner's note, below the task; not there where there is none."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from lessons.schema import Exercise
from tutor.learner import notes
from tutor.learner.workspace import WorkspaceError


class NoteView(Static):
    """Shows the note as it was when it was last looked at."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.exercise = exercise

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        """Reads the note anew."""
        try:
            text = notes.read(self.exercise)
        except WorkspaceError as error:
            text = str(error)
        self.display = bool(text)
        self.update(Content(f"Your note (Ctrl+N):\n{text}"))
