"""The table of contents of the lesson that is open."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from grader.report.counted import counted
from lessons.schema import Lesson
from tutor.screens.drawn_once import DrawnOnce
from tutor.text.contents import contents
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.page_list import PageList


class ContentsScreen(DrawnOnce, ModalScreen[int | None]):
    """Gives back the card that was chosen, counted from 0, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go there", priority=True),
        Binding("escape,q,t", "dismiss", "Close", key_display="esc"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
    ]

    def __init__(self, lesson: Lesson, card: int, read: Collection[int]) -> None:
        super().__init__()
        self.lesson = lesson
        self.card = card
        self.read = read

    def compose(self) -> ComposeResult:
        with Vertical(id="contents"):
            yield Static(Content(f"{self.lesson.title}: {counted(len(self.lesson.cards), 'card')}"), classes="part")
            yield PageList(*(Option(Content(line)) for line in contents(self.lesson, self.read, self.card)))
            yield Static(Content("[x] read   [ ] not yet   ▸ you are here"), classes="foot")
        yield KeyBar()

    def on_mount(self) -> None:
        view = self.query_one(OptionList)
        view.highlighted = self.card
        self.set_focus(view)

    def action_move(self, step: int) -> None:
        view = self.query_one(OptionList)
        view.action_cursor_down() if step > 0 else view.action_cursor_up()

    def action_choose(self) -> None:
        self.dismiss(self.query_one(OptionList).highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)
