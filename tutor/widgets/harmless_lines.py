"""What the app draws, made harmless line by line: a learner's file is shown in it as it is, and so is a note."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from grader.records.printable import one_line


class HarmlessLines(LineFilter):
    """Leaves out of every line what would control the terminal, turn text around or hide in it.

    before: the filters that a line goes through first. One for all makes one new line, where each makes its own.
    """

    def __init__(self, before: Sequence[LineFilter] = ()) -> None:
        super().__init__()
        self.before = tuple(before)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        for one in self.before:
            segments = one.apply(segments, background)
        return [_harmless(one) for one in segments]


def _harmless(one: Segment) -> Segment:
    text, style, control = one
    if control or (text.isascii() and text.isprintable() and (style is None or not style.link)):
        return one
    if style is not None and style.link and one_line(style.link) != style.link:
        style = style.update_link(None)  # an address is written to the terminal as it is
    harmless = one_line(text)
    room = cell_len(text) - cell_len(harmless)  # what was left out may have had cells, such as a soft hyphen
    return Segment(harmless + " " * room, style)
