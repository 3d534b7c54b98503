"""What a worker prints and the events that it logs, read as they come."""

from __future__ import annotations

import contextlib
import os
import selectors
import time
from collections.abc import Callable
from typing import Any

from grader.live.events import Events
from grader.records.curves import Curves, recorded, thinned
from grader.sandbox.capture import Capture, OnOutput

LEFTOVER = 0.05
"""How long output is still read after a worker's end; whatever it left behind may hold the pipe open."""
TOLD_POINTS, TOLD_CURVES = 4000, 20
NAMES = ("output", "events")
"""What the selector's keys of these pipes hold as their data."""


class Pipes:
    """The reading ends, one pair for each worker of a session, registered with its selector."""

    def __init__(
        self,
        selector: selectors.BaseSelector,
        on_output: OnOutput | None,
        on_event: Callable[[dict[str, Any]], None] | None,
    ) -> None:
        self.selector, self.on_output, self.on_event = selector, on_output, on_event
        self.capture, self.events = Capture(), Events()
        self._told = 0
        self._open: set[int] = set()
        self._pairs: list[tuple[int, int, int]] = []
        """Of each worker: output, events, and how much had been printed before it."""

    def add(self, output: int, events: int) -> None:
        """Reads the pipes of one more worker."""
        for name, pipe in zip(NAMES, (output, events), strict=True):
            self.selector.register(pipe, selectors.EVENT_READ, name)
            self._open.add(pipe)
        self._pairs = [pair for pair in self._pairs if self._open.intersection(pair[:2])]
        self._pairs.append((output, events, self.capture.bytes))

    def take(self, pipe: int) -> None:
        """Reads what has come through a pipe, and through the other one of its worker.

        Output is read first: what a figure came after is then there, and the figure says where it stands in it.
        """
        output, events, begun = next((pair for pair in self._pairs if pipe in pair[:2]), (-1, -1, 0))
        text, ended = self._read(output)
        line, over = self._read(events)
        for event in self.events.add(line):
            if event["type"] == "figure" and (before := begun + event["at"] - self.capture.bytes) > 0:
                self._print(text[:before])
                text = text[before:]
            if event["type"] == "figure":
                self._cut()
            if self.on_event:
                self.on_event(event)
        self._print(text)
        for one, done in ((output, ended), (events, over)):
            if done:
                self._drop(one)

    def _read(self, pipe: int) -> tuple[bytes, bool]:
        """What is in a pipe now, and whether it has ended."""
        if pipe not in self._open:
            return b"", False
        try:
            data = os.read(pipe, 1 << 20)
        except BlockingIOError:
            return b"", False
        return data, not data

    def _print(self, data: bytes) -> None:
        if data:
            self._tell(self.capture.add(data))

    def _cut(self) -> None:
        """Finishes the line that was begun: something else comes."""
        if self.capture.unfinished:
            self._tell(self.capture.cut())

    def _tell(self, text: str) -> None:
        if self.on_output and not self.capture.flooded and (text or self.capture.unfinished):
            self.on_output(text, self.capture.unfinished)

    def catch_up(self, seconds: float = 0) -> None:
        """Reads what is there by now: a verdict may overtake the output that came before it."""
        for key, _ in self.selector.select(seconds):
            if key.data in NAMES:
                self.take(key.fd)

    def logged(self) -> Curves:
        """The curves that have been logged since this was asked last, with as many points as a judge looks at."""
        self.catch_up()
        found = recorded(self.events.kept[self._told :]).curves
        self._told = len(self.events.kept)
        return {name: thinned(curve, TOLD_POINTS) for name, curve in list(found.items())[:TOLD_CURVES]}

    @property
    def flooded(self) -> str:
        """Why the worker is to be stopped, a key of endings.REASONS; empty where it is not."""
        return "flood" if self.capture.flooded else "events" if self.events.flooded else ""

    def drain(self) -> None:
        """Reads what an ended worker still had in its pipes, and closes them."""
        until = time.monotonic() + LEFTOVER
        while self._open and time.monotonic() < until:
            self.catch_up(0.01)
        self._cut()
        self.close()

    def close(self) -> None:
        for pipe in list(self._open):
            self._drop(pipe)

    def _drop(self, pipe: int) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self.selector.unregister(pipe)
        self._open.discard(pipe)
        os.close(pipe)
