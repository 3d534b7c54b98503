"""Keys that act on an answer in the order in which they were pressed, and commands that wait for them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

if TYPE_CHECKING:
    AppBase = App[Any]
else:
    AppBase = object

PATIENCE = 1.0
"""Seconds that a command waits for what it acts on, at most."""


async def patiently(event: asyncio.Event) -> None:
    """Waits for an event, for a while: a key that waits for ever is an app that hangs."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), PATIENCE)


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


class CommandsAfterKeys(AppBase):
    """What an app derives from, before Textual's own: a command waits until its screen is there; and one that goes
    before the keys of a text or of options, such as one that judges or saves them, until these have taken in what was
    pressed before."""

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        if not self.screen.is_mounted:  # it is opening, and what its commands act on is not there yet
            await patiently(self.screen._mounted_event)
        answer = self.focused
        if priority and isinstance(answer, KeysInOrder) and self._commands_of(key):
            taken_in = asyncio.Event()
            answer.call_later(answer.call_later, taken_in.set)  # a key may have left a message, such as a choice
            await patiently(taken_in)
        return await super()._check_bindings(key, priority)

    def _commands_of(self, key: str) -> bool:
        """Whether a key has a command that goes before the widget's own."""
        chain = self.screen._binding_chain
        return any(one.priority for _, bindings in chain for one in bindings.key_to_bindings.get(key, ()))
