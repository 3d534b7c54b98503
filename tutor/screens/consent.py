"""The question whether code may run although the machine gives level 1 of the sandbox only."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar

WHAT = (
    "Level 1 limits time, memory and output and keeps answers away from the code that is judged. It does not keep code "
    "from reading and changing your files. Your own code and this course's demos are what would run.\n\n"
    "y: run code all the same, on this machine, from now on (dl-tutor doctor says how to take it back).\n"
    "n: do not. Lessons can be read and questions answered without it."
)


class ConsentScreen(DrawnOnce, ModalScreen[bool]):
    """Ends with the answer; Esc is a no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Run code"),
        Binding("n,escape", "dismiss(False)", "Do not", key_display="n"),
    ]

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="consent"):
            yield Static(Content("Run code with level 1 only?"), classes="part")
            yield Static(Content(self.why))
            yield Static(Content(WHAT), classes="more")
        yield KeyBar()
