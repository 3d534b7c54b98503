"""The boxes of matplotlib's `boxplot`, found among the lines that they are made of.

`boxplot` leaves no trace but its lines: a closed rectangle from quartile to quartile, the median across it, whiskers
from its ends, caps on them. Upright boxes are found; lying ones stay the lines that they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

MOST = 200


@dataclass(frozen=True)
class Box:
    """One box, in data coordinates."""

    left: float
    right: float
    first: float
    third: float

    def holds(self, x: float) -> bool:
        """Whether a line belongs to it that lies at x: its own middle, but for rounding."""
        return abs(2 * x - self.left - self.right) <= 1e-6 * (self.right - self.left)


def of(axes: Any) -> tuple[dict[str, Any] | None, set[int]]:
    """A layer of the upright boxes of a panel, None without one, and the ids of the artists that they are made of."""
    paths = [(one, _vertices(one, axes)) for one in [*axes.patches, *axes.lines]]
    drawn = [(one, points) for one, points in paths if points is not None]
    boxes = [(one, box) for one, points in drawn if (box := _box(points))][:MOST]
    layer: dict[str, Any] = {name: [] for name in ("at", "width", "low", "first", "median", "third", "high")}
    used: set[int] = set()
    for artist, box in boxes:
        median, low, high, parts = None, box.first, box.third, {id(artist)}
        for one, points in drawn:
            if id(one) in used or len(points) != 2:
                continue
            (x0, y0), (x1, y1) = points
            if not box.holds((x0 + x1) / 2):
                continue
            if y0 == y1 and (x0, x1) == (box.left, box.right) and box.first <= y0 <= box.third:
                median = y0
            elif x0 == x1 and y0 in (box.first, box.third):
                low, high = min(low, y1), max(high, y1)
            elif y0 != y1:
                continue
            parts.add(id(one))
        if median is None:
            continue
        used |= parts
        values = ((box.left + box.right) / 2, box.right - box.left, low, box.first, median, box.third, high)
        for name, value in zip(layer, values, strict=True):
            layer[name].append(float(value))
    return ({"kind": "boxes", **layer} if layer["at"] else None), used


def _vertices(artist: Any, axes: Any) -> list[tuple[float, float]] | None:
    """The corners of a line or a patch in data coordinates, where there are few."""
    from matplotlib import lines, patches

    pairs: Any
    if isinstance(artist, lines.Line2D):
        if artist.get_linestyle() in ("None", " ", "") or artist.get_transform() != axes.transData:
            return None
        pairs = zip(_few(artist.get_xdata(orig=False)), _few(artist.get_ydata(orig=False)), strict=True)
    elif isinstance(artist, patches.PathPatch):
        pairs = _few(artist.get_path().vertices)
    else:
        return None
    points = [(float(x), float(y)) for x, y in pairs]
    return points if len(points) <= 6 and all(isfinite(x) and isfinite(y) for x, y in points) else None


def _few(values: Any) -> Any:
    """No more of them than tell that there are too many for a box."""
    return values[:7]


def _box(points: list[tuple[float, float]]) -> Box | None:
    """A rectangle that is walked round once, and closed."""
    if len(points) not in (5, 6) or points[0] != points[4]:
        return None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[:4]
    upright = y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
    return Box(x0, x1, y0, y2) if upright and x0 < x1 and y0 <= y2 else None
