"""The options of a question. Marks, not colours, say what is chosen; long options go over several lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tutor.widgets.keys_in_order import KeysInOrder

ONE = {True: "(•)", False: "( )"}
MANY = {True: "[x]", False: "[ ]"}


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
        self.add_options([Option(self._prompt(one), id=one) for one in self.texts])

    def on_mount(self) -> None:
        # The cursor stands on an option from the start, so that Enter does what it seems to do.
        names = list(self.texts)
        self.highlighted = next((names.index(one) for one in names if one in self.chosen), 0) if names else None

    def _prompt(self, one: str) -> Content:
        return Content(f"{self.marks[one in self.chosen]} {self.texts[one]}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        one = event.option_id or ""
        if self.marks is ONE:
            self.chosen = {one}
        else:
            self.chosen ^= {one}
        for name in self.texts:
            self.replace_option_prompt(name, self._prompt(name))
        self.post_message(self.Changed())
