"""A line of choices of which one is current: the parts of an exercise, or the panes of a small screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

AROUND = 3
"""What stands around each choice: two signs and a gap."""
MARK = 3
"""The shortest that a choice can be: its mark, such as [x]."""


class ChoiceBar(Widget):
    """The current choice stands between arrows, so that no colour is needed to find it.

    Where the line is too short for all, the current one keeps its text.
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
        self.places: list[tuple[range, str]] = []
        """The cells of each choice that is drawn."""

    def choose(self, name: str) -> None:
        """Marks a choice as the current one."""
        if name != self.current:
            self.current = name
            self.refresh()

    def after(self) -> str:
        """The choice after the current one; after the last the first."""
        names = list(self.choices)
        return names[(names.index(self.current) + 1) % len(names)]

    def tell(self, name: str, text: str) -> None:
        """Changes the text of a choice."""
        if self.choices[name] != text:
            self.choices[name] = text
            self.refresh()

    def render(self) -> Content:
        names = list(self.choices)
        room = self.content_size.width - len(self.key)
        texts = fitted(list(self.choices.values()), names.index(self.current), room)
        self.places, line = [], Content("")
        for name, text in zip(names, texts, strict=True):
            if text:
                told = Content.styled(f"▸{text}◂", "bold") if name == self.current else Content(f" {text} ")
                self.places.append((range(line.cell_length, line.cell_length + told.cell_length), name))
                line += told + Content(" ")
        return line + Content.styled(self.key, "$foreground 70%")

    def on_click(self, event: Click) -> None:
        x = event.get_content_offset_capture(self).x
        for cells, name in self.places:
            if x in cells:
                self.post_message(self.Chosen(self, name))


def fitted(texts: list[str], current: int, room: int) -> list[str]:
    """The texts as far as they fit into a line of `room` cells.

    The current one keeps its text before all others; the others are shortened alike, down to their marks, and
    then those furthest from the current one are left out: they are "".
    """
    if sum(len(text) + AROUND for text in texts) <= room:
        return texts
    others = len(texts) - 1
    shown = _cut(texts[current], room - AROUND)
    left = room - len(shown) - AROUND
    each = max(MARK, left // others - AROUND) if others else 0
    near = sorted(range(len(texts)), key=lambda place: abs(place - current))[: left // (each + AROUND) + 1]
    return [
        shown if place == current else _cut(text, each) if place in near else "" for place, text in enumerate(texts)
    ]


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[: max(0, length - 1)].rstrip() + "…" if length > MARK else text[:MARK]
