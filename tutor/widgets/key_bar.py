"""The keys that do something now, on the last line."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widgets import Footer


class KeyBar(Footer):
    """Textual's footer, built anew only when its keys are others: each change of the focus asks it to."""

    shown: tuple[bool, list[tuple[str, str, bool, str]]] | None = None
    """Whether the palette's key is shown; and key, description, whether it is enabled, and tooltip of the others."""

    def bindings_changed(self, screen: Screen[Any]) -> None:
        if not (screen.app.app_focus and self.is_attached and screen is self.screen):
            return super().bindings_changed(screen)
        keys = [
            (binding.key_display or binding.key, binding.description, enabled, tooltip)
            for _, binding, enabled, tooltip in screen.active_bindings.values()
            if binding.show
        ]
        shown = (self.show_command_palette, keys)
        if shown != self.shown:
            self.shown = shown
            super().bindings_changed(screen)
