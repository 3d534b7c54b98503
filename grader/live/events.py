"""What arrives on a worker's live stream. The worker is taken for hostile: what is not a small, known event is dropped.

Events are plain dicts: {"type": "log", "values", "step"}, {"type": "curve", "name", "steps", "values", "count"},
{"type": "progress", "done", "total", "left"}, {"type": "figure", "figure", "at"}; "dropped" says how many were left
out before one. Texts are safe to print, numbers finite or the texts "nan", "inf", "-inf".
"""

from __future__ import annotations

import json
import math
import time
from typing import Any

from grader.live.stream import MAX_EVENT, MAX_FIGURE, MAX_FIGURE_BYTES, MAX_FIGURES, MAX_NAME, MAX_NAMES, POINTS
from grader.records.figure import parse
from grader.records.printable import clean

MAX_EVENTS, MAX_KEPT = 20_000, 16 << 20
"""Events of a run that are kept, and the bytes of their lines."""
MAX_COUNT = 1 << 53
BURST, REFILL, EACH = 4 << 20, 2 << 20, 512
"""Bytes of lines that are taken in at once, in each second after, and what each line counts beside its length. What is
more is not even looked at. Figures are counted by themselves."""
FLOOD = 128 << 20
"""Bytes of events after which a worker is stopped."""
MAX_DEPTH = 50
_FIGURE = b'{"type":"figure"'
_ODD = ("nan", "inf", "-inf")


class _Unfit(ValueError):
    """This is no event."""


class Events:
    """Takes the bytes of the stream and gives its events."""

    def __init__(self) -> None:
        self._rest = b""
        self._skipping = False
        self.kept: list[dict[str, Any]] = []
        self._bytes = 0
        self._room, self._filled = float(BURST), time.monotonic()
        self._figures, self._figure_bytes = 0, 0
        self._names: set[str] = set()
        self.bytes = 0

    @property
    def flooded(self) -> bool:
        return self.bytes > FLOOD

    def add(self, data: bytes) -> list[dict[str, Any]]:
        """Takes bytes in and gives back the events they completed."""
        self.bytes += len(data)
        *lines, rest = (self._rest + data).split(b"\n") if not self._skipping else self._resumed(data)
        if len(rest) > MAX_FIGURE:
            rest, self._skipping = b"", True
        self._rest = rest
        events = []
        for line in lines:
            if line and self._affordable(line) and (event := self._event(line)) is not None:
                events.append(event)
                if len(self.kept) < MAX_EVENTS and self._bytes + len(line) <= MAX_KEPT:
                    self._bytes += len(line)
                    self.kept.append(event)
        return events

    def _resumed(self, data: bytes) -> list[bytes]:
        """What follows a line that was too long."""
        _, found, after = data.partition(b"\n")
        if not found:
            return [b""]
        self._skipping = False
        return after.split(b"\n")

    def _affordable(self, line: bytes) -> bool:
        if line.startswith(_FIGURE):
            self._figures, self._figure_bytes = self._figures + 1, self._figure_bytes + len(line)
            return self._figures <= MAX_FIGURES and self._figure_bytes <= MAX_FIGURE_BYTES and len(line) <= MAX_FIGURE
        now = time.monotonic()
        self._room = min(BURST, self._room + (now - self._filled) * REFILL)
        self._filled = now
        if len(line) > MAX_EVENT or len(line) + EACH > self._room:
            return False
        self._room -= len(line) + EACH
        return True

    def _event(self, line: bytes) -> dict[str, Any] | None:
        try:
            event = json.loads(line, parse_constant=_no_constant)
            if not isinstance(event, dict):
                return None
            taken = self._taken(event, line.startswith(_FIGURE))
            if "dropped" in event:
                taken["dropped"] = _count(event["dropped"])
        except (ValueError, RecursionError):  # broken JSON, a figure or an event that is none
            return None
        return taken

    def _taken(self, event: dict[str, Any], figure: bool) -> dict[str, Any]:
        kind = event.get("type")
        if figure:
            return {"type": "figure", "figure": parse(event.get("figure")), "at": _count(event.get("at", 0))}
        if kind == "log":
            return _log(event)
        if kind == "curve":
            return self._curve(event)
        if kind == "progress":
            return _progress(event)
        raise _Unfit(kind)

    def _curve(self, event: dict[str, Any]) -> dict[str, Any]:
        name = _name(event.get("name"))
        steps, values = event.get("steps"), event.get("values")
        if not isinstance(steps, list) or not isinstance(values, list) or not 0 < len(steps) == len(values) <= POINTS:
            raise _Unfit
        if not all(type(step) is int and abs(step) <= MAX_COUNT for step in steps):
            raise _Unfit
        if name not in self._names:
            if len(self._names) >= MAX_NAMES:
                raise _Unfit
            self._names.add(name)
        values = [_number(value) for value in values]
        return {"type": "curve", "name": name, "steps": steps, "values": values, "count": _count(event.get("count"))}


def _no_constant(name: str) -> None:
    raise _Unfit(name)


def _log(event: dict[str, Any]) -> dict[str, Any]:
    values, step = event.get("values"), event.get("step")
    if not isinstance(values, dict):
        raise _Unfit
    if step is not None and (type(step) is not int or abs(step) > MAX_COUNT):
        raise _Unfit
    return {"type": "log", "values": {_name(name): _value(values[name]) for name in values}, "step": step}


def _progress(event: dict[str, Any]) -> dict[str, Any]:
    total, left = event.get("total"), event.get("left")
    if left is not None and not (isinstance(left, int | float) and 0 <= left <= 1e9):
        raise _Unfit
    total = None if total is None else _count(total)
    return {"type": "progress", "done": _count(event.get("done")), "total": total, "left": left}


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MAX_COUNT:
        raise _Unfit
    return value


def _name(name: object) -> str:
    if not isinstance(name, str) or len(name) > MAX_NAME:
        raise _Unfit
    return " ".join(clean(name).split()) or "?"


def _number(value: object) -> float | str:
    """A finite number; what a float cannot hold is none."""
    if isinstance(value, str) and value in _ODD:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e308 <= value <= 1e308:
        raise _Unfit
    return value


def _value(value: Any, depth: int = 0) -> Any:
    """A logged value as it may be kept: what learners log passes unchanged, but for what controls a terminal."""
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list) and depth < MAX_DEPTH:
        return [_value(item, depth + 1) for item in value]
    if isinstance(value, int | float) and (isinstance(value, int) or math.isfinite(value)):
        return _number(value)
    raise _Unfit
