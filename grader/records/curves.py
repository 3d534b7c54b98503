"""The curves of a run: gathered from what it logs, thinned, and said in a sentence. Standard library only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

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

    def summary(self) -> Iterator[str]:
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


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def thinned(curve: Curve, points: int) -> Curve:
    """At most `points` points of a curve: first and last, and of each stretch between the smallest and the largest."""
    if len(curve) <= points:
        return curve
    ranks = [math.inf if math.isnan(value) else value for _, value in curve]  # a NaN is not to be thinned out
    inner, stretches = range(1, len(curve) - 1), max(1, (points - 2) // 2)
    kept = [curve[0]]
    for number in range(stretches):
        stretch = inner[number * len(inner) // stretches : (number + 1) * len(inner) // stretches]
        ends = {min(stretch, key=ranks.__getitem__), max(stretch, key=ranks.__getitem__)}
        kept += [curve[place] for place in sorted(ends)]
    return [*kept, curve[-1]]


def sentence(name: str, curve: Curve) -> str:
    """`loss 2.31 -> 0.42 in 200 steps, flat from 150`, or `.., NaN from step 323`"""
    odd = hole(curve)
    finite = curve if odd is None else curve[: curve.index(odd)]
    if not finite:
        return f"{name} {_odd(curve[0][1])} from step {curve[0][0]}"
    (first, start), (last, end) = finite[0], finite[-1]
    told = f"{name} {number_text(start)} -> {number_text(end)} in {last - first} steps"
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


def number_text(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
