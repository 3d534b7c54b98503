"""The page of statistics."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.learner.progress import ProgressError
from tutor.learner.statistics import statistics
from tutor.practice.session import LearningSession
from tutor.screens.drawn_once import DrawnOnce
from tutor.text.statistics import blocks
from tutor.widgets.key_bar import KeyBar

DRAWN = r"[▁▂▃▄▅▆▇█]+"
"""Bars and columns, which are drawn calmer than the words and numbers beside them."""


class StatisticsScreen(DrawnOnce, ModalScreen[None]):
    """Attempts, time, concepts, and what is due on which day."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,s", "dismiss", "Close", key_display="esc")]

    def __init__(self, session: LearningSession) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="statistics"):
            course, progress = self.session.course, self.session.progress
            try:
                page = list(blocks(course, statistics(course, progress, datetime.now(UTC))))
            except ProgressError as error:
                page = [("Your progress", [str(error)])]
            for heading, lines in page:
                yield Static(Content(heading), classes="part")
                yield Static(
                    Content("\n".join(f"  {line}" for line in lines)).highlight_regex(DRAWN, style="$text-primary")
                )
        yield KeyBar()
