"""A pane that scrolls and takes the focus."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget


def dress_alone(widget: Widget) -> None:
    """Looks up how a widget looks now, and leaves what is in it: no rule of ours asks what the focus is around."""
    if widget.is_attached:
        widget.app.stylesheet.update_nodes([widget], animate=True)


class ScrollPane(VerticalScroll):
    """With the focus it looks different, and what it holds does not. Textual would dress that again as well."""

    def watch_has_focus(self, _has_focus: bool) -> None:
        dress_alone(self)
