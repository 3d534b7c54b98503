"""A run of the learner's own file: what it prints and draws, and a line below to try something in its names."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from grader.console import Ran
from tutor.widgets.curve_plot import CurvePlot
from tutor.widgets.keys_in_order import TextInput
from tutor.widgets.run_output import RunOutput

EMPTY = "F6 runs your file, as Python would. Then a line typed below runs in its names: f(3), or x = 2."
PROMPT = ">>> "


class RunView(Vertical):
    """What came before a line stays above it; a new run begins with nothing.

    It is filled when it is needed, or when the screen around it is there: an exercise opens sooner without it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(-1)", "Earlier line", show=False),
        Binding("down", "recall(1)", "Later line", show=False),
    ]

    class Tried(Message):
        """The learner wants a line to be run."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    state: Static
    plot: CurvePlot
    output: RunOutput
    scroll: VerticalScroll
    field: TextInput

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.lines: list[str] = []
        """What was tried, the latest last; kept over runs."""
        self.place = 0

    def fill(self) -> None:
        """Puts in what it consists of, where that is not there yet."""
        if self.children:
            return
        self.state = Static(Content(EMPTY), classes="state")
        self.plot = CurvePlot(lines=10)
        self.output = RunOutput()
        self.scroll = VerticalScroll(self.state, self.plot, self.output, id="ran")
        self.field = TextInput(placeholder="try a line in its names", id="try", compact=True)
        self.mount(self.scroll, self.field)

    def say(self, sentence: str) -> None:
        self.state.update(Content(sentence))

    def begin(self) -> None:
        """Makes room for a run; the curves of the last one stay, dimmed."""
        self.fill()
        self.output.clear()
        self.plot.begin()

    def echo(self, line: str) -> None:
        """Shows a line that is about to be run, and remembers it."""
        if not self.lines or self.lines[-1] != line:
            self.lines.append(line)
        self.place = len(self.lines)
        self.output.print(f"{PROMPT}{line}\n", "")
        self._follow()

    def print(self, text: str, unfinished: str) -> None:
        self.output.print(text, unfinished)
        self._follow()

    def draw(self, event: dict[str, Any]) -> None:
        """Takes in what is logged and drawn."""
        if event["type"] == "figure":
            self.output.draw(event["figure"])
            self._follow()
        elif self.plot.starts_anew(event):
            self.plot.begin()
            self.plot.add(event)
        else:
            self.plot.add(event)

    def ended(self, ran: Ran, *, line: bool) -> None:
        """Says how the file, or a line, went."""
        self.plot.settle()
        if line and ran.status != "passed":
            self.output.print(f"{ran.message}\n", "")
            self._follow()
        elif not line:
            silent = not self.output.display and not self.plot.pictured
            nothing = " It printed nothing. Try one of its functions below." if silent else ""
            done = f"Done in {ran.seconds:.1f} s.{nothing}" if ran.status == "passed" else ran.message
            self.say(" ".join([done, *(f"{told}." for told in self.plot.recording.summary())]))

    def _follow(self) -> None:
        self.call_after_refresh(self.scroll.scroll_end, animate=False)

    def focus_line(self) -> None:
        self.fill()
        self.screen.set_focus(self.field)

    def action_recall(self, step: int) -> None:
        """Puts an earlier line into the field again."""
        if not self.lines:
            return
        self.place = min(max(0, self.place + step), len(self.lines))
        self.field.value = self.lines[self.place] if self.place < len(self.lines) else ""
        self.field.cursor_position = len(self.field.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if line := event.value.strip("\n"):
            event.input.value = ""
            self.post_message(self.Tried(line))
