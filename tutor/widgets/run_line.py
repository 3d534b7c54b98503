"""The line above the keys while something runs: what it is, for how long, how far, and the way out."""

from __future__ import annotations

import time
from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from tutor.practice.run_progress import run_line

SIGNS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
BEAT = 0.1
"""Seconds between two of them."""
KINDS = ("progress", "making", "made")
"""Events that say how far it is."""


class RunLine(Static):
    """Not there while nothing runs."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False
        self.doing = ""
        self._began = 0.0
        self._event: dict[str, Any] | None = None
        self._beat: Timer | None = None

    def begin(self, doing: str) -> None:
        """Something runs from now on; what ran before is not told any more."""
        self.doing, self._began, self._event = doing, time.monotonic(), None
        self.display = True
        if self._beat is None:
            self._beat = self.set_interval(BEAT, self._tell)
        self._tell()
        self.screen.refresh_bindings()

    def hear(self, event: dict[str, Any]) -> None:
        """Takes in an event; most are none of its business."""
        if event["type"] in KINDS:
            self._event = event
            self._tell()

    def end(self) -> None:
        """Nothing runs any more."""
        self.display = False
        if self._beat is not None:
            self._beat.stop()
            self._beat = None
        self.screen.refresh_bindings()

    def _tell(self) -> None:
        seconds = time.monotonic() - self._began
        sign = SIGNS[int(seconds / BEAT) % len(SIGNS)] if self.app.animation_level != "none" else "•"
        self.update(Content(f"{sign} {run_line(self.doing, seconds, self._event)}"))


def begin(screen: Screen[Any], doing: str) -> None:
    """Something runs on a screen from now on, where it has such a line."""
    for line in screen.query(RunLine):
        line.begin(doing)


def hear(screen: Screen[Any], event: dict[str, Any]) -> None:
    """Something runs on a screen, and says how far it is."""
    for line in screen.query(RunLine):
        line.hear(event)


def end(screen: Screen[Any]) -> None:
    """Nothing runs on a screen any more."""
    for line in screen.query(RunLine):
        line.end()
