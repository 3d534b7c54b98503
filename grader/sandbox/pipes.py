"""What a worker prints and the events that it logs, read as they come."""

from __future__ import annotations

import contextlib
import os
import selectors
import time
from collections.abc import Callable
from typing import Any

from grader.sandbox.capture import Capture, Events

LEFTOVER = 0.05
"""How long output is still read after a worker's end; whatever it left behind may hold the pipe open."""
NAMES = ("output", "events")
"""What the selector's keys of these pipes hold as their data."""


class Pipes:
    """The reading ends, one pair for each worker of a session, registered with its selector."""

    def __init__(
        self,
        selector: selectors.BaseSelector,
        on_output: Callable[[str], None] | None,
        on_event: Callable[[dict[str, Any]], None] | None,
    ) -> None:
        self.selector, self.on_output, self.on_event = selector, on_output, on_event
        self.capture, self.events = Capture(), Events()
        self._open: set[int] = set()

    def pair(self) -> tuple[int, int]:
        """Pipes for one more worker: the ends that it writes its output and its events to."""
        ends = []
        for name in NAMES:
            pipe, end = os.pipe()
            os.set_blocking(pipe, False)
            self.selector.register(pipe, selectors.EVENT_READ, name)
            self._open.add(pipe)
            ends.append(end)
        return ends[0], ends[1]

    def take(self, pipe: int, name: str) -> None:
        """Reads what has come through one of them."""
        try:
            data = os.read(pipe, 1 << 20)
        except BlockingIOError:
            return
        if not data:
            self._drop(pipe)
        elif name == "events":
            for event in self.events.add(data):
                if self.on_event:
                    self.on_event(event)
        else:
            text = self.capture.add(data)
            if self.on_output and not self.capture.flooded and text:
                self.on_output(text)

    def catch_up(self, seconds: float = 0) -> None:
        """Reads what is there by now: a verdict may overtake the output that came before it."""
        for key, _ in self.selector.select(seconds):
            if key.data in NAMES:
                self.take(key.fd, key.data)

    def drain(self) -> None:
        """Reads what an ended worker still had in its pipes, and closes them."""
        until = time.monotonic() + LEFTOVER
        while self._open and time.monotonic() < until:
            self.catch_up(0.01)
        self.close()

    def close(self) -> None:
        for pipe in list(self._open):
            self._drop(pipe)

    def _drop(self, pipe: int) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(pipe)
        self._open.discard(pipe)
        os.close(pipe)
