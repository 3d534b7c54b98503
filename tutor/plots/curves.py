"""Logged values in plain lines: a curve as a small table and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from grader.records.curves import Curves, number_text, recorded, sentence

ROWS = 6
"""How many rows a curve's table has at most: evenly spaced, first and last among them."""


def curves(events: Iterable[dict[str, Any]]) -> Curves:
    """The numbers that were logged with a step, by name; what was logged once is no curve."""
    return {name: curve for name, curve in recorded(events).curves.items() if len(curve) > 1}


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
    table += [[str(step), *(number_text(values[name].get(step)) for name in found)] for step in shown]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    for name, curve in found.items():
        yield sentence(name, curve)
    yield from recording.summary()
