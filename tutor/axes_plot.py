"""A pair of axes in a terminal: what lies between them drawn by plotext, and a line that says which sign is what."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.text import Text
from textual.content import Content
from textual_plotext.plot import Plot

from grader.figure import Bars, Image, Line, Note, Panel, Points, Regions, Rule
from tutor.cells import mean, shade
from tutor.look import Look, Rgb, rgb

CLASSES = 8
"""Colours of points that get a sign of their own; more are a scale."""


class AxesPlot:
    """Draws one panel."""

    def __init__(self, panel: Panel, width: int, height: int, look: Look) -> None:
        self.panel, self.width, self.height, self.look = panel, max(20, width), max(6, height), look
        self.plot = new_plot(self.width, self.height)
        self.keys: list[tuple[str, str, Rgb]] = []
        """Sign, label and colour of what the legend names."""
        self.signs: dict[str, str] = {}
        self.x_limits, self.y_limits = self._limits()

    def lines(self) -> list[Content]:
        """The panel without its title."""
        for kinds in ((Regions, Image), (Bars,), (Line, Rule, Points), (Note,)):
            for layer in self.panel.layers:
                if isinstance(layer, kinds):
                    self._layer(layer)
        self._axes()
        drawn = built(self.plot, self.look)
        labels = [f"{axis}: {text}" for axis, text in (("x", self.panel.x_label), ("y", self.panel.y_label)) if text]
        if labels:
            drawn.append(Content("   ".join(labels)).center(self.width, ellipsis=True))
        return drawn + list(legend(self.keys, self.width, self.look))

    def _layer(self, layer: object) -> None:
        if isinstance(layer, Line):
            self._line(layer)
        elif isinstance(layer, Points):
            self._points(layer)
        elif isinstance(layer, Bars):
            self._bars(layer)
        elif isinstance(layer, Rule):
            self._rule(layer)
        elif isinstance(layer, Regions):
            self._regions(layer)
        elif isinstance(layer, Image):
            self._image(layer)
        elif isinstance(layer, Note):
            self.plot.text(layer.text, *self._placed(layer.x, layer.y))

    # --- limits and scales ---

    def _limits(self) -> tuple[tuple[float, float], tuple[float, float]]:
        found = []
        for axis, given, log in (
            (0, self.panel.x_limits, self.panel.x_log),
            (1, self.panel.y_limits, self.panel.y_log),
        ):
            low, high = given or self._range(axis)
            values = sorted((low, high))
            if log and values[0] <= 0:
                values = [1e-3, max(1.0, values[1])]
            if not values[1] > values[0] or not math.isfinite(values[1] - values[0]):
                values = [values[0] - 0.5, values[0] + 0.5]
            found.append((values[0], values[1]))
        return found[0], found[1]

    def _range(self, axis: int) -> tuple[float, float]:
        values: list[float] = []
        for layer in self.panel.layers:
            if isinstance(layer, Line | Points):
                values += [value for value in (layer.x, layer.y)[axis] if value is not None]
            elif isinstance(layer, Image | Regions) and layer.extent:
                values += layer.extent[2 * axis : 2 * axis + 2]
        return (min(values), max(values)) if values else (0.0, 1.0)

    def _placed(self, x: float, y: float) -> tuple[float, float]:
        """A place in the plot's own coordinates: logarithms are taken here, and axes that run down are turned."""
        return self._one(x, 0), self._one(y, 1)

    def _one(self, value: float, axis: int) -> float:
        log = self.panel.y_log if axis else self.panel.x_log
        if log:
            value = math.log10(value) if value > 0 else math.nan
        return -value if self._down(axis) else value

    def _down(self, axis: int) -> bool:
        limits = self.panel.y_limits if axis else self.panel.x_limits
        return limits is not None and limits[0] > limits[1]

    def _axes(self) -> None:
        for axis, limits in enumerate((self.x_limits, self.y_limits)):
            low, high = sorted(self._one(value, axis) for value in limits)
            (self.plot.ylim if axis else self.plot.xlim)(low, high)
            log = self.panel.y_log if axis else self.panel.x_log
            names = {} if axis else self.panel.x_names
            if names:
                places = [self._one(place, axis) for place in names.values()]
                self.plot.xticks(places, [name[:12] for name in names])
                continue
            count = max(2, self.height // 4) if axis else max(2, self.width // 14)
            at = ticks(low, high, count, log)
            labels = numbers([10**tick if log else -tick if self._down(axis) else tick for tick in at])
            (self.plot.yticks if axis else self.plot.xticks)(at, labels)

    # --- layers ---

    def _line(self, line: Line) -> None:
        sign = self._sign(line.colour + line.label)
        marker = self.look.line or sign
        colour = self.look.visible(rgb(line.colour))
        for x, y in self._runs(line.x, line.y):
            if line.dashed and len(x) == 2:
                steps = [i / 40 for i in range(0, 41, 2)]
                dashed = [[a + (b - a) * s for s in steps] for a, b in (x, y)]
                self.plot.scatter(*dashed, marker=marker, color=colour)
            else:
                self.plot.plot(x, y, marker=marker, color=colour)
            if line.marked:
                self.plot.scatter(x, y, marker=sign, color=colour)
        if line.marked:
            marker = sign
        self._key(marker, line.label, colour)

    def _runs(self, xs: list[float | None], ys: list[float | None]) -> Iterator[tuple[list[float], list[float]]]:
        """The pieces of a line between its gaps."""
        x: list[float] = []
        y: list[float] = []
        for a, b in [*zip(xs, ys, strict=True), (None, None)]:
            placed = (math.nan, math.nan) if a is None or b is None else self._placed(a, b)
            if math.isfinite(placed[0]) and math.isfinite(placed[1]):
                x.append(placed[0])
                y.append(placed[1])
            elif x:
                yield x, y
                x, y = [], []

    def _points(self, points: Points) -> None:
        colours = points.colours * (len(points.x) if len(points.colours) == 1 else 1)
        kinds = list(dict.fromkeys(colours))
        scale = len(kinds) > CLASSES
        groups: dict[str, tuple[list[float], list[float]]] = {}
        for x, y, colour in zip(points.x, points.y, colours, strict=True):
            if x is None or y is None:
                continue
            placed = self._placed(x, y)
            if not math.isfinite(sum(placed)):
                continue
            group = groups.setdefault(_coarse(colour) if scale else colour, ([], []))
            group[0].append(placed[0])
            group[1].append(placed[1])
        single = len(groups) == 1
        for index, (colour, (xs, ys)) in enumerate(groups.items()):
            sign = self._sign(points.label if scale else colour + (points.label if single else ""))
            shown = self.look.visible(rgb(colour))
            self.plot.scatter(xs, ys, marker=sign, color=shown)
            if not index or not points.label:
                self._key(sign, points.label, shown)

    def _sign(self, what: str) -> str:
        """A sign for each class or series, in the order in which they come."""
        signs = self.look.markers
        return self.signs.setdefault(what, signs[len(self.signs) % len(signs)])

    def _rule(self, rule: Rule) -> None:
        colour = self.look.visible(rgb(rule.colour))
        marker = "braille" if self.look.line else ("-" if rule.axis == "y" else "|")
        limits = self.y_limits if rule.axis == "x" else self.x_limits
        pairs = [(rule.at, end) if rule.axis == "x" else (end, rule.at) for end in limits]
        (x1, y1), (x2, y2) = (self._placed(*pair) for pair in pairs)
        if all(math.isfinite(value) for value in (x1, y1, x2, y2)):
            self.plot.plot([x1, x2], [y1, y2], marker=marker, color=colour)
            self._key("-" if self.look.ascii else "─", rule.label, colour)

    def _bars(self, bars: Bars) -> None:
        colour = self.look.visible(rgb(bars.colour))
        sign = "█" if self.look.colour else self.look.shades[-1 - len(self.signs) % 2]
        sign = self.signs.setdefault("bars" + bars.colour + bars.label, sign)
        x_step = (self.x_limits[1] - self.x_limits[0]) / self.width
        y_step = (self.y_limits[1] - self.y_limits[0]) / (2 * self.height)
        xs: list[float] = []
        ys: list[float] = []
        for left, right, bottom, top in zip(bars.left, bars.right, bars.bottom, bars.top, strict=True):
            if left is None or right is None or bottom is None or top is None or top == bottom:
                continue
            for x in _between(left, right, x_step, self.x_limits):
                for y in _between(bottom, top, y_step, self.y_limits):
                    placed = self._placed(x, y)
                    if math.isfinite(sum(placed)):
                        xs.append(placed[0])
                        ys.append(placed[1])
        if xs:
            self.plot.scatter(xs, ys, marker=sign, color=colour)
        self._key(sign, bars.label, colour)

    def _regions(self, regions: Regions) -> None:
        count = len(regions.colours)
        signs = [shade(255 * (level + 0.5) / max(1, count), self.look) for level in range(count)]
        looks = {
            chr(97 + level): ("░" if self.look.colour else signs[level], self.look.visible(rgb(colour)))
            for level, colour in enumerate(regions.colours)
        }
        self._fill(regions.extent, [list(row) for row in regions.cells], looks)

    def _image(self, image: Image) -> None:
        if image.extent is None:
            return
        cells = [[_coarse("#{:02x}{:02x}{:02x}".format(*cell)) for cell in row] for row in image.rows()]
        looks = {
            colour: ("█" if self.look.colour else shade(mean([rgb(colour)]), self.look), rgb(colour))
            for row in cells
            for colour in row
        }
        self._fill(image.extent, cells, looks)

    def _fill(
        self,
        extent: tuple[float, float, float, float],
        cells: list[list[str]],
        looks: dict[str, tuple[str, Rgb]],
    ) -> None:
        """Fills the cells of an image, each of some kind that looks the same, as finely as the terminal shows."""
        left, right, bottom, top = extent
        high, wide = len(cells), len(cells[0])
        found: dict[str, tuple[list[float], list[float]]] = {}
        for j in range(2 * self.height):
            y = self.y_limits[0] + (j + 0.5) / (2 * self.height) * (self.y_limits[1] - self.y_limits[0])
            row = math.floor((y - top) / ((bottom - top) or 1) * high)
            for i in range(self.width if 0 <= row < high else 0):
                x = self.x_limits[0] + (i + 0.5) / self.width * (self.x_limits[1] - self.x_limits[0])
                column = math.floor((x - left) / ((right - left) or 1) * wide)
                if 0 <= column < wide and (kind := cells[row][column]) in looks:
                    placed = self._placed(x, y)
                    xs, ys = found.setdefault(kind, ([], []))
                    xs.append(placed[0])
                    ys.append(placed[1])
        for kind, (xs, ys) in found.items():
            sign, colour = looks[kind]
            if sign != " ":
                self.plot.scatter(xs, ys, marker=sign, color=colour)

    def _key(self, sign: str, label: str, colour: Rgb) -> None:
        if label and self.panel.legend and label not in [one for _, one, _ in self.keys]:
            self.keys.append(("─" if sign == "braille" else sign, label, colour))


def new_plot(width: int, height: int) -> Plot:
    """A plot of plotext's without colours of its own, of any size."""
    plot = Plot()
    plot.plotsize(width, height)
    plot._set_size(width, height)  # else it is held to the terminal's size
    for paint in (plot.canvas_color, plot.axes_color, plot.ticks_color):
        paint("default")
    return plot


def built(plot: Plot, look: Look) -> list[Content]:
    """A plot as lines."""
    text = Text.from_ansi(plot.build())
    if look.ascii:
        return [Content(line.rstrip().translate(_ASCII)) for line in text.plain.rstrip("\n").split("\n")]
    content = Content.from_rich_text(text)
    lines = (content if look.colour else content.without_spans).split("\n", allow_blank=True)
    while lines and not lines[-1].plain.strip():
        lines.pop()
    return lines


_ASCII = str.maketrans("┌┐└┘├┤┬┴┼│─", "+++++++++|-")


def legend(keys: list[tuple[str, str, Rgb]], width: int, look: Look) -> Iterator[Content]:
    """The signs and what they stand for, in as many lines as it takes."""
    line = Content("")
    for sign, label, colour in keys:
        key = Content.styled(sign, f"rgb({colour[0]},{colour[1]},{colour[2]})") if look.colour else Content(sign)
        entry = key + Content(f" {label}")
        if line.cell_length and line.cell_length + entry.cell_length + 3 > width:
            yield line
            line = Content("")
        line = line + Content("   ") + entry if line.cell_length else entry
    if line.cell_length:
        yield line


def number(value: float, digits: int = 3) -> str:
    """A number at an axis."""
    return f"{value:.{digits}g}".replace("e+0", "e").replace("e-0", "e-")


def numbers(values: list[float]) -> list[str]:
    """Numbers at an axis, with as many digits as it takes to tell them apart."""
    for digits in range(3, 9):
        told = [number(value, digits) for value in values]
        if len(set(told)) == len(set(values)):
            return told
    return told


def ticks(low: float, high: float, count: int, log: bool) -> list[float]:
    """Round numbers between two, about `count` of them; for a logarithm whole ones, where there are two."""
    if log and math.floor(high) - math.ceil(low) >= 1:
        whole = range(math.ceil(low), math.floor(high) + 1)
        return [float(tick) for tick in whole[:: max(1, -(-len(whole) // count))]]
    if log:
        powers = range(math.floor(low), math.ceil(high) + 1)
        fine = [power + math.log10(times) for power in powers for times in (1, 2, 5)]
        if len(within := [tick for tick in fine if low <= tick <= high]) > 1:
            return within
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    step = next((times * power for times in (1, 2, 2.5, 5) if times * power >= rough), 10 * power)
    first = math.ceil(low / step - 1e-9)
    found = [tick * step for tick in range(first, first + count + 2) if tick * step <= high + 1e-9 * step]
    return found or [low, high]


def _between(low: float, high: float, step: float, limits: tuple[float, float]) -> Iterator[float]:
    low, high = max(min(low, high), limits[0]), min(max(low, high), limits[1])
    if high < low or step <= 0:
        return
    count = max(1, math.ceil((high - low) / step))
    for i in range(min(count, 500)):
        yield low + (i + 0.5) * (high - low) / count


def _coarse(colour: str) -> str:
    """One of a few hundred colours."""
    return "#" + "".join(f"{min(255, (int(colour[i : i + 2], 16) // 43) * 51):02x}" for i in (1, 3, 5))
