"""A figure that a run has drawn, at the width that it has."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from grader.records.figure import Figure
from tutor.plots.drawing import plot_figure
from tutor.plots.terminal_style import TerminalStyle


class FigureView(Widget):
    """Draws a figure anew when it has another width or the theme changes."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(classes="figure")
        self.figure = figure
        self._drawn: tuple[int, TerminalStyle, Content] | None = None

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.refresh())

    def on_unmount(self) -> None:
        self.app.theme_changed_signal.unsubscribe(self)  # else the app keeps it until another theme is chosen

    def put(self, figure: Figure) -> None:
        """Shows another figure in this one's place."""
        self.figure, self._drawn = figure, None
        self.refresh(layout=True)

    def _content(self, width: int) -> Content:
        style = TerminalStyle(colour=not self.app.no_color, dark=self.app.current_theme.dark)
        if self._drawn is None or self._drawn[:2] != (width, style):
            self._drawn = (width, style, plot_figure(self.figure, max(20, width), style))
        return self._drawn[2]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._content(width).plain.count("\n") + 1

    def render(self) -> Content:
        return self._content(self.size.width)
