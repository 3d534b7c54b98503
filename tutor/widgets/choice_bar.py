"""A line of choices of which one is current: the parts of an exercise, or the panes of a small screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

BRIEF = 14


class ChoiceBar(Horizontal):
    """The current choice stands between arrows, so that no colour is needed to find it.

    Where the line is too short for all, the others are shown by what their text begins with.
    """

    class Chosen(Message):
        """A choice was clicked."""

        def __init__(self, bar: ChoiceBar, choice: str) -> None:
            super().__init__()
            self.bar = bar
            self.choice = choice

        @property
        def control(self) -> ChoiceBar:
            return self.bar

    def __init__(self, choices: Sequence[tuple[str, str]], key: str, *, id: str) -> None:
        """choices: name and text of each; key: what goes to the next one."""
        super().__init__(id=id)
        self.choices = dict(choices)
        self.current = next(iter(self.choices))
        self.key = key

    def on_mount(self) -> None:
        self.mount(*(Static(classes="choice", name=name) for name in self.choices), Static(self.key, classes="key"))
        self._show()

    def choose(self, name: str) -> None:
        """Marks a choice as the current one."""
        self.current = name
        self._show()

    def after(self) -> str:
        """The choice after the current one; after the last the first."""
        names = list(self.choices)
        return names[(names.index(self.current) + 1) % len(names)]

    def tell(self, name: str, text: str) -> None:
        """Changes the text of a choice."""
        self.choices[name] = text
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        room = self.content_size.width - len(self.key)
        short = sum(len(text) + 3 for text in self.choices.values()) > room
        for one in self.query(".choice").results(Static):
            current = one.name == self.current
            text = self.choices[one.name or ""]
            if short and not current:
                text = text[:BRIEF].rstrip() + "…" if len(text) > BRIEF else text
            one.update(Content(f"▸{text}◂" if current else f" {text} "))
            one.set_class(current, "current")

    def on_click(self, event: Click) -> None:
        if event.widget is not None and event.widget.name in self.choices:
            self.post_message(self.Chosen(self, event.widget.name))
