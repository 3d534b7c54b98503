"""What one program of a kernel does, line by line: its lines above, what the chosen one has done below."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static

from grader.records.inspection import Inspection, LaunchSteps
from tutor.screens.drawn_once import DrawnOnce
from tutor.text import kernel_steps
from tutor.widgets.key_bar import KeyBar


class InspectionScreen(DrawnOnce, ModalScreen[None]):
    """The launches of a run. Another program is run anew, by whoever opened this page."""

    HELP: ClassVar[str] = "A kernel, line by line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "program(1)", "Next program", key_display="n"),
        Binding("p,left", "program(-1)", "Previous program", key_display="p"),
        Binding("l", "launch", "Next launch"),
        Binding("escape,q,alt+i", "dismiss", "Close", key_display="esc"),
    ]

    class Wanted(Message):
        """Another program is to be looked at."""

        def __init__(self, program: int) -> None:
            super().__init__()
            self.program = program

    def __init__(self, opener: Screen[Any], inspection: Inspection) -> None:
        super().__init__()
        self.opener, self.inspection = opener, inspection
        self.place = 0

    @property
    def launch(self) -> LaunchSteps:
        return self.inspection.launches[self.place]

    def compose(self) -> ComposeResult:
        with Vertical(id="inspection"):
            yield Static(classes="launch")
            yield OptionList(markup=False)
            with VerticalScroll():
                yield Static(classes="detail")
            yield Static(classes="fault")
        yield KeyBar()

    def on_mount(self) -> None:
        self.show(self.inspection)
        self.set_focus(self.query_one(OptionList))

    def show(self, inspection: Inspection) -> None:
        """Shows a run; the launch and the line that were looked at stay, where there are such."""
        self.inspection = inspection
        self.place = min(self.place, len(inspection.launches) - 1)
        count, launch = len(inspection.launches), self.launch
        box = self.query_one("#inspection")
        box.border_title = f"Launch {self.place + 1} of {count}" if count > 1 else "One launch"
        self.query_one(".launch", Static).update(Content("\n".join(kernel_steps.heading(launch))))
        view = self.query_one(OptionList)
        line = view.highlighted or 0
        view.clear_options()
        view.add_options([kernel_steps.source_line(step) for step in launch.steps])
        if launch.steps:
            view.highlighted = min(line, len(launch.steps) - 1)
        self._detail()
        beyond = "\n".join(kernel_steps.end(launch))
        self.query_one(".fault", Static).update(Content(beyond))
        self.query_one(".fault").display = bool(beyond)

    def _detail(self) -> None:
        at = self.query_one(OptionList).highlighted
        lines = kernel_steps.detail(self.launch.steps[at]) if at is not None and self.launch.steps else ()
        shown = "\n".join(line.removeprefix("        ") for line in lines)
        self.query_one(".detail", Static).update(Content(shown or "Nothing new is computed here."))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._detail()

    def action_program(self, step: int) -> None:
        """The program `step` places further."""
        wanted = self.launch.program + step
        if not 0 <= wanted < math.prod(self.launch.grid):
            self.notify(f"This is the {'last' if step > 0 else 'first'} program of the launch.")
        else:
            self.opener.post_message(self.Wanted(wanted))

    def action_launch(self) -> None:
        """The next launch."""
        if len(self.inspection.launches) == 1:
            self.notify("There is one launch only.")
            return
        self.place = (self.place + 1) % len(self.inspection.launches)
        self.show(self.inspection)


def show_inspection(opener: Screen[Any], inspection: Inspection) -> None:
    """Opens the page, or shows there what was run anew."""
    if isinstance(opener.app.screen, InspectionScreen):
        opener.app.screen.show(inspection)
    elif opener.app.screen is opener:
        opener.app.push_screen(InspectionScreen(opener, inspection))
