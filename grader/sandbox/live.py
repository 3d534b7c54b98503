"""What learner code and demos stream while they run; inside the tutor it is imported as `tutor.live`.

Standard library only: the worker registers this module under that name before any of the learner's code runs.
Outside the tutor the same calls print plain lines. Events are bounded: one is at most 8 KB, at most 200 go out
in a second, and what was left out is said.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
import types
from collections.abc import Iterable, Iterator, Sized
from typing import Any, TypeVar

T = TypeVar("T")

MAX_EVENT = 8192
MAX_PER_SECOND = 200
_descriptor: int | None = None
_second, _sent, _dropped = 0.0, 0, 0


def log(values: dict[str, Any], step: int | None = None) -> None:
    """Logs named values: `log({"train/loss": 0.3}, step=7)`.

    Values are numbers, booleans, short texts and (nested) lists of them. A tensor with one element becomes a
    number, another one a list.
    Raises TypeError for a key that is no text or a value that cannot be shown.
    """
    if not isinstance(values, dict):
        raise TypeError("log takes a dict of names and values, such as log({'loss': 0.3}, step=7)")
    plain = {}
    for name, value in values.items():
        if not isinstance(name, str):
            raise TypeError(f"log takes names as text, not {name!r}")
        plain[name] = _plain(value, name)
    if _descriptor is None:
        place = "" if step is None else f"step {step}: "
        print(place + ", ".join(f"{name} {value}" for name, value in plain.items()))
    else:
        _send({"type": "log", "values": plain, "step": None if step is None else int(step)})


def progress(iterable: Iterable[T], total: int | None = None) -> Iterator[T]:
    """Passes the items on and reports how many of `total` (default: len) are done and how long the rest takes."""
    if total is None and isinstance(iterable, Sized):
        total = len(iterable)
    began = shown = time.monotonic()
    for done, item in enumerate(iterable, 1):
        yield item
        now = time.monotonic()
        if now - shown >= 0.2 or done == total:
            shown = now
            left = (now - began) / done * (total - done) if total else None
            _report(done, total, left)


def _report(done: int, total: int | None, left: float | None) -> None:
    if _descriptor is not None:
        _send({"type": "progress", "done": done, "total": total, "left": left})
    else:
        rest = "" if left is None else f", about {left:.0f} s left"
        print(f"{done}{f' of {total}' if total else ''} done{rest}", file=sys.stderr)


def _plain(value: Any, name: str) -> Any:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else repr(float(value))
    if isinstance(value, list | tuple):
        return [_plain(item, name) for item in value]
    raise TypeError(f"log cannot show {name}: a {type(value).__name__} is no number, text or list of them")


def _send(event: dict[str, Any]) -> None:
    global _second, _sent, _dropped
    now = time.monotonic()
    if now - _second >= 1:
        _second, _sent = now, 0
    if _sent >= MAX_PER_SECOND:
        _dropped += 1
        return
    if _dropped:
        event = {**event, "dropped": _dropped}
    line = json.dumps(event).encode() + b"\n"
    if len(line) > MAX_EVENT:
        raise ValueError(f"an event is at most {MAX_EVENT} bytes; log fewer values")
    _sent, _dropped = _sent + 1, 0
    assert _descriptor is not None
    os.write(_descriptor, line)  # below PIPE_BUF's neighbourhood: one write, one line


def install(descriptor: int) -> None:
    """Sends events to a descriptor from now on and registers this module as `tutor.live`."""
    global _descriptor
    _descriptor = descriptor
    package = types.ModuleType("tutor")
    package.__path__ = []
    package.live = sys.modules[__name__]  # type: ignore[attr-defined]
    sys.modules["tutor"] = package
    sys.modules["tutor.live"] = sys.modules[__name__]
