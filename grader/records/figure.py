"""A figure as plain data: what a run has drawn, on its way from the worker to whoever shows it.

The worker is not trusted, so that these records say how large everything may be; what does not fit is no figure.
Numbers are finite, or None where a curve has a gap.
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

import msgspec

from grader.records.printable import clean

MAX_FIGURE = 256 << 10
"""Bytes of a figure's line of JSON."""
MAX_SIDE = 64
"""Cells along a side of an image; larger images are scaled down to it."""
MAX_PANELS = 100
MAX_LAYERS = 160
"""Things in a panel: a confusion matrix of ten classes has a hundred numbers and an image."""
MAX_POINTS = 5000

Text = Annotated[str, msgspec.Meta(max_length=200)]
Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$", max_length=7)]
Number = Annotated[float, msgspec.Meta(ge=-1e300, le=1e300)]
Numbers = Annotated[list[Number | None], msgspec.Meta(max_length=MAX_POINTS)]
Side = Annotated[int, msgspec.Meta(ge=1, le=MAX_SIDE)]
Place = Annotated[int, msgspec.Meta(ge=0, le=MAX_PANELS - 1)]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a figure."""


class Line(Record, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """Points that are joined, in data coordinates."""

    x: Numbers
    y: Numbers
    colour: Colour = "#888888"
    label: Text = ""
    dashed: bool = False
    marked: bool = False
    """Whether each point has a marker."""


class Points(Record, frozen=True, kw_only=True, tag_field="kind", tag="points"):
    """Points by themselves, with a colour each or one for all."""

    x: Numbers
    y: Numbers
    colours: Annotated[list[Colour], msgspec.Meta(min_length=1, max_length=MAX_POINTS)]
    label: Text = ""


class Bars(Record, frozen=True, kw_only=True, tag_field="kind", tag="bars"):
    """Rectangles from (left, bottom) to (right, top)."""

    left: Numbers
    right: Numbers
    bottom: Numbers
    top: Numbers
    colour: Colour = "#888888"
    label: Text = ""


class Boxes(Record, frozen=True, kw_only=True, tag_field="kind", tag="boxes"):
    """Box plots side by side: at x, from quartile to quartile, with whiskers from `low` to `high`."""

    at: Numbers
    width: Numbers
    low: Numbers
    first: Numbers
    median: Numbers
    third: Numbers
    high: Numbers


class Rule(Record, frozen=True, kw_only=True, tag_field="kind", tag="rule"):
    """A straight line across the panel, at one value of x or of y."""

    axis: Literal["x", "y"]
    at: Number
    colour: Colour = "#888888"
    label: Text = ""


class Image(Record, frozen=True, kw_only=True, tag_field="kind", tag="image"):
    """Cells row by row from the top, one byte each (grey) or three (rgb), in base64."""

    width: Side
    height: Side
    mode: Literal["grey", "rgb"]
    cells: Annotated[str, msgspec.Meta(max_length=4 * MAX_SIDE * MAX_SIDE + 4)]
    extent: tuple[Number, Number, Number, Number] | None = None
    """Left, right, bottom and top in data coordinates, where it has axes."""
    of: Annotated[str, msgspec.Meta(max_length=40)] = ""
    """The size before it was scaled down, such as "224 x 224"."""
    low: Number | None = None
    high: Number | None = None
    """The values that black and white stand for."""

    def rows(self) -> list[list[tuple[int, int, int]]]:
        """The cells as red, green and blue from 0 to 255."""
        data = base64.b64decode(self.cells)
        size = 1 if self.mode == "grey" else 3
        cells = [data[i : i + size] for i in range(0, len(data), size)]
        triples = [(c[0], c[0], c[0]) if size == 1 else (c[0], c[1], c[2]) for c in cells]
        return [triples[row * self.width : (row + 1) * self.width] for row in range(self.height)]


class Regions(Record, frozen=True, kw_only=True, tag_field="kind", tag="regions"):
    """A filled contour: cells row by row from the top, each the number of its level as a letter from "a" on."""

    width: Side
    height: Side
    cells: Annotated[
        list[Annotated[str, msgspec.Meta(pattern="^[a-z.]*$", max_length=MAX_SIDE)]], msgspec.Meta(max_length=MAX_SIDE)
    ]
    extent: tuple[Number, Number, Number, Number]
    levels: Annotated[list[Number], msgspec.Meta(max_length=27)]
    colours: Annotated[list[Colour], msgspec.Meta(max_length=26)]


class Note(Record, frozen=True, kw_only=True, tag_field="kind", tag="note"):
    """A text at a place in data coordinates."""

    x: Number
    y: Number
    text: Text


Layer = Line | Points | Bars | Boxes | Rule | Image | Regions | Note


class Panel(Record, frozen=True, kw_only=True):
    """One pair of axes."""

    row: Place = 0
    column: Place = 0
    title: Text = ""
    x_label: Text = ""
    y_label: Text = ""
    x_limits: tuple[Number, Number] | None = None
    y_limits: tuple[Number, Number] | None = None
    x_log: bool = False
    y_log: bool = False
    x_names: Annotated[dict[Text, Number], msgspec.Meta(max_length=40)] = {}
    """Names that stand at the x-axis in place of numbers."""
    axes: bool = True
    legend: bool = False
    layers: Annotated[list[Layer], msgspec.Meta(max_length=MAX_LAYERS)] = []


class Figure(Record, frozen=True, kw_only=True):
    """What one call of `show` draws."""

    title: Text = ""
    key: Place | None = None
    """A later figure of the same key takes this one's place."""
    panels: Annotated[list[Panel], msgspec.Meta(max_length=MAX_PANELS)] = []
    notes: Annotated[list[Text], msgspec.Meta(max_length=10)] = []
    """What could not be drawn, in sentences."""


class FigureError(ValueError):
    """This is no figure."""


def parse(data: Any) -> Figure:
    """A figure from plain data of anyone. Its texts are safe to print. Raises FigureError."""
    try:
        figure = msgspec.convert(_cleaned(data), Figure)
    except (msgspec.ValidationError, RecursionError, ValueError, OverflowError) as error:
        raise FigureError(str(error)) from None
    for panel in figure.panels:
        for layer in panel.layers:
            _check(layer)
    return figure


def _cleaned(data: Any) -> Any:
    if isinstance(data, str):
        return clean(data).replace("\n", " ").replace("\t", " ")
    if isinstance(data, list):
        if data and isinstance(data[0], int | float):
            return data  # numbers only, or no figure: where a list may begin with a number, it holds no texts
        return [_cleaned(item) for item in data]
    if isinstance(data, dict):
        return {_cleaned(name): _cleaned(value) for name, value in data.items()}
    return data


def _check(layer: Layer) -> None:
    """Raises FigureError where the lengths of a layer do not fit together."""
    if isinstance(layer, Line):
        fits = len(layer.x) == len(layer.y)
    elif isinstance(layer, Points):
        fits = len(layer.x) == len(layer.y) and len(layer.colours) in (1, len(layer.x))
    elif isinstance(layer, Bars):
        fits = len(layer.left) == len(layer.right) == len(layer.bottom) == len(layer.top)
    elif isinstance(layer, Boxes):
        fits = len({len(getattr(layer, name)) for name in layer.__struct_fields__}) == 1
    elif isinstance(layer, Image):
        size = layer.width * layer.height * (1 if layer.mode == "grey" else 3)
        try:
            fits = len(base64.b64decode(layer.cells, validate=True)) == size
        except ValueError:
            fits = False
    elif isinstance(layer, Regions):
        fits = len(layer.cells) == layer.height and all(len(row) == layer.width for row in layer.cells)
        fits = fits and all(ord(c) - 97 < len(layer.colours) for row in layer.cells for c in row if c != ".")
    else:
        fits = True
    if not fits:
        raise FigureError("the lengths of a layer do not fit together")
