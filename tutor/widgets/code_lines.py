"""Code that is shown: a line that is longer than its place goes on in the next one, and a mark says so."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

GOES_ON = "↪ "
"""Before what goes on."""
LEAST = 12
"""Cells of code in a line, whatever its indentation."""


class CodeLines(Widget):
    """Loses nothing of its text at any width."""

    def __init__(self, code: Content, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.code = code

    def update(self, code: Content) -> None:
        self.code = code
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(1 for _ in folded(self.code, width))

    def render(self) -> Content:
        return Content("\n").join(folded(self.code, self.content_size.width))


def folded(code: Content, width: int) -> Iterator[Content]:
    """The lines of code, none of them wider than `width` cells: after a blank or a comma where there is one."""
    for line in code.split("\n", allow_blank=True):
        text = line.plain
        if cell_len(text) <= width or width <= LEAST:
            yield line
            continue
        indent = len(text) - len(text.lstrip())
        before = " " * min(indent + 2, max(0, width - LEAST - len(GOES_ON))) + GOES_ON
        start, first = 0, True
        while start < len(text):
            room = width if first else width - len(before)
            end = start + _break(text[start:], room, indent if first else 0)
            piece = line[start:end]
            yield piece if first else Content(before) + piece
            start, first = end, False


def _break(text: str, room: int, indent: int) -> int:
    """How many characters of a text stand in `room` cells; at least one."""
    if cell_len(text) <= room:
        return len(text)
    most = min(len(text), room)
    while most > 1 and cell_len(text[:most]) > room:
        most -= 1
    for place in range(most, indent + (most - indent) // 2, -1):
        if text[place - 1] in " ,":
            return place
    return most
