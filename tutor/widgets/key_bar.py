"""The keys that do something now, on the last line."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.content import Content
from textual.events import Leave, MouseDown, MouseMove
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from tutor.learner.layout import WIDE

MORE = "…"
"""At the right edge, where there are more keys than fit."""
PALETTE = "▏"
"""In front of the palette's key, which stands at the right edge."""


class Key(NamedTuple):
    """A key as it is told."""

    key: str
    """As the app is told of it."""
    shown: str
    does: str
    enabled: bool


class KeyBar(Widget, can_focus=False):
    """One line, drawn anew only when its keys are others: each change of the focus asks for that.

    Textual's footer is a widget for each key, which are dressed and laid out one by one.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; color: $footer-foreground; background: $footer-background; text-wrap: nowrap; }
    """

    hovered: reactive[Key | None] = reactive(None)
    """The key that the mouse is over."""

    def __init__(self, *, compact: bool = False, crowded: bool = False) -> None:
        """compact: with less room between the keys. crowded: in a narrow terminal without the palette's, so that every
        other key fits."""
        super().__init__()
        self.crowded = crowded
        self.compact = compact
        self.keys: list[Key] = []
        self.palette: Key | None = None
        self.places: list[tuple[range, Key]] = []
        """The cells of each key that is drawn."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """Looks which keys do something now."""
        if not (screen.app.app_focus and self.is_attached and screen is self.screen):
            return
        keys: dict[str, Key] = {}
        palette: Key | None = None
        for _, binding, enabled, _ in screen.active_bindings.values():
            key = Key(binding.key, self.app.get_key_display(binding), binding.description, enabled)
            if binding.action == "command_palette":
                palette = palette or key
            elif binding.show:
                keys.setdefault(binding.action, key)
        if ([*keys.values()], palette) != (self.keys, self.palette):
            self.keys, self.palette = [*keys.values()], palette
            self.refresh()

    def render(self) -> Content:
        """The keys, and at the right edge the palette's."""
        width = self.size.width
        self.places = []
        palette = self.palette if width >= WIDE or not self.crowded else None
        right = self._told(palette) if palette is not None else None
        room = width - (right.cell_length + 1 if right is not None else 0)
        all_told = [self._told(key) for key in self.keys]
        needed = Content("").join(all_told).rstrip().cell_length
        cut = needed > room
        line = Content(" " if self.compact and needed < room else "")  # in line with the heading, where there is room
        for key, told in zip(self.keys, all_told, strict=True):
            if cut and line.cell_length + told.cell_length >= room:
                line += Content(MORE)
                break
            self.places.append((range(line.cell_length, line.cell_length + told.cell_length), key))
            line += told
        if right is None or palette is None:
            return line
        line = line.truncate(room, ellipsis=False)
        line = line.pad_right(room - line.cell_length) + Content.styled(PALETTE, "$foreground 20%")
        self.places.append((range(room, width), palette))
        return line + right

    def _told(self, key: Key) -> Content:
        style = "" if key.enabled else "dim"
        if key == self.hovered:
            style = "$footer-key-foreground on $block-hover-background"
        name = (key.shown, f"bold {style if key == self.hovered else f'$footer-key-foreground {style}'}".strip())
        before, after = ("", " ") if self.compact else (" ", " ")
        return Content.assemble(before, name, (f" {key.does}", style), after)

    def _at(self, x: int) -> Key | None:
        return next((key for cells, key in self.places if x in cells), None)

    def on_mouse_move(self, event: MouseMove) -> None:
        self.hovered = self._at(event.x)

    def on_leave(self, event: Leave) -> None:
        self.hovered = None

    def on_mouse_down(self, event: MouseDown) -> None:
        key = self._at(event.x)
        if key is not None and key.enabled:
            self.app.simulate_key(key.key)
        elif key is not None:
            self.app.bell()
