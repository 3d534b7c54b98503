"""The worker's end of the events' pipe: facts, curves, figures and progress, each bounded, as lines of JSON.

Standard library only. What goes out is limited here so that a run stays quick; the other end (`events`) limits again,
because this one is in the learner's hands.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import threading
import time
from typing import Any

from grader.live.series import Remembered, Series

MAX_EVENT = 8192
"""Bytes of a line, but for figures."""
MAX_FIGURE = 256 << 10
MAX_FIGURES, MAX_FIGURE_BYTES = 100, 6 << 20
"""Of a run."""
MAX_PER_SECOND = 200
"""Facts and reports of progress. Beyond it, of each name the latest value is kept and sent later."""
MAX_NAMES, MAX_NAME = 200, 200
POINTS = 100
"""In a line."""
PAUSE, BURST = 1 / 8, 16
"""Curves go out eight times a second; who logs seldom is not kept waiting."""
FRAME = 1 / 4
"""Seconds between two pictures of a figure that is drawn again and again."""


class Stream:
    """Writes to one descriptor."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.curves: dict[str, Series] = {}
        self.printed = 0
        """Bytes that have been printed, so that a figure stands where it was shown."""
        self._remembered: dict[str, list[Any]] | None = None
        self._lock = threading.RLock()
        self._due = 0.0
        self._second, self._sent, self._dropped = 0.0, 0, 0
        self._late: dict[str, Any] = {}
        self._figures, self._figure_bytes, self._framed = 0, 0, -math.inf

    def remember(self) -> None:
        """Keeps every value from now on, so that `values` has them."""
        self._remembered = {}

    def values(self, name: str) -> list[Any]:
        """All that was logged by a name, in order. Raises LookupError where nothing was."""
        remembered = self._remembered or {}
        if name not in remembered:
            raise LookupError(f"nothing is logged as {name!r}; logged are {', '.join(map(repr, remembered)) or 'none'}")
        return list(remembered[name])

    # --- curves ---

    def curve(self, name: str) -> Series:
        """The curve of a name; raises ValueError for one name too many."""
        found = self.curves.get(name)
        if found is None:
            if len(self.curves) >= MAX_NAMES:
                raise ValueError(f"log keeps at most {MAX_NAMES} curves in a run; {name!r} is one more")
            values = None if self._remembered is None else self._remembered.setdefault(name, [])
            found = self.curves[name] = Series() if values is None else Remembered(values)
        return found

    def tick(self) -> None:
        """Sends what waits, where it is time."""
        now = time.monotonic()
        if now >= self._due:
            self._due = max(self._due, now - BURST * PAUSE) + PAUSE
            self._send_curves()

    def flush(self) -> None:
        """Sends everything that waits."""
        with self._lock:
            for series in self.curves.values():
                series.close()
            self._send_curves()
            late, self._late = self._late, {}
            for name, value in late.items():
                self._write({"type": "log", "values": {name: value}, "step": None})

    def _send_curves(self) -> None:
        with self._lock:
            for name, series in self.curves.items():
                points, series.sent = series.sent, []
                for start in range(0, len(points), POINTS):
                    some = points[start : start + POINTS]
                    values = [_sendable(value) for _, value in some]
                    event = {"type": "curve", "name": name, "steps": [step for step, _ in some], "values": values}
                    self._write({**event, "count": series.count})

    # --- everything else ---

    def fact(self, values: dict[str, Any], step: int | None) -> None:
        """Sends logged values as they are. Raises ValueError for an event too large."""
        event = {"type": "log", "values": values, "step": step}
        if len(_line(event)) > MAX_EVENT - 40:
            raise ValueError(f"an event is at most {MAX_EVENT} bytes; log fewer values")
        if self._remembered is not None:
            for name, value in values.items():
                self._remembered.setdefault(name, []).append(value)
        with self._lock:
            if any(name in self.curves for name in values):
                self.flush()  # a fact that has a curve's name comes after the curve
            if self._late and not values.keys().isdisjoint(self._late):
                self._late.update({name: values[name] for name in values if name in self._late})
            if self._allowed():
                for name in values:
                    self._late.pop(name, None)
                self._write(event)
            else:
                self._late.update({name: value for name, value in values.items() if self._room(name)})

    def _room(self, name: str) -> bool:
        return name in self._late or len(self._late) < MAX_NAMES

    def report(self, event: dict[str, Any]) -> None:
        """Sends how far a run is."""
        with self._lock:
            self.tick()
            if self._allowed():
                self._write(event)

    def _allowed(self) -> bool:
        now = time.monotonic()
        if now - self._second >= 1:
            self._second, self._sent = now, 0
        if self._sent >= MAX_PER_SECOND:
            self._dropped += 1
            return False
        self._sent += 1
        return True

    def too_soon(self) -> bool:
        """Whether the next picture of a figure that is drawn again and again has to wait."""
        return time.monotonic() - self._framed < FRAME

    def figure(self, figure: dict[str, Any]) -> None:
        """Sends a figure, or counts it as left out where the run has drawn too much."""
        event = {"type": "figure", "figure": figure, "at": self.printed}
        line = _line(event)
        with self._lock:
            self._send_curves()
            if len(line) > MAX_FIGURE:
                kept = {"title": figure.get("title", ""), "notes": ["This figure is too large to be shown here."]}
                line = _line({**event, "figure": kept})
            if self._figures >= MAX_FIGURES or self._figure_bytes + len(line) > MAX_FIGURE_BYTES:
                self._dropped += 1
                return
            self._figures, self._figure_bytes = self._figures + 1, self._figure_bytes + len(line)
            self._framed = time.monotonic()
            self._put(line)

    def _write(self, event: dict[str, Any]) -> None:
        if self._dropped:
            event, self._dropped = {**event, "dropped": self._dropped}, 0
        self._put(_line(event))

    def _put(self, line: bytes) -> None:
        rest = memoryview(line)
        with contextlib.suppress(OSError):  # nobody listens any more
            while rest:
                rest = rest[os.write(self.descriptor, rest) :]


def _line(event: dict[str, Any]) -> bytes:
    return json.dumps(event, separators=(",", ":")).encode() + b"\n"


def _sendable(value: float) -> float | str:
    if isinstance(value, int):
        return value if -(2**63) < value < 2**63 else _sendable(_float(value))
    return value if math.isfinite(value) else repr(value)


def _float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value)
