"""Keys that act on a text in the order in which they were pressed."""

from __future__ import annotations

from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input


class KeysInOrder:
    """Acts on its own keys as soon as they come.

    Textual (8.2) puts a letter into a text at once, and sends a key that is bound, such as Backspace or an arrow, from
    widget to widget up to the app, which acts on it in its turn. Where several keys come together - from a slow line, a
    busy machine, a quick hand - the letters after such a key were in the text before it had acted.
    """

    async def _on_key(self, event: Key) -> None:
        assert isinstance(self, Widget)
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if not binding.priority and await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return


class TextInput(KeysInOrder, Input):
    """A line to type in."""
