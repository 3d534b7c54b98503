"""How far something is that takes its time, on stderr: a bar with an estimate, and lines where there is no terminal."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import click

from grader.command.terminal import own
from grader.records.printable import one_line

SECONDS = 5.0
"""Between two lines."""


class ProgressBar:
    """Is told how much of how much is done. A terminal gets a bar that moves; elsewhere a line comes now and then."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._drawn: Any = None
        self._began = self._said = time.monotonic()

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves the line that the bar stands in."""
        if self._drawn is not None:
            self._drawn.render_finish()
            self._drawn = None

    def __call__(self, done: int, total: int) -> None:
        if not (sys.stderr.isatty() and os.environ.get("TERM") != "dumb"):
            self._line(done, total)
            return
        if self._drawn is None:
            self._drawn = click.progressbar(length=total, label=one_line(self.label), file=own(sys.stderr))
            self._drawn.render_progress()
        self._drawn.update(done - self._drawn.pos)

    def _line(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._said >= SECONDS and 0 < done < total:
            self._said = now
            left = (now - self._began) / done * (total - done)
            click.echo(f"{self.label}: {100 * done // total} %, about {left:.0f} s left", err=True)


class StandInProgress:
    """The bars of stand-ins that are made before a run, from the events `making` and `made` of `grader.provision`."""

    def __init__(self) -> None:
        self._bar: ProgressBar | None = None

    def __call__(self, event: dict[str, Any]) -> None:
        """Takes in an event, of whatever kind."""
        self.hear(event)

    def hear(self, event: dict[str, Any]) -> bool:
        """Takes in an event; False for one that is of another kind."""
        if event["type"] == "making":
            if self._bar is None:
                self._bar = ProgressBar(event["name"])
            if event["total"]:
                self._bar(event["done"], event["total"])
            return True
        if event["type"] == "made":
            if self._bar is not None:
                self._bar.__exit__()
                self._bar = None
            return True
        return False
