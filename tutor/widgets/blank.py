"""Containers that show their background and nothing else: no border, no padding, no text.

Textual (8.2) renders each line of such a container by itself, with edges, padding and filters, though all of them are
alike and most are covered. One line is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    Base = Widget
else:
    Base = object


class Blank(Base):
    """What such a container derives from, before Textual's own."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same line again and again, through the app's filters: one of them takes colours out for NO_COLOR."""
        line = Strip.blank(crop.width, self.visual_style.rich_style)
        for one in self.get_line_filters():
            line = line.apply_filter(one, self.background_colors[1])
        return [line] * crop.height


class BlankHorizontal(Blank, Horizontal):
    """Side by side."""


class BlankVertical(Blank, Vertical):
    """One below the other."""
