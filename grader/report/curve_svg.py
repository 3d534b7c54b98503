"""Logged curves as SVG: the learner's and the course's in one picture, with a scale and a title."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from grader.records.verdict import LoggedCurve

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 28, 28
Points = Sequence[tuple[int, float]]


def svg(curve: LoggedCurve) -> str:
    """The picture of a curve; empty where it has no two points that can be drawn."""
    own, reference = (
        [(step, value) for step, value in points if math.isfinite(value)]
        for points in (curve.points, curve.reference_points)
    )
    if len(own) < 2:
        return ""
    return "".join(_picture(curve.name, own, reference))


def _picture(name: str, own: Points, reference: Points) -> Iterator[str]:
    both = [*own, *reference]
    steps, values = [step for step, _ in both], [value for _, value in both]
    first, last, low, high = min(steps), max(steps), min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    last = max(last, first + 1)

    def place(point: tuple[int, float]) -> str:
        x = LEFT + (point[0] - first) / (last - first) * (WIDTH - LEFT - RIGHT)
        y = TOP + (high - point[1]) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return f"{x:.1f},{y:.1f}"

    title = escape(name)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">'
    yield f'<text x="{LEFT}" y="18" class="title">{title}</text>'
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    yield f'<path d="M{LEFT} {TOP}V{bottom}H{right}" class="axis"/>'
    yield f'<text x="{LEFT - 6}" y="{TOP + 4}" class="y">{high:.3g}</text>'
    yield f'<text x="{LEFT - 6}" y="{bottom}" class="y">{low:.3g}</text>'
    yield f'<text x="{LEFT}" y="{HEIGHT - 10}">{first}</text>'
    yield f'<text x="{right}" y="{HEIGHT - 10}" class="last">step {last}</text>'
    for points, kind in ((reference, "reference"), (own, "own")):
        if len(points) > 1:
            yield f'<polyline class="{kind}" points="{" ".join(map(place, points))}"/>'
    yield "</svg>"


STYLE = """
svg { max-width: 480px; width: 100%; display: block; font: 11px system-ui, sans-serif; }
svg text { fill: currentColor; }
svg .title { font-weight: 600; }
svg .y, svg .last { text-anchor: end; }
svg .axis { fill: none; stroke: currentColor; opacity: .4; }
svg polyline { fill: none; stroke: #2563eb; stroke-width: 1.5; }
svg .reference { stroke: #9ca3af; stroke-dasharray: 4 3; }
"""
