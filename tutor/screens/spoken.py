"""The formulas of a card in words: to be read aloud, or to learn how a formula is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from tutor.formulas import Formula


class SpokenScreen(ModalScreen[None]):
    """Each formula as it stands on the card, and below it how it is said."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,s", "dismiss", "Close", key_display="esc")]

    def __init__(self, formulas: Sequence[Formula]) -> None:
        super().__init__()
        self.formulas = formulas

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="spoken"):
            yield Static(Content("The formulas of this card, in words"), classes="part")
            for formula in self.formulas:
                yield Static(Content(formula.shown), classes="formula")
                yield Static(Content(formula.spoken), classes="words")
        yield Footer()
