"""The options of a question. Marks, not colours, say what is chosen, and where the cursor is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tutor.widgets.keys_in_order import KeysInOrder

ONE = {True: "(•)", False: "( )"}
MANY = {True: "[x]", False: "[ ]"}
CURSOR = {True: "▸", False: " "}
MIN_ROOM = 10
"""Columns for the words of an option, at the least."""


class OptionChooser(KeysInOrder, OptionList):
    """Enter or Space chooses an option, and where several may be chosen takes it back as well."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "Choose", show=False)]

    class Changed(Message):
        """Another choice was made."""

    def __init__(self, options: Sequence[tuple[str, str]], chosen: Iterable[str], *, many: bool) -> None:
        """options: id and text of each; chosen: ids."""
        super().__init__(compact=True)
        self.texts = dict(options)
        self.chosen = {one for one in chosen if one in self.texts}
        self.marks = MANY if many else ONE
        self.pointed = next((one for one in self.texts if one in self.chosen), next(iter(self.texts), ""))
        """Where the cursor is: on an option from the start, so that Enter does what it seems to do."""
        self.room = 0
        """Columns for an option; 0 as long as nobody knows."""
        self.add_options([Option(self._prompt(one), id=one) for one in self.texts])

    def on_mount(self) -> None:
        self.highlighted = list(self.texts).index(self.pointed) if self.texts else None

    def _prompt(self, one: str) -> Content:
        begin = f"{CURSOR[one == self.pointed]}{self.marks[one in self.chosen]} "
        text, room = self.texts[one], max(self.room - len(begin), MIN_ROOM)
        lines = textwrap.wrap(text, room) if self.room else [text]
        return Content(begin + f"\n{'':{len(begin)}}".join(lines))

    def _tell(self, names: Iterable[str]) -> None:
        for name in names:
            self.replace_option_prompt(name, self._prompt(name))

    def on_resize(self, event: Resize) -> None:
        """Further lines of an option begin below its first word."""
        if event.size.width != self.room:
            self.room = event.size.width
            self._tell(self.texts)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        left, self.pointed = self.pointed, event.option_id or ""
        self._tell({left, self.pointed} & self.texts.keys())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        one = event.option_id or ""
        if self.marks is ONE:
            self.chosen = {one}
        else:
            self.chosen ^= {one}
        self._tell(self.texts)
        self.post_message(self.Changed())
