"""Screens that are dressed, laid out and drawn once when they open. Textual (8.2) goes over a new one again and again.

It dresses its widgets anew because a screen that comes to the front may have changed while it was covered, and because
its width becomes known to its style sheet when its widgets are there. A new screen has not changed, and its width is
the app's. It lays it out and draws it when it comes to the front, when it hears of the size that it has just been laid
out for, and when it hears that its widgets are there, or what they asked for before; it draws it once more in between.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from textual._context import active_message_pump
from textual._styles_cache import StylesCache
from textual.events import ScreenResume
from textual.geometry import Region, Size
from textual.message import Message
from textual.messages import Layout, Update, UpdateScroll
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    Base = Screen[Any]
else:
    Base = object


class DrawnOnce(Base):
    """What a screen derives from, before Textual's own."""

    laid_out = 0.0
    """When it was laid out first, as time is counted for messages; 0 before."""
    holds = False
    """Whether it is being laid out and not yet to be drawn."""
    just_drawn = False
    """Whether it has been laid out and drawn for the first time, and nothing has been asked for since."""
    pushed = False
    """Whether the app has said that its widgets are there, which it does once."""

    def on_compose(self) -> None:
        """Before there are widgets: says how wide it is."""
        width = self.app.size.width
        points = self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS or []
        _, name = max((point for point in points if point[0] <= width), default=(0, ""))
        if name:
            self.add_class(name)

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Before Textual hears of it: one that was in front before is dressed anew."""
        event.refresh_styles = event.refresh_styles and bool(self.laid_out)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """The first time twice before it is drawn: what needs a scroll bar is known only then."""
        if self.laid_out:
            return super()._refresh_layout(size, scroll)
        for self.holds in (True, False):
            super()._refresh_layout(size, scroll)
            for widget in {*self.walk_children(Widget), *self._compositor.full_map}:  # scroll bars are no children
                if widget is not self:
                    widget._check_refresh()  # what it asks for is heard of later, and done now
        if self._size:
            self.laid_out, self.just_drawn = time.monotonic(), True
            self._layout_required = self._scroll_required = self._repaint_required = False
            self._dirty_widgets.clear()

    def _compositor_refresh(self) -> None:
        if not self.holds:
            super()._compositor_refresh()

    async def _on_layout(self, message: Layout) -> None:
        self._drop_late(message)

    async def _on_update(self, message: Update) -> None:
        self._drop_late(message)

    async def _on_update_scroll(self, message: UpdateScroll) -> None:
        self._drop_late(message)

    def _drop_late(self, message: Message) -> None:
        """Before Textual hears of it: what was asked for before anything was on the screen has been done."""
        if message.time < self.laid_out:
            message.stop()
            message.prevent_default()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> DrawnOnce:
        """Leaves out what is about to be done when it comes to the front, or has just been."""
        if layout and not self.laid_out:
            return self
        if layout and not self.pushed and active_message_pump.get() is self.app:
            self.pushed = True
            return self
        drawn, self.just_drawn = self.just_drawn, False
        if drawn and not (regions or layout or recompose):
            return self
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def _screen_resized(self, size: Size) -> None:
        if size != self._size:
            super()._screen_resized(size)

    def on_unmount(self) -> None:
        """Lets go of the lines that were drawn on it: Textual (8.2) remembers colours by who asked for them."""
        StylesCache.get_inner_outer.cache_clear()
