"""Curves as lines for a terminal: several series, those of one quantity in one colour, and what each sign means."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from textual.content import Content

from grader.records.curves import Curve, Curves, hole
from tutor.plots.axes import Axes, Axis, number
from tutor.plots.axes_plot import built, legend, new_plot
from tutor.plots.terminal_style import Rgb, TerminalStyle

FAMILIES: tuple[Rgb, ...] = ((90, 170, 255), (255, 170, 60), (110, 210, 120), (230, 110, 200), (200, 200, 90))
"""A colour for each quantity: train/loss and val/loss are one."""
SECOND = ("val", "valid", "validation", "test", "eval", "dev")
"""What a name begins or ends with that is measured beside the training."""
DIM: Rgb = (120, 120, 120)

ALONG = "   x: step"
"""What is told behind the curves, where the line has room for it."""


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


def plot_curves(scene: Scene, width: int, height: int, style: TerminalStyle) -> Content:
    """The curves in `width` columns and `height` lines, and below them what is what."""
    width, height = max(24, width), max(5, height)
    steps = [step for curves in _all(scene) for curve in curves.values() for step, _ in curve]
    if not steps:
        return Content("No curve yet.")
    if len(set(steps)) == 1:  # nothing to see in a picture
        said = [(name, curve) for curves in (scene.curves, scene.reference) for name, curve in curves.items()]
        return Content("\n").join([_single(steps[0], name, curve, width) for name, curve in said])
    first, last = min(steps), max(steps)
    low = first + scene.window[0] * (last - first)
    high = first + scene.window[1] * (last - first)
    if not high > low:
        low, high = low - 0.5, high + 0.5
    kept = {
        id(curve): _kept(curve, low, high, width, scene.logarithmic)
        for curves in _all(scene)
        for curve in curves.values()
    }
    points = [(x, y) for xs, ys in kept.values() for x, y in zip(xs, ys, strict=True)]
    values = [y for x, y in points if x is not None and y is not None and low <= x <= high]
    axes = Axes(Axis(low, high), Axis(*((min(values), max(values)) if values else (1.0, 2.0)), scene.logarithmic))
    plot = new_plot(width, height)

    dim = "braille" if style.colour else ("." if style.ascii else "·")
    for curves in scene.earlier:
        for curve in curves.values():
            for x, y in axes.runs(*kept[id(curve)]):
                plot.plot(x, y, marker=dim, color=DIM)
    keys: list[tuple[str, str, Rgb]] = []
    for index, (name, curve) in enumerate(scene.curves.items()):
        colour = style.visible(_colour(name, list(scene.curves)))
        pale = style.visible(_lighter(colour))
        sign = _sign(name, index, style)
        for x, y in axes.runs(*kept[id(curve)]):
            if sign == "braille" or not style.colour:
                plot.plot(x, y, marker=sign, color=colour)
            else:  # beside the line of the training: a light line with signs on it
                plot.plot(x, y, marker="braille", color=pale)
                plot.scatter(*_some(x, y, width // 6), marker=sign, color=pale)
        line = sign == "braille"
        keys.append(("─" if line else sign, _said(name, curve), colour if line else pale))
    for name, curve in scene.reference.items():
        sign = "=" if style.ascii else "━"
        pale = style.visible(_lighter(_colour(name, list(scene.curves or scene.reference))))
        for x, y in axes.runs(*kept[id(curve)]):
            plot.scatter(*_some(x, y, width // 2), marker=sign, color=pale)
        keys.append((sign, f"the course's {_said(name, curve)}", pale))
    if scene.earlier:
        keys.append(("." if style.ascii else "·", "earlier runs", DIM))
    plot.xlim(0, 1)
    plot.ylim(0, 1)
    plot.xticks(*axes.x.ticks(max(2, width // 14)))
    plot.yticks(*axes.y.ticks(max(2, height // (3 if scene.logarithmic else 4))))
    *above, below = legend(keys, width, style)
    if below.cell_length + len(ALONG) <= width:
        below += Content(ALONG)
    return Content("\n").join([*built(plot, style), *above, below])


def _single(step: int, name: str, curve: Curve, width: int) -> Content:
    return Content(f"step {step}: {_said(name, curve)}").truncate(width, ellipsis=True)


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


def _sign(name: str, index: int, style: TerminalStyle) -> str:
    if not style.colour:
        return style.markers[index % len(style.markers)]
    return style.markers[0] if family(name)[1] else "braille"


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


Kept = tuple[list[float | None], list[float | None]]


def _kept(curve: Curve, low: float, high: float, width: int, logarithmic: bool) -> Kept:
    """The points between two steps and one on each side; None is a gap. No more of them than can be seen."""
    inside = [i for i, (step, _) in enumerate(curve) if low <= step <= high]
    some = curve[max(0, inside[0] - 1) : inside[-1] + 2] if inside else []
    xs: list[float | None] = []
    ys: list[float | None] = []
    for piece in _pieces(some, logarithmic):
        if xs:
            xs.append(None)
            ys.append(None)
        if len(some) > 4 * width:
            piece = _columns(piece, low, high, width)
        xs += [float(step) for step, _ in piece]
        ys += [value for _, value in piece]
    return xs, ys


def _pieces(curve: Curve, logarithmic: bool) -> Iterator[Curve]:
    """The curve without gaps: where it is no number, not positive on a logarithmic scale, or begins anew."""
    piece: Curve = []
    for step, value in curve:
        odd = not math.isfinite(value) or abs(value) > 1e300 or (logarithmic and value <= 0)
        if piece and (odd or step < piece[-1][0]):
            yield piece
            piece = []
        if not odd:
            piece.append((step, value))
    if piece:
        yield piece


def _columns(piece: Curve, low: float, high: float, count: int) -> Curve:
    """The smallest and the largest point of each of `count` columns, in their order, and the curve's own ends."""
    kept: Curve = piece[:1]
    start, scale = 0, count / (high - low)
    while start < len(piece):
        column = math.floor((piece[start][0] - low) * scale)
        end = start + 1
        while end < len(piece) and math.floor((piece[end][0] - low) * scale) == column:
            end += 1
        stretch = range(start, end)
        least, most = (extreme(stretch, key=lambda i: piece[i][1]) for extreme in (min, max))
        kept += [piece[i] for i in sorted({least, most} - {0, len(piece) - 1})]
        start = end
    return kept + piece[-1:] if len(piece) > 1 else kept


def _some(x: list[float], y: list[float], count: int) -> tuple[list[float], list[float]]:
    step = max(1, len(x) // max(1, count))
    return x[::step], y[::step]
