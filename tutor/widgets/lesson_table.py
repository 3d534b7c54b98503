"""Tables of lessons: cells are wrapped between words; where columns do not fit, each row is told below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Markdown
from textual.widgets._markdown import MarkdownTable

GAP = 2
"""Cells between two columns."""
RULE = "$foreground 30%"
HEADING = "bold $text-primary"
INDENT = 2
"""Cells before what goes on below a heading, where rows are told one by one."""


class LessonTable(MarkdownTable):
    """A table of a lesson or a task."""

    def compose(self) -> ComposeResult:
        self._headers, self._rows = self._get_headers_and_rows()
        yield TableLines(self._headers, self._rows)


class TableLines(Widget):
    """The lines of a table, laid out for the width that there is."""

    def __init__(self, headers: Sequence[Content], rows: Sequence[Sequence[Content]]) -> None:
        super().__init__()
        self.headers, self.rows = headers, rows

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(1 for _ in table_lines(self.headers, self.rows, width))

    def render(self) -> Content:
        return Content("\n").join(table_lines(self.headers, self.rows, self.content_size.width))

    async def action_link(self, href: str) -> None:
        """A link of a cell was chosen."""
        self.post_message(Markdown.LinkClicked(self.query_ancestor(Markdown), href))


def table_lines(headers: Sequence[Content], rows: Sequence[Sequence[Content]], width: int) -> Iterator[Content]:
    """The lines of a table in `width` cells, none wider and no word broken that fits a line."""
    widths = column_widths([[*headers], *([*row] for row in rows)], width)
    if widths is None:
        yield from _records(headers, rows, width)
        return
    yield from _row([heading.stylize_before(HEADING) for heading in headers], widths)
    yield Content((" " * GAP).join("─" * one for one in widths)).stylize(RULE)
    told = [list(_row(row, widths)) for row in rows]
    apart = any(len(lines) > 1 for lines in told)
    for place, lines in enumerate(told):
        if place and apart:
            yield Content("")
        yield from lines


def column_widths(rows: Sequence[Sequence[Content]], width: int) -> list[int] | None:
    """The cells of each column, at least those of its longest word; None where these do not stand side by side."""
    columns = list(zip(*rows, strict=True))
    least = [max(_longest_word(cell) for cell in column) for column in columns]
    most = [max(cell.cell_length for cell in column) for column in columns]
    room = width - GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    widths = least.copy()
    for _ in range(room - sum(least)):  # each cell that is left goes to the column that would take the most lines
        place = max(range(len(columns)), key=lambda one: most[one] / widths[one])
        widths[place] += widths[place] < most[place]
    return widths


def _longest_word(cell: Content) -> int:
    return max((Content(word).cell_length for word in cell.plain.split()), default=1)


def _row(cells: Sequence[Content], widths: Sequence[int]) -> Iterator[Content]:
    wrapped = [cell.wrap(width) if cell else [cell] for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, wrapped))):
        pieces = []
        for lines, width in zip(wrapped, widths, strict=True):
            piece = lines[number].rstrip() if number < len(lines) else Content("")
            pieces.append(piece.pad_right(max(0, width - piece.cell_length)))
        yield Content(" " * GAP).join(pieces).rstrip()


def _records(headers: Sequence[Content], rows: Sequence[Sequence[Content]], width: int) -> Iterator[Content]:
    """Each row as lines of `heading: cell`, the rows apart."""
    for place, row in enumerate(rows):
        if place:
            yield Content("─" * min(width, 12)).stylize(RULE)
        for heading, cell in zip(headers, row, strict=True):
            named = Content.assemble(heading.stylize_before(HEADING), (": ", HEADING)) if heading else Content("")
            for number, line in enumerate((named + cell).wrap(max(1, width - INDENT))):
                yield Content(" " * INDENT if number else "") + line.rstrip()
