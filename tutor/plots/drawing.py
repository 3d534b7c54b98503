"""A figure as lines for a terminal: its panels side by side where there is room for them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from textual.content import Content

from grader.records.figure import Figure, Image, Note, Panel
from tutor.plots.axes_plot import AxesPlot, centred
from tutor.plots.figure_text import sentences
from tutor.plots.image_cells import TABLE, image_lines, table_lines
from tutor.plots.terminal_style import PLAIN, TerminalStyle

GAP = 2
SMALLEST_AXES, WIDEST, WIDEST_IMAGE = 34, 72, 28
"""Columns that axes have at least, where the figure has several, and at most; and that an image keeps where it can."""
FEW = 4
"""Images that are shown in their full size, below one another if need be."""

Block = list[Content]


def plot_figure(figure: Figure, width: int, style: TerminalStyle) -> Content:
    """The picture in at most `width` columns (20 and more)."""
    return Content("\n").join(lines(figure, width, style))


def lines(figure: Figure, width: int, style: TerminalStyle) -> Block:
    """The same line by line."""
    drawn: Block = []
    if figure.title:
        drawn.append(Content(figure.title).truncate(width, ellipsis=True))
    rows = list(_rows(figure.panels, width))
    columns = max([len(row) for row in rows] + [1])
    each = (width - GAP * (columns - 1)) // columns
    for row in rows:
        blocks = [_panel(panel, each, style) for panel in row]
        if drawn and any(panel.title for panel in row):
            drawn.append(Content(""))
        drawn += _beside(blocks, _widths(row, blocks, each))
    drawn += [Content(line) for note in figure.notes for line in textwrap.wrap(note, width)]
    return drawn or [Content("An empty figure.")]


def plain_lines(figure: Figure, width: int = 80) -> Iterator[str]:
    """The figure for plain lines: a picture in typewriter signs, and what it shows in sentences."""
    for line in lines(figure, width, PLAIN):
        yield line.plain.rstrip()
    yield from sentences(figure)


def _rows(panels: Sequence[Panel], width: int) -> Iterator[list[Panel]]:
    """The panels row by row, as the figure has them; rows that are too narrow for that are broken."""
    ordered = sorted(panels, key=lambda panel: (panel.row, panel.column))
    if not ordered:
        return
    columns = max(panel.column for panel in ordered) + 1
    full = max(_least(panel, False) for panel in ordered)
    small = max(_least(panel, len(ordered) > FEW) for panel in ordered)
    fitting = max(1, (width + GAP) // (full + GAP))
    if columns > fitting:
        fitting = min(columns, max(1, (width + GAP) // (small + GAP)))
    if columns > fitting:
        for start in range(0, len(ordered), fitting):
            yield ordered[start : start + fitting]
        return
    for number in sorted({panel.row for panel in ordered}):
        yield [panel for panel in ordered if panel.row == number]


def _least(panel: Panel, half: bool) -> int:
    """Columns that a panel needs; an image of many may have half of its size."""
    image = _only_image(panel)
    if image is None:
        return SMALLEST_AXES
    return max(min(image.width, WIDEST_IMAGE) // (2 if half else 1), min(len(panel.title), 12), 6)


def _only_image(panel: Panel) -> Image | None:
    """The image that is all there is in a panel, but for texts."""
    images = [layer for layer in panel.layers if isinstance(layer, Image)]
    others = [layer for layer in panel.layers if not isinstance(layer, Image | Note)]
    return images[0] if len(images) == 1 and not others else None


def _panel(panel: Panel, width: int, style: TerminalStyle) -> Block:
    image = _only_image(panel)
    if image is not None:
        body = _picture(panel, image, width, style)
    elif panel.layers:
        wide = min(width, WIDEST)
        body = AxesPlot(panel, wide, max(9, min(16, wide // 4)), style).lines()
    else:
        body = []
    widest = max([line.cell_length for line in body] + [1])
    title = [centred(panel.title, width if len(panel.title) > widest else widest)] if panel.title else []
    return title + body


def _picture(panel: Panel, image: Image, width: int, style: TerminalStyle) -> Block:
    rows = image.rows()
    if image.extent is not None and panel.y_limits is not None:
        _, _, bottom, top = image.extent
        if abs(top - panel.y_limits[1]) > abs(bottom - panel.y_limits[1]):
            rows = rows[::-1]
    notes = [layer for layer in panel.layers if isinstance(layer, Note)]
    drawn: Block = []
    if notes and image.extent is not None and max(image.width, image.height) <= TABLE:
        drawn = table_lines(image, image.rows(), notes, style)
    if not drawn or drawn[0].cell_length > width:
        drawn = image_lines(rows, width, style)
    labels = [f"{axis}: {text}" for axis, text in (("x", panel.x_label), ("y", panel.y_label)) if text]
    if image.mode == "rgb" and image.low is not None and image.high is not None:
        labels.append(f"{image.low:.3g} to {image.high:.3g}")
    return drawn + ([Content("   ".join(labels)).truncate(width, ellipsis=True)] if labels else [])


def _widths(row: Sequence[Panel], blocks: Sequence[Block], each: int) -> list[int]:
    """Images stand close together; axes take their share of the width."""
    if all(_only_image(panel) is not None for panel in row):
        return [max([line.cell_length for line in block] + [1]) for block in blocks]
    return [each] * len(row)


def _beside(blocks: Sequence[Block], widths: Sequence[int]) -> Iterator[Content]:
    for number in range(max(len(block) for block in blocks)):
        line = Content("")
        for place, (block, width) in enumerate(zip(blocks, widths, strict=True)):
            piece = block[number] if number < len(block) else Content("")
            line += piece
            if place < len(blocks) - 1:
                line += Content(" " * (width - piece.cell_length + GAP))
        yield line
