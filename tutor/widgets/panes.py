"""The panes of practice: side by side where there is room, else one at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from textual.app import ComposeResult
from textual.events import MouseDown
from textual.selection import Selection
from textual.widget import Widget

from tutor.learner import layout
from tutor.learner.layout import Layout
from tutor.widgets.blank import BlankHorizontal, BlankVertical
from tutor.widgets.choice_bar import ChoiceBar
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.run_view import RunView
from tutor.widgets.scroll_pane import dress_alone
from tutor.widgets.workbench import Workbench

SHARED = ("verdict", "run")
"""What has one place where the panes stand side by side: whichever was wanted last."""


class Panes(BlankVertical):
    """Each pane is one widget with an id; the first has the focus at first."""

    def __init__(self, panes: Mapping[str, Widget], *between: Widget) -> None:
        """panes: title -> pane; between: what stands between the bar of the panes and the panes."""
        super().__init__()
        self.panes = dict(panes)
        for title, pane in panes.items():  # before they are mounted: else each is dressed twice
            pane.add_class("pane", update=False)
            pane.border_title = title
        self.between = between
        self.wanted = ""
        """The pane that is about to get the focus: news of an older focus may still be on its way."""
        self.layout_kept = layout.kept()
        self.third = SHARED[0]
        self.zoomed = False
        self.fronted = ""
        """The pane that was brought to the front last."""
        self.pressed: Widget | None = None
        """The pane in which the mouse was pressed last."""

    def compose(self) -> ComposeResult:
        yield ChoiceBar([(pane.id or title, title) for title, pane in self.panes.items()], "F2", id="panes")
        yield from self.between
        yield BlankHorizontal(*self.panes.values(), id="desk")

    def on_mount(self) -> None:
        self.watch(self.screen, "selections", self._selected)
        self._arrange()

    def on_mouse_down(self, event: MouseDown) -> None:
        within = self.screen.get_widget_at(event.screen_x, event.screen_y)[0].ancestors_with_self
        self.pressed = next((pane for pane in self.panes.values() if pane in within), None)

    def _selected(self, selections: dict[Widget, Selection]) -> None:
        """What is selected with the mouse ends at the edge of its pane: so it is read, and so it is copied."""
        own = {widget: one for widget, one in selections.items() if self.pressed in (None, *widget.ancestors_with_self)}
        if len(own) < len(selections):
            self.screen.selections = own

    def on_resize(self) -> None:
        self._arrange()

    @property
    def current(self) -> str:
        """The pane that has the focus, or had it last."""
        return self.query_one("#panes", ChoiceBar).current

    @property
    def alone(self) -> bool:
        """Whether one pane is shown at a time."""
        return self.zoomed or self.app.size.width < layout.WIDE

    # --- which one is in front --------------------------------------------------------------------

    def in_front(self, name: str) -> bool:
        """Whether the verdict, or the run, is where the learner sees it."""
        return self.current == name if self.alone else self.third == name and "third" not in self.layout_kept.hidden

    def front_third(self, name: str) -> None:
        """The verdict or the run: it is shown, unless one pane is shown at a time."""
        self.third = name
        if "third" in self.layout_kept.hidden:
            self._keep(self.layout_kept.showing("third"))
        if self.current in SHARED and self.current != name and not self.alone:
            self.focus_pane(name)  # else the focus would be where nobody sees it
        self._arrange()

    def focus_pane(self, name: str) -> None:
        """Brings a pane to the front, and gives it the focus."""
        if _place(name) in self.layout_kept.hidden and not self.alone:
            self._keep(self.layout_kept.showing(_place(name)))
        self.wanted = name
        pane = self.query_one(f"#{name}")
        pane.display = (
            True  # what is hidden takes no focus, and what has it loses it when it is hidden: so in this order
        )
        target = pane.visible_content if isinstance(pane, Workbench) else pane
        if isinstance(pane, RunView):
            pane.fill()
            target = pane.field
        if isinstance(pane, Workbench) and not isinstance(target, CodeEditor):
            self._front(name)
            pane.focus_work()  # a question knows which of its fields comes first
            return
        if target is not None:
            self.screen.set_focus(target)  # at once: `focus()` waits, and the next key would go elsewhere
        self._front(name)

    def focus_first(self) -> None:
        """The first pane that is not hidden."""
        names = (pane.id or "" for pane in self.panes.values())
        self.focus_pane(next(name for name in names if self.alone or _place(name) not in self.layout_kept.hidden))

    def focus_next(self) -> None:
        """The pane after the one that has the focus, of those that are not hidden."""
        names = [pane.id or "" for pane in self.panes.values()]
        place = names.index(self.current)
        order = [*names[place + 1 :], *names[: place + 1]]
        self.focus_pane(next(name for name in order if self.alone or _place(name) not in self.layout_kept.hidden))

    def _front(self, name: str) -> None:
        self.query_one("#panes", ChoiceBar).choose(name)
        if name in SHARED:
            self.third = name
        self.fronted = name
        self._arrange()

    # --- how much room each has -------------------------------------------------------------------

    def _arrange(self) -> None:
        """Shows what is to be seen: on a small screen or zoomed the current pane, else all that are not hidden."""
        bar = self.query_one("#panes", ChoiceBar)
        bar.display = self.alone
        for pane in self.panes.values():
            name = pane.id or ""
            place = _place(name)
            if self.alone:
                pane.display = name == bar.current
            else:
                pane.display = place not in self.layout_kept.hidden and (place != "third" or name == self.third)
            share = self.layout_kept.shares[layout.PANES.index(place)]
            pane.styles.width = "1fr" if self.alone else f"{share}fr"

    def zoom(self) -> None:
        """Gives the current pane all the room, or takes it back."""
        self.zoomed = not self.zoomed
        self._arrange()

    def widen(self, step: int) -> None:
        """Makes the current pane wider, or narrower."""
        self._keep(self.layout_kept.widened(_place(self.current), step))
        self._arrange()

    def hide(self, place: str) -> None:
        """Hides a pane, or shows it again; the focus goes to one that is there."""
        self._keep(self.layout_kept.toggled(place))
        self._arrange()
        if _place(self.current) in self.layout_kept.hidden and not self.alone:
            self.focus_next()

    def _keep(self, wanted: Layout) -> None:
        self.layout_kept = wanted
        with contextlib.suppress(OSError):  # a home that is read-only, which is said where work is lost by it
            layout.keep(wanted)

    def on_descendant_focus(self) -> None:
        focused = next((pane.id or "" for pane in self.panes.values() if pane.has_focus_within), "")
        self._frame(focused)
        if self.wanted in ("", focused):
            self.wanted = ""
            if focused and focused != self.fronted:
                self._front(focused)

    def on_descendant_blur(self) -> None:
        self._frame(next((pane.id or "" for pane in self.panes.values() if pane.has_focus_within), ""))

    def _frame(self, focused: str) -> None:
        """The pane with the focus has a frame that says so; what is in it stays as it is."""
        for pane in self.panes.values():
            if pane.has_class("-focused") != (pane.id == focused):
                pane.set_class(pane.id == focused, "-focused", update=False)
                dress_alone(pane)

    def on_choice_bar_chosen(self, message: ChoiceBar.Chosen) -> None:
        if message.bar.id == "panes":
            message.stop()
            self.focus_pane(message.choice)


def _place(name: str) -> str:
    return "third" if name in SHARED else name
