"""The formulas of a text in words: to be read aloud, or to learn how a formula is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from lessons.formulas.markdown import Formula, formulas
from lessons.formulas.prose import without_code
from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar


class SpokenScreen(DrawnOnce, ModalScreen[None]):
    """Each formula as it stands in the text, and below it how it is said."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,s", "dismiss", "Close", key_display="esc")]

    def __init__(self, formulas: Sequence[Formula]) -> None:
        super().__init__()
        self.formulas = formulas

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="spoken"):
            yield Static(Content("The formulas, in words"), classes="part")
            for formula in self.formulas:
                yield Static(Content(formula.shown), classes="formula")
                yield Static(Content(formula.spoken), classes="words")
        yield KeyBar()


def open_spoken(app: App[Any], text: str) -> None:
    """Says the formulas of a text in words."""
    if found := list(formulas(without_code(text))):
        app.push_screen(SpokenScreen(found))
    else:
        app.notify("There is no formula in the task.")
