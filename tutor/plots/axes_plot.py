"""A pair of axes in a terminal: what lies between them drawn by plotext, and a line that says which sign is what."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.text import Text
from textual.content import Content
from textual_plotext.plot import Plot

from grader.records.figure import Bars, Boxes, Image, Line, Note, Panel, Points, Regions, Rule
from tutor.plots.axes import Axes, Axis
from tutor.plots.image_cells import mean, shade
from tutor.plots.terminal_style import Rgb, TerminalStyle, rgb

WIDEST = 11
"""Columns of a box."""
BOX, MEDIAN = rgb("#4c86b0"), rgb("#ff7f0e")
CLASSES = 8
"""Colours of points that get a sign of their own; more are a scale."""


class AxesPlot:
    """Draws one panel."""

    def __init__(self, panel: Panel, width: int, height: int, style: TerminalStyle) -> None:
        self.panel, self.width, self.height, self.style = panel, max(20, width), max(6, height), style
        self.plot = new_plot(self.width, self.height)
        self.keys: list[tuple[str, str, Rgb]] = []
        """Sign, label and colour of what the legend names."""
        self.signs: dict[str, str] = {}
        self.axes = Axes(*self._axes())

    def lines(self) -> list[Content]:
        """The panel without its title."""
        for kinds in ((Regions, Image), (Bars, Boxes), (Line, Rule, Points), (Note,)):
            for layer in self.panel.layers:
                if isinstance(layer, kinds):
                    self._layer(layer)
        self._numbers()
        drawn = built(self.plot, self.style)
        labels = [f"{axis}: {text}" for axis, text in (("x", self.panel.x_label), ("y", self.panel.y_label)) if text]
        if labels:
            drawn.append(centred("   ".join(labels), self.width))
        return drawn + list(legend(self.keys, self.width, self.style))

    def _layer(self, layer: object) -> None:
        if isinstance(layer, Line):
            self._line(layer)
        elif isinstance(layer, Points):
            self._points(layer)
        elif isinstance(layer, Bars):
            self._bars(layer)
        elif isinstance(layer, Boxes):
            self._boxes(layer)
        elif isinstance(layer, Rule):
            self._rule(layer)
        elif isinstance(layer, Regions):
            self._regions(layer)
        elif isinstance(layer, Image):
            self._image(layer)
        elif isinstance(layer, Note):
            for x, y in zip(*self.axes.points([layer.x], [layer.y]), strict=True):
                self.plot.text(layer.text[: self.width // 2], x, y)

    # --- axes ---

    def _axes(self) -> tuple[Axis, Axis]:
        x = self.panel.x_limits or self._range(0)
        y = self.panel.y_limits or self._range(1)
        return Axis(*x, self.panel.x_log), Axis(*y, self.panel.y_log)

    def _range(self, axis: int) -> tuple[float, float]:
        values: list[float] = []
        for layer in self.panel.layers:
            if isinstance(layer, Line | Points):
                values += [value for value in (layer.x, layer.y)[axis] if value is not None]
            elif isinstance(layer, Image | Regions) and layer.extent:
                values += layer.extent[2 * axis : 2 * axis + 2]
        return (min(values), max(values)) if values else (0.0, 1.0)

    def _numbers(self) -> None:
        """Limits and numbers of both axes."""
        self.plot.xlim(0, 1)
        self.plot.ylim(0, 1)
        self.plot.yticks(*self.axes.y.ticks(max(2, self.height // (3 if self.panel.y_log else 4))))
        names = {name[:12]: self.axes.x.place(at) for name, at in self.panel.x_names.items()}
        if names := {name: at for name, at in names.items() if 0 <= at <= 1}:
            self.plot.xticks(list(names.values()), list(names))
        else:
            self.plot.xticks(*self.axes.x.ticks(max(2, self.width // 14)))

    # --- layers ---

    def _line(self, line: Line) -> None:
        sign = self._sign(line.colour + line.label)
        marker = self.style.line or sign
        colour = self.style.visible(rgb(line.colour))
        for x, y in self.axes.runs(line.x, line.y):
            if line.dashed and len(x) == 2:
                steps = [i / 40 for i in range(0, 41, 2)]
                self.plot.scatter(*[[a + (b - a) * s for s in steps] for a, b in (x, y)], marker=marker, color=colour)
            else:
                self.plot.plot(x, y, marker=marker, color=colour)
        if line.marked:
            self.plot.scatter(*self.axes.points(line.x, line.y), marker=sign, color=colour)
            marker = sign
        self._key(marker, line.label, colour)

    def _points(self, points: Points) -> None:
        colours = points.colours * (len(points.x) if len(points.colours) == 1 else 1)
        kinds = list(dict.fromkeys(colours))
        scale = len(kinds) > CLASSES
        groups: dict[str, tuple[list[float | None], list[float | None]]] = {}
        for x, y, colour in zip(points.x, points.y, colours, strict=True):
            group = groups.setdefault(_coarse(colour) if scale else colour, ([], []))
            group[0].append(x)
            group[1].append(y)
        single = len(groups) == 1
        for index, (colour, (xs, ys)) in enumerate(groups.items()):
            sign = self._sign(points.label if scale else colour + (points.label if single else ""))
            shown = self.style.visible(rgb(colour))
            self._scatter(*self.axes.points(xs, ys), sign, shown)
            if not index or not points.label:
                self._key(sign, points.label, shown)

    def _sign(self, what: str) -> str:
        """A sign for each class or series, in the order in which they come."""
        signs = self.style.markers
        return self.signs.setdefault(what, signs[len(self.signs) % len(signs)])

    def _rule(self, rule: Rule) -> None:
        colour = self.style.visible(rgb(rule.colour))
        marker = "braille" if self.style.line else ("-" if rule.axis == "y" else "|")
        at = (self.axes.x if rule.axis == "x" else self.axes.y).place(rule.at)
        if 0 <= at <= 1:
            ends = ([at, at], [0.0, 1.0])
            self.plot.plot(*(ends if rule.axis == "x" else ends[::-1]), marker=marker, color=colour)
        self._key("-" if self.style.ascii else "─", rule.label, colour)

    def _bars(self, bars: Bars) -> None:
        colour = self.style.visible(rgb(bars.colour))
        sign = "█" if self.style.colour else self.style.shades[-1 - len(self.signs) % 2]
        sign = self.signs.setdefault("bars" + bars.colour + bars.label, sign)
        xs: list[float] = []
        ys: list[float] = []
        for left, right, bottom, top in zip(bars.left, bars.right, bars.bottom, bars.top, strict=True):
            across = self._between(self.axes.x, left, right, self.width)
            for y in self._between(self.axes.y, bottom, top, 2 * self.height) if top != bottom else ():
                xs += across
                ys += [y] * len(across)
        self._scatter(xs, ys, sign, colour)
        self._key(sign, bars.label, colour)

    def _boxes(self, boxes: Boxes) -> None:
        """Each box a filled bar, its median across it, its whiskers a line."""
        box, median = self.style.visible(BOX), self.style.visible(MEDIAN)
        fill, across = ("█", "━") if self.style.colour else (self.style.shades[len(self.style.shades) // 2], "=")
        wide = max(1, min(WIDEST, round((self.width - 8) / max(1, len(boxes.at)) * 0.7)))
        for values in zip(boxes.at, boxes.low, boxes.first, boxes.median, boxes.third, boxes.high, strict=True):
            at, *places = self.axes.x.place(values[0]), *map(self.axes.y.place, values[1:])
            low, first, middle, third, high = places
            xs = [at + (i - (wide - 1) / 2) / self.width for i in range(wide)]
            for lower, upper in ((low, first), (third, high)):
                steps = self._between_places(lower, upper, self.height)
                self._scatter([at] * len(steps), steps, "│" if self.style.colour else "|", box)
            steps = self._between_places(first, third, 2 * self.height)
            self._scatter([x for _ in steps for x in xs], [y for y in steps for _ in xs], fill, box)
            self._scatter(xs, [middle] * len(xs), across, median)

    def _between(self, axis: Axis, low: float | None, high: float | None, count: int) -> list[float]:
        """Places between two values, `count` along the whole axis; a logarithmic axis has no zero to begin from."""
        ends = [axis.place(low), axis.place(high)]
        if axis.logarithmic and math.isnan(ends[0]):
            ends[0] = 0.0
        return self._between_places(ends[0], ends[1], count)

    def _between_places(self, low: float, high: float, count: int) -> list[float]:
        if not all(map(math.isfinite, (low, high))):
            return []
        first, last = max(0.0, min(low, high)), min(1.0, max(low, high))
        steps = max(1, math.ceil((last - first) * count))
        return [first + (i + 0.5) * (last - first) / steps for i in range(steps)] if first <= last else []

    def _scatter(self, xs: list[float], ys: list[float], sign: str, colour: Rgb) -> None:
        # what lies far outside, or nowhere, would end the plot
        inside = [(x, y) for x, y in zip(xs, ys, strict=True) if 0 <= x <= 1 and 0 <= y <= 1]
        if inside:
            self.plot.scatter(*map(list, zip(*inside, strict=True)), marker=sign, color=colour)

    def _regions(self, regions: Regions) -> None:
        count = len(regions.colours)
        signs = [shade(255 * (level + 0.5) / max(1, count), self.style) for level in range(count)]
        looks = {
            chr(97 + level): ("░" if self.style.colour else signs[level], self.style.visible(rgb(colour)))
            for level, colour in enumerate(regions.colours)
        }
        self._fill(regions.extent, [list(row) for row in regions.cells], looks)

    def _image(self, image: Image) -> None:
        if image.extent is None:
            return
        cells = [[_coarse("#{:02x}{:02x}{:02x}".format(*cell)) for cell in row] for row in image.rows()]
        looks = {
            colour: ("█" if self.style.colour else shade(mean([rgb(colour)]), self.style), rgb(colour))
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
        high, wide = len(cells), len(cells[0])
        left, right = self.axes.x.place(extent[0]), self.axes.x.place(extent[1])
        bottom, top = self.axes.y.place(extent[2]), self.axes.y.place(extent[3])
        if not all(map(math.isfinite, (left, right, bottom, top))) or left == right or bottom == top:
            return
        found: dict[str, tuple[list[float], list[float]]] = {}
        for y in ((j + 0.5) / (2 * self.height) for j in range(2 * self.height)):
            row = math.floor(max(-1.0, min(high, (y - top) / (bottom - top) * high)))
            for x in ((i + 0.5) / self.width for i in range(self.width if 0 <= row < high else 0)):
                column = math.floor(max(-1.0, min(wide, (x - left) / (right - left) * wide)))
                if 0 <= column < wide and (kind := cells[row][column]) in looks:
                    xs, ys = found.setdefault(kind, ([], []))
                    xs.append(x)
                    ys.append(y)
        for kind, (xs, ys) in found.items():
            if looks[kind][0] != " ":
                self._scatter(xs, ys, *looks[kind])

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


def built(plot: Plot, style: TerminalStyle) -> list[Content]:
    """A plot as lines."""
    text = Text.from_ansi(plot.build())
    if style.ascii:
        return [Content(line.rstrip().translate(_ASCII)) for line in text.plain.rstrip("\n").split("\n")]
    content = Content.from_rich_text(text)
    lines = (content if style.colour else content.without_spans).split("\n", allow_blank=True)
    while lines and not lines[-1].plain.strip():
        lines.pop()
    return lines


def centred(text: str, width: int) -> Content:
    """A text in the middle of so many columns, cut off where it is longer."""
    content = Content(text).truncate(width, ellipsis=True)
    return content.pad_left((width - content.cell_length) // 2)


_ASCII = str.maketrans("┌┐└┘├┤┬┴┼│─", "+++++++++|-")


def legend(keys: list[tuple[str, str, Rgb]], width: int, style: TerminalStyle) -> Iterator[Content]:
    """The signs and what they stand for, in as many lines as it takes."""
    line = Content("")
    for sign, label, colour in keys:
        key = Content.styled(sign, f"rgb({colour[0]},{colour[1]},{colour[2]})") if style.colour else Content(sign)
        entry = (key + Content(f" {label}")).truncate(width, ellipsis=True)
        if line.cell_length and line.cell_length + entry.cell_length + 3 > width:
            yield line
            line = Content("")
        line = line + Content("   ") + entry if line.cell_length else entry
    if line.cell_length:
        yield line


def _coarse(colour: str) -> str:
    """One of a few hundred colours."""
    return "#" + "".join(f"{min(255, (int(colour[i : i + 2], 16) // 43) * 51):02x}" for i in (1, 3, 5))
