"""Screens that are dressed once when they open. Textual (8.2) goes over a new screen's widgets two times more.

Once because a screen that comes to the front may have changed while it was covered, and once because its width becomes
known to its style sheet when its widgets are there. A new screen has not changed, and its width is the app's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual._styles_cache import StylesCache
from textual.events import ScreenResume
from textual.screen import Screen

if TYPE_CHECKING:
    Base = Screen[Any]
else:
    Base = object


class DressedOnce(Base):
    """What a screen derives from, before Textual's own."""

    in_front_before = False
    """Whether it has been the one in front before; then Textual dresses it anew."""

    def on_compose(self) -> None:
        """Before there are widgets: says how wide it is."""
        width = self.app.size.width
        points = self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS or []
        _, name = max((point for point in points if point[0] <= width), default=(0, ""))
        if name:
            self.add_class(name)

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Before Textual hears of it."""
        event.refresh_styles = event.refresh_styles and self.in_front_before
        self.in_front_before = True

    def on_unmount(self) -> None:
        """Lets go of the lines that were drawn on it: Textual (8.2) remembers colours by who asked for them."""
        StylesCache.get_inner_outer.cache_clear()
