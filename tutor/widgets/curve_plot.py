"""The curves of a run: drawn while it goes on, compared with earlier runs and with the course's, and looked into."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget

from grader.records.curves import Curves, Recording, sentence
from tutor.plots.terminal_style import TerminalStyle

PAUSE, SHARE = 1 / 8, 10
"""Seconds between two pictures while points come; and no more than a tenth of the time goes into drawing."""
EARLIER = 3
"""Runs that are kept for comparison."""
LINES = 12
KEYS = "+ - closer, wider   ← → steps   l log scale   0 all"
"""Said where the curves have the focus; the line of keys at the foot has no room for it."""


class CurvePlot(Widget, can_focus=True):
    """Shows nothing until a first point comes. With the focus, + - and the arrows look closer, l is the log scale."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "zoom(0.5)", "Closer", key_display="+", show=False),
        Binding("minus", "zoom(2)", "Wider", key_display="-", show=False),
        Binding("left", "move(-1)", "Earlier steps", show=False),
        Binding("right", "move(1)", "Later steps", show=False),
        Binding("0", "whole", "Whole", show=False),
        Binding("l", "logarithmic", "Log scale", show=False),
    ]

    def __init__(self, *, reference: Curves | None = None, lines: int = LINES) -> None:
        super().__init__(classes="curves")
        self.lines = lines
        self.recording = Recording()
        self.earlier: list[Curves] = []
        self.reference: Curves = reference or {}
        self.logarithmic = False
        self.window = (0.0, 1.0)
        self.display = bool(self.reference)
        self._version = 0
        self._drawn: tuple[Any, Content] | None = None
        self._waiting: Timer | None = None
        self._cost = 0.0

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.refresh())

    def on_unmount(self) -> None:
        self.app.theme_changed_signal.unsubscribe(self)  # else the app keeps it until another theme is chosen

    # --- what comes in ---

    def begin(self, *, compare: bool = True) -> None:
        """Makes room for a new run; the curves of the last one stay, dimmed, where they are to be compared."""
        if compare and (kept := {name: curve for name, curve in self.recording.curves.items() if len(curve) > 1}):
            self.earlier = [*self.earlier, kept][-EARLIER:]
        elif not compare:
            self.earlier = []
        self.recording = Recording()
        self.window = (0.0, 1.0)
        self.display = bool(self.earlier or self.reference)
        self._changed()

    def add(self, event: dict[str, Any]) -> bool:
        """Takes in an event; says whether it was one of a curve. Costs little: what is drawn is drawn later."""
        names = len(self.recording.curves)
        if not self.recording.add(event):
            return False
        self.display = True
        if len(self.recording.curves) != names:
            self._changed()
        elif self._waiting is None:
            self._waiting = self.set_timer(max(PAUSE, SHARE * self._cost), self._due)
        return True

    def starts_anew(self, event: dict[str, Any]) -> bool:
        """Whether an event goes back to where its curve began, as the next of several runs does."""
        curve = self.recording.curves.get(event.get("name", ""))
        return curve is not None and len(curve) > 1 and event["steps"][0] <= curve[0][0]

    def put(self, curves: Curves, *, reference: Curves | None = None, earlier: Sequence[Curves] = ()) -> None:
        """Shows curves that are complete."""
        self.recording = Recording()
        self.recording.curves = dict(curves)
        self.reference, self.earlier = reference or {}, list(earlier)
        self.display = bool(curves or self.reference)
        self._changed()

    def _due(self) -> None:
        self._waiting = None
        self._version += 1
        width, height = self.content_size
        if height < self.lines or self.screen.can_view_partial(self):  # out of sight nothing is drawn
            self.refresh(layout=self._content(width).plain.count("\n") + 1 != height)

    def settle(self) -> None:
        """Has everything drawn that has come: the run is over."""
        self._changed()

    def _changed(self) -> None:
        self._version += 1
        self.refresh(layout=True)

    @property
    def pictured(self) -> bool:
        """Whether there is more to see than a value."""
        return any(len(curve) > 1 for curve in (*self.recording.curves.values(), *self.reference.values()))

    # --- how it looks ---

    def summary(self) -> list[str]:
        """What is drawn, in sentences."""
        found = [sentence(name, curve) for name, curve in self.recording.curves.items() if len(curve) > 1]
        found += [f"the course's {sentence(name, curve)}" for name, curve in self.reference.items() if len(curve) > 1]
        return found + list(self.recording.summary())

    def _content(self, width: int) -> Content:
        from tutor.plots.curve_drawing import Scene, plot_curves  # plotext comes with the first curve

        style = TerminalStyle(colour=not self.app.no_color, dark=self.app.current_theme.dark)
        state = (self._version, width, style, self.window, self.logarithmic)
        if self._drawn is None or self._drawn[0] != state:
            scene = Scene(self.recording.curves, self.earlier, self.reference, self.logarithmic, self.window)
            began = time.perf_counter()
            self._drawn = (state, plot_curves(scene, width, self.lines, style))
            self._cost = time.perf_counter() - began
        return self._drawn[1] + Content(f"\n{KEYS}") if self.has_focus else self._drawn[1]

    def on_focus(self) -> None:
        self.refresh(layout=True)

    def on_blur(self) -> None:
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._content(width).plain.count("\n") + 1

    def render(self) -> Content:
        return self._content(self.content_size.width)

    # --- looking into it ---

    def action_zoom(self, times: float) -> None:
        """Shows half of the steps, or twice as many, about the same middle."""
        low, high = self.window
        span = min(1.0, max(1 / 256, (high - low) * times))
        self._look((low + high - span) / 2, span)

    def action_move(self, way: int) -> None:
        """Shows earlier or later steps."""
        low, high = self.window
        self._look(low + way * (high - low) / 4, high - low)

    def _look(self, low: float, span: float) -> None:
        low = min(max(0.0, low), 1.0 - span)
        self.window = (low, low + span)
        self.refresh()

    def action_whole(self) -> None:
        """Shows all steps."""
        self.window = (0.0, 1.0)
        self.refresh()

    def action_logarithmic(self) -> None:
        """Changes between a linear and a logarithmic scale."""
        self.logarithmic = not self.logarithmic
        self.refresh()
