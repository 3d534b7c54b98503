"""The panes of practice: side by side where there is room, else one at a time."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tutor.widgets.choice_bar import ChoiceBar
from tutor.widgets.workbench import Workbench


class Panes(Vertical):
    """Each pane is one widget with an id; the first has the focus at first."""

    def __init__(self, panes: Mapping[str, Widget], *between: Widget) -> None:
        """panes: title -> pane; between: what stands between the bar of the panes and the panes."""
        super().__init__()
        self.panes = dict(panes)
        self.between = between
        self.wanted = ""
        """The pane that is about to get the focus: news of an older focus may still be on its way."""

    def compose(self) -> ComposeResult:
        yield ChoiceBar([(pane.id or title, title) for title, pane in self.panes.items()], "F2", id="panes")
        yield from self.between
        yield Horizontal(*self.panes.values(), id="desk")

    def on_mount(self) -> None:
        for title, pane in self.panes.items():
            pane.add_class("pane")
            pane.border_title = title

    @property
    def current(self) -> str:
        """The pane that has the focus, or had it last."""
        return self.query_one("#panes", ChoiceBar).current

    def focus_pane(self, name: str) -> None:
        """Brings a pane to the front, and gives it the focus."""
        self._front(name)
        self.wanted = name
        pane = self.query_one(f"#{name}")
        if isinstance(pane, Workbench):
            pane.focus_work()
        else:
            pane.focus()

    def focus_next(self) -> None:
        """The pane after the one that has the focus."""
        self.focus_pane(self.query_one("#panes", ChoiceBar).after())

    def _front(self, name: str) -> None:
        """On a small screen the others are hidden; on a large one all are there."""
        self.query_one("#panes", ChoiceBar).choose(name)
        for pane in self.panes.values():
            pane.set_class(pane.id == name, "shown")

    def on_descendant_focus(self) -> None:
        focused = next((pane.id or "" for pane in self.panes.values() if pane.has_focus_within), "")
        if self.wanted in ("", focused):
            self.wanted = ""
            if focused and not self.query_one(f"#{focused}").has_class("shown"):
                self._front(focused)

    def on_choice_bar_chosen(self, message: ChoiceBar.Chosen) -> None:
        if message.bar.id == "panes":
            message.stop()
            self.focus_pane(message.choice)
