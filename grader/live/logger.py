"""What learner code and demos stream while they run; inside the tutor it is imported as `tutor.live`.

Standard library only: the worker registers this module under that name before any of the learner's code runs.
Outside the tutor the same calls print plain lines. How events are bounded is in `stream`.
"""

from __future__ import annotations

import contextlib
import math
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import Any, TextIO, TypeVar

from grader.live.stream import MAX_NAME, Stream

T = TypeVar("T")

_stream: Stream | None = None
_held: tuple[Any, int] | None = None
"""A figure whose last picture has not been sent, and its key."""


def log(values: dict[str, Any], step: int | None = None) -> None:
    """Logs named values: `log({"train/loss": 0.3}, step=7)`.

    Values are numbers, booleans, short texts and (nested) lists of them. A tensor with one element becomes a
    number, another one a list. Numbers with a step are the points of curves; curves are thinned where they have
    very many, and keep their extremes. Without a step, or with other values, everything is kept as it is.
    Raises TypeError for a key that is no text or a value that cannot be shown.
    """
    stream = _stream
    if stream is not None and step.__class__ is int and values.__class__ is dict:
        curves = stream.curves
        for name, value in values.items():
            kind = value.__class__
            if (kind is not float and kind is not int) or name not in curves:
                break
        else:  # the way of nearly all calls of a training loop
            for name, value in values.items():
                curves[name].add(step, value)
            stream.tick()
            return
    _log(values, step)


def _log(values: dict[str, Any], step: int | None) -> None:
    if not isinstance(values, dict):
        raise TypeError("log takes a dict of names and values, such as log({'loss': 0.3}, step=7)")
    plain = {}
    for name, value in values.items():
        if not isinstance(name, str):
            raise TypeError(f"log takes names as text, not {name!r}")
        if len(name) > MAX_NAME:
            raise ValueError(f"a name is at most {MAX_NAME} characters long; {name[:20]!r}.. has {len(name)}")
        plain[name] = _plain(value, name)
    place = None if step is None else int(step)
    if _stream is None:
        before = "" if place is None else f"step {place}: "
        put(before + ", ".join(f"{name} {value}" for name, value in plain.items()))
    elif place is None or not plain or not all(_is_point(value) for value in plain.values()):
        _stream.fact(plain, place)
    else:
        for name, value in plain.items():
            _stream.curve(name).add(place, float(value) if isinstance(value, str) else value)
        _stream.tick()


def _is_point(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number or value in ("nan", "inf", "-inf")


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
    if _stream is not None:
        _stream.report({"type": "progress", "done": done, "total": total, "left": left})
    else:
        rest = "" if left is None else f", about {left:.0f} s left"
        put(f"{done}{f' of {total}' if total else ''} done{rest}", sys.stderr)


def show(drawing: Any, title: str | Sequence[str] = "", *, _key: int | None = None, _final: bool = True) -> None:
    """Shows a matplotlib figure, an image or a batch of images.

    drawing: a figure; or an array or tensor of shape (H, W), (1, H, W), (3, H, W), (H, W, 3), or a batch (n, H, W),
    (n, 1, H, W), (n, 3, H, W). title: one for all, or a list with one for each image.
    Raises TypeError and ValueError for what is neither.
    """
    global _held
    from grader.live import images, panels

    if _stream is not None and not _final and _key is not None and _stream.too_soon():
        _held = (drawing, _key)  # `plt.pause` in a loop; flush() sends the last one
        return
    if panels.is_figure(drawing):
        figure = panels.figure(drawing, title if isinstance(title, str) else ", ".join(title))
    else:
        figure = images.shown(drawing, title)
    if _key is not None:
        figure["key"] = _key % 100
        _held = None
    if _stream is None:
        printer(figure)
    else:
        _stream.figure(figure)


def put(line: str, stream: TextIO | None = None) -> None:
    """Prints a line outside the tutor; what the stream's encoding does not have is replaced."""
    stream = stream or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), file=stream)


def _say(figure: dict[str, Any]) -> None:
    """What is printed of a figure where nothing draws it."""
    named = [panel["title"] for panel in figure["panels"] if panel.get("title")]
    names = ", ".join(filter(None, [figure["title"], *named]))
    put(f"[figure{': ' + names if names else ''}]")


printer: Callable[[dict[str, Any]], None] = _say
"""Prints a figure outside the tutor; `tutor/live.py` puts one in its place that draws."""


def _plain(value: Any, name: str) -> Any:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > 10**308:
            raise ValueError(f"log cannot show {name}: a whole number of more than 308 digits")
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else repr(float(value))
    if isinstance(value, list | tuple):
        return [_plain(item, name) for item in value]
    raise TypeError(f"log cannot show {name}: a {type(value).__name__} is no number, text or list of them")


def flush() -> None:
    """Sends what waits to be sent; the worker does so after each step."""
    global _held
    if _stream is not None:
        if _held is not None:
            (drawing, key), _held = _held, None
            with contextlib.suppress(Exception):  # a figure's own code; the run is over
                show(drawing, _key=key)
        _stream.flush()


def install(descriptor: int) -> Stream:
    """Sends events to a descriptor from now on and registers this module as `tutor.live`."""
    global _stream
    _stream = Stream(descriptor)
    package = types.ModuleType("tutor")
    package.__path__ = []
    package.live = sys.modules[__name__]  # type: ignore[attr-defined]
    sys.modules["tutor"] = package
    sys.modules["tutor.live"] = sys.modules[__name__]
    return _stream
