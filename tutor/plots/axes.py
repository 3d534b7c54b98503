"""The plane between two axes: where a value lies in it, from 0 to 1, and what of a line lies inside.

plotext is given these places only, so that no value of a learner's can be too large or too close for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Run = tuple[list[float], list[float]]


@dataclass(frozen=True)
class Axis:
    """One axis: its limits as they were asked for (the first is at the left or at the bottom)."""

    first: float
    last: float
    logarithmic: bool = False

    @property
    def down(self) -> bool:
        """Whether it runs from large to small."""
        return self.first > self.last

    @property
    def ends(self) -> tuple[float, float]:
        """Its limits, or their logarithms, the smaller one first and never the same."""
        low, high = sorted((self.first, self.last))
        if self.logarithmic:
            high = max(high, 1e-300)
            low, high = math.log10(low if low > 0 else high / 1000), math.log10(high)
        gap = max(max(abs(low), abs(high)) * 1e-9, 1e-290)
        return (low, high) if high - low > gap else (low - max(gap, 0.5), high + max(gap, 0.5))

    def place(self, value: float | None) -> float:
        """Where a value lies: 0 at the beginning of the axis, 1 at its end; NaN where it has no place."""
        if value is None or not math.isfinite(value) or (self.logarithmic and value <= 0):
            return math.nan
        low, high = self.ends
        at = math.log10(value) if self.logarithmic else value
        share = (at / 2 - low / 2) / (high / 2 - low / 2)  # halves, because the whole may be more than a float holds
        return 1 - share if self.down else share

    def ticks(self, count: int) -> tuple[list[float], list[str]]:
        """Places of round numbers, about `count` of them, and the numbers."""
        low, high = self.ends
        at = _round(low, high, count, self.logarithmic)
        values = [10**tick if self.logarithmic else tick for tick in at]
        return [self.place(value) for value in values], numbers(values)


@dataclass(frozen=True)
class Axes:
    """Two axes."""

    x: Axis
    y: Axis

    def points(self, xs: Iterable[float | None], ys: Iterable[float | None]) -> Run:
        """The places of the points that lie inside."""
        found: Run = ([], [])
        for x, y in zip(xs, ys, strict=True):
            a, b = self.x.place(x), self.y.place(y)
            if 0 <= a <= 1 and 0 <= b <= 1:
                found[0].append(a)
                found[1].append(b)
        return found

    def runs(self, xs: Sequence[float | None], ys: Sequence[float | None]) -> Iterator[Run]:
        """The pieces of a line that lie inside; it ends at a gap, and goes on after it."""
        run: Run = ([], [])
        before: tuple[float, float] | None = None
        for x, y in zip(xs, ys, strict=True):
            here = (self.x.place(x), self.y.place(y))
            if not math.isfinite(here[0] + here[1]):
                before = None
            elif before is not None and (inside := _inside(before, here)) is not None:
                start, end = inside
                if run[0] and (run[0][-1], run[1][-1]) != start:
                    yield run
                    run = ([], [])
                for point in (start, end) if not run[0] else (end,):
                    run[0].append(point[0])
                    run[1].append(point[1])
                before = here
                continue
            else:
                before = here
            if run[0]:
                yield run
                run = ([], [])
            if before is not None and _within(before):
                run = ([before[0]], [before[1]])
        if run[0]:
            yield run


def _within(point: tuple[float, float]) -> bool:
    return 0 <= point[0] <= 1 and 0 <= point[1] <= 1


def _inside(
    start: tuple[float, float], end: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The part of a segment in the unit square (Liang and Barsky, 1984), or None."""
    if _within(start) and _within(end):
        return start, end
    if max(map(abs, (*start, *end))) > 1e100:
        return None
    first, last = 0.0, 1.0
    for a, b in zip(start, end, strict=True):
        way = b - a
        for gap, room in ((-way, a), (way, 1 - a)):
            if gap == 0:
                if room < 0:
                    return None
            elif gap < 0:
                first = max(first, room / gap)
            else:
                last = min(last, room / gap)
    if first > last:
        return None

    def at(share: float) -> tuple[float, float]:
        x, y = (min(1.0, max(0.0, a + share * (b - a))) for a, b in zip(start, end, strict=True))
        return x, y

    return at(first), at(last)


def number(value: float, digits: int = 3) -> str:
    """A number at an axis."""
    return f"{value:.{digits}g}".replace("e+0", "e").replace("e-0", "e-")


def numbers(values: list[float]) -> list[str]:
    """Numbers at an axis, with as many digits as it takes to tell them apart."""
    told: list[str] = []
    for digits in range(3, 9):
        told = [number(value, digits) for value in values]
        if len(set(told)) == len(set(values)):
            break
    return told


def _round(low: float, high: float, count: int, log: bool) -> list[float]:
    """Round numbers between two; for logarithms whole ones, where there are two."""
    if log and math.floor(high) - math.ceil(low) >= 1:
        whole = range(math.ceil(low), math.floor(high) + 1)
        return [float(tick) for tick in whole[:: max(1, -(-len(whole) // count))]]
    if log and high - low > 0.3:
        powers = range(math.floor(low), math.ceil(high) + 1)
        fine = [power + math.log10(times) for power in powers for times in (1, 2, 5)]
        if len(within := [tick for tick in fine if low <= tick <= high]) > 1:
            return within
    rough = high / count - low / count
    if not 1e-300 < rough < 1e300:
        return [low, high]
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [times * power for times in (10, 5, 2.5, 2, 1, 0.5)]
    least = next(step for step in reversed(steps) if step >= rough)
    for step in steps[steps.index(least) :]:  # a finer one, where only one of its multiples lies between the two
        first = math.ceil(low / step - 1e-9)
        found = [tick * step for tick in range(first, first + count + 2) if tick * step <= high + 1e-9 * step]
        if len(found) > 1:
            return found
    return [low, high]
