"""A finding of the verdict that names a line of the learner's file, and goes there."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from grader.records.verdict import Verdict
from grader.report.fold import Line, fold

_NAMED = re.compile(r"line (\d+)(?:\)|$)")


def line_of(line: Line) -> int | None:
    """The line of the learner's file that a line of the verdict names, counted from 1, or None."""
    found = next(filter(None, map(_NAMED.search, line.places)), None)
    return int(found[1]) if found else None


def lines_of(verdict: Verdict) -> set[int]:
    """The lines of the learner's file that a verdict names, counted from 1."""
    return {line for one in fold(verdict) if (line := line_of(one)) is not None}


class FindingLine(Static):
    """Enter or a click goes to the line."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Go to the line", show=False)]

    class Opened(Message):
        """The learner wants to see the line."""

        def __init__(self, line: int) -> None:
            super().__init__()
            self.line = line

    def __init__(self, text: Content, line: int, *, classes: str) -> None:
        super().__init__(text, classes=classes)
        self.line = line

    def action_open(self) -> None:
        self.post_message(self.Opened(self.line))

    on_click = action_open
