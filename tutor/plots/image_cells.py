"""Images in the cells of a terminal: half blocks in colour, shades without."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content, Span
from textual.style import Style

from grader.records.figure import Image, Note
from tutor.plots.terminal_style import Rgb, TerminalStyle

HALF = "▀"
TABLE = 12
"""Sides of an image up to which its values can stand in it as texts."""

Rows = Sequence[Sequence[Rgb]]


def image_lines(rows: Rows, width: int, terminal: TerminalStyle) -> list[Content]:
    """An image in at most `width` columns; a cell of the terminal holds two rows."""
    rows = _fitted(rows, width)
    if len(rows) % 2:
        rows = [*rows, rows[-1]]
    pairs = list(zip(rows[::2], rows[1::2], strict=True))
    if not terminal.colour:
        return [Content("".join(shade(mean([a, b]), terminal) for a, b in zip(*pair, strict=True))) for pair in pairs]
    return [_halves(upper, lower) for upper, lower in pairs]


def _halves(upper: Sequence[Rgb], lower: Sequence[Rgb]) -> Content:
    spans: list[Span] = []
    for place, (a, b) in enumerate(zip(upper, lower, strict=True)):
        style = Style.parse(f"{_hex(a)} on {_hex(b)}")
        if spans and spans[-1].style == style:
            spans[-1] = Span(spans[-1].start, place + 1, style)
        else:
            spans.append(Span(place, place + 1, style))
    return Content(HALF * len(upper), spans)


def table_lines(image: Image, rows: Rows, notes: Sequence[Note], terminal: TerminalStyle) -> list[Content]:
    """A small image with texts in its cells, such as a confusion matrix."""
    assert image.extent is not None
    left, right, bottom, top = image.extent
    texts: dict[tuple[int, int], str] = {}
    for note in notes:
        across, along = (note.x - left) / ((right - left) or 1), (note.y - top) / ((bottom - top) or 1)
        if 0 <= across < 1 and 0 <= along < 1:
            texts[int(along * image.height), int(across * image.width)] = note.text
    wide = max([len(text) for text in texts.values()] + [2]) + 2
    drawn = [Content("   " + "".join(str(column).center(wide) for column in range(image.width)))]
    for number, row in enumerate(rows):
        shown = Content(f"{number:>2} ")
        for column, cell in enumerate(row):
            text = texts.get((number, column), "").center(wide)
            if terminal.colour:
                ink = "#000000" if mean([cell]) > 127 else "#ffffff"
                shown += Content.styled(text, f"{ink} on {_hex(cell)}")
            else:
                shown += Content(text.replace(" ", shade(mean([cell]), terminal)) if not text.strip() else text)
        drawn.append(shown)
    return drawn


def shade(brightness: float, terminal: TerminalStyle) -> str:
    """The sign for a brightness from 0 to 255."""
    return terminal.shades[min(len(terminal.shades) - 1, int(brightness / 256 * len(terminal.shades)))]


def mean(cells: Sequence[Rgb]) -> float:
    """The brightness of some cells together."""
    return sum(299 * red + 587 * green + 114 * blue for red, green, blue in cells) / 1000 / len(cells)


def _fitted(rows: Rows, width: int) -> Rows:
    """A small image larger, so that it can be seen; one too wide smaller, by means."""
    wide, high = len(rows[0]), len(rows)
    if wide > width:
        step = -(-wide // width)
        return [
            [_mean([cell for line in rows[y : y + step] for cell in line[x : x + step]]) for x in range(0, wide, step)]
            for y in range(0, high, step)
        ]
    times = max(1, min(width, 24) // wide)
    return [[cell for cell in row for _ in range(times)] for row in rows for _ in range(times)]


def _mean(cells: Sequence[Rgb]) -> Rgb:
    red, green, blue = (sum(part) // len(cells) for part in zip(*cells, strict=True))
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
