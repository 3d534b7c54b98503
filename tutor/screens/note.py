"""A small note on an exercise, kept while it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from lessons.schema import Exercise
from tutor.learner import notes
from tutor.learner.draft import Draft
from tutor.learner.workspace import WorkspaceError
from tutor.screens.drawn_once import DrawnOnce
from tutor.screens.saves_on_exit import SavesOnExit
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.text_editor import TextEditor
from tutor.widgets.workbench import PAUSE_SECONDS


class NoteScreen(DrawnOnce, SavesOnExit, ModalScreen[None]):
    """Esc closes it; what was written stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+n", "close", "Keep and close", key_display="esc", priority=True)
    ]

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self.exercise = exercise
        self.draft = Draft(notes.path_of(exercise))
        self.saved = ""
        self.pause: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="note-page"):
            yield Static(Content(f"Your note on: {self.exercise.title}"), classes="part")
            yield TextEditor(soft_wrap=True, tab_behavior="focus")
            yield Static(Content(f"Kept as you type, in {self.draft.path.name} beside your file."), classes="foot")
        yield KeyBar()

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        try:
            area.load_text(self.draft.load())
        except WorkspaceError as error:
            area.read_only = True  # what cannot be read must not be written over
            self._tell(str(error))
        self.saved = area.text
        area.move_cursor(area.document.end)
        self.set_focus(area)

    def on_text_area_changed(self) -> None:
        if self.pause is not None:
            self.pause.stop()
        self.pause = self.set_timer(PAUSE_SECONDS, self.store)

    def store(self) -> bool:
        """Saves the note now. False, with a message, where that cannot be or another program changed it."""
        area = self.query_one(TextArea)
        if area.read_only or area.text == self.saved:
            return True
        try:
            met = self.draft.save(area.text)
        except WorkspaceError as error:
            self._tell(f"Not saved: {error}")
            return False
        if met.text is not None:
            area.load_text(met.text)
            if met.kept is not None:
                self._tell(
                    f"Another program changed the note. Yours is kept as {met.kept.parent.name}/{met.kept.name}."
                )
        self.saved = area.text
        return met.kept is None

    def action_close(self) -> None:
        if self.store():
            self.dismiss()

    def _tell(self, sentence: str) -> None:
        self.query_one(".foot", Static).update(Content(sentence))
