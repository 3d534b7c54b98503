"""Logged values in plain lines: a curve as a small table and a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

ROWS = 6
"""How many rows a curve's table has at most: evenly spaced, first and last among them."""
FLAT = 0.02
"""A curve is flat from where it stays within this share of its range around its last value."""

Curve = list[tuple[int, float]]
Curves = dict[str, Curve]


class Recording:
    """The curves of a run, gathered while its events come."""

    def __init__(self) -> None:
        self.curves: Curves = {}
        """By name, in the order in which they began; also those of one point so far."""
        self.counts: dict[str, int] = {}
        """How many points were logged, also those that thinning left out."""
        self.dropped = 0
        """Events that were left out because there were too many in a second."""

    def add(self, event: dict[str, Any]) -> bool:
        """Takes in an event; says whether it held points of a curve."""
        self.dropped += event.get("dropped", 0)
        if event.get("type") == "curve":
            points = zip(event["steps"], map(float, event["values"]), strict=True)
            self.curves.setdefault(event["name"], []).extend(points)
            self.counts[event["name"]] = event["count"]
            return True
        if event.get("type") != "log" or not isinstance(step := event.get("step"), int):
            return False
        numbers = {name: value for name, value in event["values"].items() if _is_number(value)}
        for name, value in numbers.items():
            self.curves.setdefault(str(name), []).append((step, float(value)))
        return bool(numbers)

    def told(self) -> Iterator[str]:
        """What was left out, in sentences."""
        for name, count in self.counts.items():
            if count > (kept := len(self.curves[name])):
                yield f"{name}: of {count:,} points {kept:,} are kept, with the smallest and largest of each stretch"
        if self.dropped:
            yield f"{self.dropped:,} logged facts were followed by newer ones too quickly and are left out"


def recorded(events: Iterable[dict[str, Any]]) -> Recording:
    """The curves in a run's events."""
    recording = Recording()
    for event in events:
        recording.add(event)
    return recording


def curves(events: Iterable[dict[str, Any]]) -> Curves:
    """The numbers that were logged with a step, by name; what was logged once is no curve."""
    return {name: curve for name, curve in recorded(events).curves.items() if len(curve) > 1}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def curve_lines(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A table with a column for each curve, and a sentence for each."""
    recording = recorded(events)
    found = {name: curve for name, curve in recording.curves.items() if len(curve) > 1}
    if not found:
        return
    steps = sorted({step for curve in found.values() for step, _ in curve})
    last = len(steps) - 1
    shown = sorted({steps[round(i * last / (ROWS - 1))] for i in range(ROWS)})
    values = {name: dict(curve) for name, curve in found.items()}
    table = [["step", *found]]
    table += [[str(step), *(_text(values[name].get(step)) for name in found)] for step in shown]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    for name, curve in found.items():
        yield sentence(name, curve)
    yield from recording.told()


def sentence(name: str, curve: Curve) -> str:
    """`loss 2.31 -> 0.42 in 200 steps, flat from 150`, or `.., NaN from step 323`"""
    odd = hole(curve)
    finite = curve if odd is None else curve[: curve.index(odd)]
    if not finite:
        return f"{name} {_odd(curve[0][1])} from step {curve[0][0]}"
    (first, start), (last, end) = finite[0], finite[-1]
    told = f"{name} {_text(start)} -> {_text(end)} in {last - first} steps"
    if odd is not None:
        return f"{told}, {_odd(odd[1])} from step {odd[0]}"
    room = FLAT * (max(value for _, value in curve) - min(value for _, value in curve))
    flat = last
    for step, value in reversed(curve):
        if abs(end - value) > room:
            break
        flat = step
    # a curve that comes to rest only at its very end is not flat
    return f"{told}, flat from {flat}" if flat <= first + 0.9 * (last - first) else told


def hole(curve: Curve) -> tuple[int, float] | None:
    """The first point that is no number, or infinite."""
    return next((point for point in curve if not math.isfinite(point[1])), None)


def _odd(value: float) -> str:
    return "NaN" if math.isnan(value) else "infinite"


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
