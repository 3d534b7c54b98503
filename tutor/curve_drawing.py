"""Curves as lines for a terminal: several series, those of one quantity in one colour, and what each sign means."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from textual.content import Content
from textual_plotext.plot import Plot

from tutor.axes_plot import built, legend, new_plot, number, numbers, ticks
from tutor.curves import Curve, Curves, hole
from tutor.look import Look, Rgb

FAMILIES: tuple[Rgb, ...] = ((90, 170, 255), (255, 170, 60), (110, 210, 120), (230, 110, 200), (200, 200, 90))
"""A colour for each quantity: train/loss and val/loss are one."""
SECOND = ("val", "valid", "validation", "test", "eval", "dev")
"""What a name begins or ends with that is measured beside the training."""
DIM: Rgb = (120, 120, 120)


@dataclass(frozen=True)
class Scene:
    """What is drawn, and which part of it."""

    curves: Curves
    earlier: Sequence[Curves] = ()
    """Those of earlier runs, dimmed."""
    reference: Curves = field(default_factory=dict)
    """The course's own, over the learner's."""
    logarithmic: bool = False
    window: tuple[float, float] = (0.0, 1.0)
    """From where to where, as shares of all steps."""


def draw_curves(scene: Scene, width: int, height: int, look: Look) -> Content:
    """The curves in `width` columns and `height` lines, and below them what is what."""
    width, height = max(24, width), max(5, height)
    steps = [step for curves in _all(scene) for curve in curves.values() for step, _ in curve]
    if not steps:
        return Content("No curve yet.")
    if len(set(steps)) == 1:  # nothing to see in a picture
        said = [(name, curve) for curves in (scene.curves, scene.reference) for name, curve in curves.items()]
        return Content("\n").join([Content(f"step {steps[0]}: {_said(name, curve)}") for name, curve in said])
    first, last = min(steps), max(steps)
    low = first + scene.window[0] * (last - first)
    high = first + scene.window[1] * (last - first)
    if not high > low:
        low, high = low - 0.5, high + 0.5
    plot = new_plot(width, height)
    plot.xlim(low, high)
    shown: list[float] = []

    def values(curve: Curve) -> Iterator[tuple[list[float], list[float]]]:
        for x, y in _pieces(_within(curve, low, high), scene.logarithmic):
            x, y = _columns(x, y, low, high, width)
            shown.extend(y)
            yield x, y

    dim = "braille" if look.colour else ("." if look.ascii else "·")
    for curves in scene.earlier:
        for curve in curves.values():
            for x, y in values(curve):
                plot.plot(x, y, marker=dim, color=DIM)
    keys: list[tuple[str, str, Rgb]] = []
    for index, (name, curve) in enumerate(scene.curves.items()):
        colour = look.visible(_colour(name, list(scene.curves)))
        sign = _sign(name, index, look)
        for x, y in values(curve):
            if sign == "braille" or not look.colour:
                plot.plot(x, y, marker=sign, color=colour)
            else:  # beside the line of the training: a light line with signs on it
                plot.plot(x, y, marker="braille", color=_lighter(colour))
                plot.scatter(*_some(x, y, width // 6), marker=sign, color=_lighter(colour))
        line = sign == "braille"
        keys.append(("─" if line else sign, _said(name, curve), colour if line else _lighter(colour)))
    for name, curve in scene.reference.items():
        sign = "=" if look.ascii else "━"
        colour = look.visible(_colour(name, list(scene.curves or scene.reference)))
        for x, y in values(curve):
            plot.scatter(*_some(x, y, width // 2), marker=sign, color=_lighter(colour))
        keys.append((sign, f"the course's {_said(name, curve)}", _lighter(colour)))
    if scene.earlier:
        keys.append(("." if look.ascii else "·", "earlier runs", DIM))
    _scale(plot, shown, height, width, low, high, scene.logarithmic)
    return Content("\n").join([*built(plot, look), *legend(keys, width, look)])


def _all(scene: Scene) -> Iterator[Curves]:
    yield scene.curves
    yield from scene.earlier
    yield scene.reference


def family(name: str) -> tuple[str, bool]:
    """The quantity that a curve shows, and whether it is the one beside the training: `val/loss` is ("loss", True)."""
    words = name.replace(".", "/").replace("_", "/").split("/")
    for place in (0, -1):
        if len(words) > 1 and words[place].lower() in (*SECOND, "train", "training"):
            rest = words[1:] if place == 0 else words[:-1]
            return "/".join(rest), words[place].lower() in SECOND
    return name, False


def _colour(name: str, names: Sequence[str]) -> Rgb:
    quantities = list(dict.fromkeys(family(one)[0] for one in names))
    quantity = family(name)[0]
    place = quantities.index(quantity) if quantity in quantities else len(quantities)
    return FAMILIES[place % len(FAMILIES)]


def _sign(name: str, index: int, look: Look) -> str:
    if not look.colour:
        return look.markers[index % len(look.markers)]
    return look.markers[0] if family(name)[1] else "braille"


def _lighter(colour: Rgb) -> Rgb:
    red, green, blue = ((part + 255) // 2 for part in colour)
    return red, green, blue


def _said(name: str, curve: Curve) -> str:
    odd = hole(curve)
    finite = curve if odd is None else curve[: curve.index(odd)]
    last = f" {number(finite[-1][1])}" if finite else ""
    if odd is None:
        return f"{name}{last}"
    return f"{name}{last}, {'NaN' if math.isnan(odd[1]) else 'infinite'} from step {odd[0]}"


def _within(curve: Curve, low: float, high: float) -> Curve:
    """The points between two steps, with one more on each side so that the line goes on to the edge."""
    inside = [i for i, (step, _) in enumerate(curve) if low <= step <= high]
    if not inside:
        return []
    return curve[max(0, inside[0] - 1) : inside[-1] + 2]


def _pieces(curve: Curve, logarithmic: bool) -> Iterator[tuple[list[float], list[float]]]:
    """The stretches that can be drawn: a gap is where it is no number, not positive on a log scale, or begins anew."""
    x: list[float] = []
    y: list[float] = []
    for step, value in [*curve, (0, math.nan)]:
        if x and step < x[-1]:
            yield x, y
            x, y = [], []
        if math.isfinite(value) and abs(value) < 1e300 and (value > 0 or not logarithmic):
            x.append(float(step))
            y.append(math.log10(value) if logarithmic else value)
        elif x:
            yield x, y
            x, y = [], []


def _columns(x: list[float], y: list[float], low: float, high: float, count: int) -> tuple[list[float], list[float]]:
    """At most four points for each of `count` columns: first, smallest, largest, last."""
    if len(x) <= 4 * count:
        return x, y
    kept: list[int] = []
    start, width = 0, (high - low) / count
    while start < len(x):
        column = math.floor((x[start] - low) / width)
        end = start + 1
        while end < len(x) and math.floor((x[end] - low) / width) == column:
            end += 1
        stretch = range(start, end)
        kept += sorted({start, min(stretch, key=y.__getitem__), max(stretch, key=y.__getitem__), end - 1})
        start = end
    return [x[i] for i in kept], [y[i] for i in kept]


def _some(x: list[float], y: list[float], count: int) -> tuple[list[float], list[float]]:
    step = max(1, len(x) // max(1, count))
    return x[::step], y[::step]


def _scale(
    plot: Plot, values: list[float], height: int, width: int, low: float, high: float, logarithmic: bool
) -> None:
    """Limits and numbers of both axes."""
    bottom, top = (min(values), max(values)) if values else (0.0, 1.0)
    if not top > bottom:
        bottom, top = bottom - 0.5, top + 0.5
    plot.ylim(bottom, top)
    at = ticks(bottom, top, max(2, height // 4), logarithmic)
    plot.yticks(at, numbers([10**tick if logarithmic else tick for tick in at]))
    at = ticks(low, high, max(2, width // 14), False)
    plot.xticks(at, [f"{tick:.6g}" for tick in at])
