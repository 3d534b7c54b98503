"""Logged values in plain lines: a curve as a small table and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

ROWS = 6
"""How many rows a curve's table has at most: evenly spaced, first and last among them."""
FLAT = 0.02
"""A curve is flat from where it stays within this share of its range around its last value."""

Curve = list[tuple[int, float]]


def curves(events: Iterable[dict[str, Any]]) -> dict[str, Curve]:
    """The numbers that were logged with a step, by name; what was logged once is no curve."""
    found: dict[str, Curve] = {}
    for event in events:
        if event.get("type") == "curve":
            points = zip(event["steps"], map(float, event["values"]), strict=True)
            found.setdefault(event["name"], []).extend(points)
        elif event.get("type") == "log" and isinstance(step := event.get("step"), int):
            for name, value in event["values"].items():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found.setdefault(str(name), []).append((step, float(value)))
    return {name: curve for name, curve in found.items() if len(curve) > 1}


def curve_lines(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A table with a column for each curve, and a sentence for each."""
    found = curves(events)
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


def sentence(name: str, curve: Curve) -> str:
    """`loss 2.31 -> 0.42 in 200 steps, flat from 150`"""
    (first, start), (last, end) = curve[0], curve[-1]
    told = f"{name} {_text(start)} -> {_text(end)} in {last - first} steps"
    room = FLAT * (max(value for _, value in curve) - min(value for _, value in curve))
    flat = next(step for i, (step, _) in enumerate(curve) if all(abs(later - end) <= room for _, later in curve[i:]))
    # a curve that comes to rest only at its very end is not flat
    return f"{told}, flat from {flat}" if flat <= first + 0.9 * (last - first) else told


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
