"""What the app asks of a screen on which work is done, so that it need not know which one it is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import SystemCommand


class SavesOnExit:
    """A screen on which something may be unsaved."""

    def store(self) -> bool:
        """Saves everything now. False, with a message, where that cannot be."""
        raise NotImplementedError

    def commands(self) -> Iterable[SystemCommand]:
        """What the palette offers on this screen beside what it always does."""
        return ()
