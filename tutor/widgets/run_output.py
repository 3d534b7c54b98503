"""What a run prints and draws, in order."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from grader.records.figure import Figure
from tutor.widgets.figure_view import FigureView

KEPT = 20_000
"""Characters of output that stay on the screen."""
FIGURES = 20
"""Figures that stay on the screen, the last ones."""


class RunOutput(Vertical):
    """Texts and figures below one another; not shown while there are none."""

    class Grown(Message):
        """It has another height now."""

    def __init__(self) -> None:
        super().__init__(classes="output")
        self.display = False
        self._clear()

    def _clear(self) -> None:
        self.text = ""
        self._piece: Static | None = None
        self._printed = ""
        self._figures: list[FigureView] = []
        self._keyed: dict[int, FigureView] = {}

    def clear(self) -> None:
        """Forgets what was there."""
        self._clear()
        self.remove_children()
        self.display = False

    def on_resize(self) -> None:
        self.post_message(self.Grown())

    def print(self, text: str, unfinished: str) -> None:
        """Adds what was printed: what is finished, and a line that the next call says anew."""
        self.text = (self.text + text)[-KEPT:]
        if self._piece is None:
            self._piece, self._printed = Static(), ""
            self.mount(self._piece)
        self._printed = (self._printed + text)[-KEPT:]
        self._piece.update(Content((self._printed + unfinished)[-KEPT:].rstrip("\n")))
        self.display = True

    def draw(self, figure: Figure) -> None:
        """Adds a figure, or shows it in the place of the one with the same key."""
        if figure.key is not None and (shown := self._keyed.get(figure.key)) is not None:
            shown.put(figure)
            return
        view = FigureView(figure)
        self.mount(view)
        self.display = True
        self._piece = None
        self._figures.append(view)
        if figure.key is not None:
            self._keyed[figure.key] = view
        if len(self._figures) > FIGURES:
            self._figures.pop(0).remove()
