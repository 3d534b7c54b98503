"""A list on a page over the screen: as high as its lines; where the page has no room for these, with a scroll bar."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import OptionList

FRAME = 6
"""Lines of the screen around what stands in a page: the keys, the margin, the frame, and what is free in it."""
LEAST = 3
"""Lines of the list, however much stands beside it."""


class PageList(OptionList):
    """Leaves room for what stands above and below it, which a list as high as the page would push out of the frame."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        beside = sum(
            one.get_content_height(container, viewport, width) + one.styles.margin.height
            for one in self.siblings
            if one.display
        )
        room = viewport.height - FRAME - beside - self.styles.margin.height
        lines = super().get_content_height(container, viewport, width)
        height = max(LEAST, min(lines, room))
        # Textual (8.2) sees that it needs a scroll bar only after it has been laid out, which for a page is once.
        self.set_reactive(Widget.show_vertical_scrollbar, lines > height)
        return height
