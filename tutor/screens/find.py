"""Looking for words in what is edited: a line at the foot, above the keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.keys_in_order import TextInput


class FindScreen(DrawnOnce, ModalScreen[None]):
    """What is found is selected in the editor, and stays selected when this closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,ctrl+f,f7", "go(1)", "Next", key_display="⏎", priority=True),
        Binding("up,shift+enter", "go(-1)", "Previous", key_display="↑", priority=True),
        Binding("escape", "dismiss", "Close", key_display="esc"),
    ]

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__()
        self.editor = editor

    def compose(self) -> ComposeResult:
        with Horizontal(id="find-line"):
            yield Static(Content("Find:"))
            selected = self.editor.selected_text
            yield TextInput(selected if "\n" not in selected else "", id="find", compact=True)
            yield Static(id="found")
        yield KeyBar()

    def on_input_changed(self) -> None:
        self._look(0)

    def action_go(self, step: int) -> None:
        """The next place, or the one before."""
        self._look(step)

    def _look(self, step: int) -> None:
        words = self.query_one(Input).value
        number, count = self.editor.find(words, step)
        said = f"{number} of {count}" if count else "not found" if words else ""
        self.query_one("#found", Static).update(Content(said))
