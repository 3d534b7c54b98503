"""The palette: every command by name. Its keys act in the order in which they were pressed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandInput, CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, LoadingIndicator, Static
from textual.worker import Worker

from tutor.widgets.keys_in_order import PATIENCE, KeysInOrder

SHORT = 0.01
"""Seconds between two looks whether the list is that of the words."""
PLACEHOLDER = "a command's name; Enter runs it, Esc closes this"
BY_PAGE = ("page_up", "page_down")
"""What a list can do only where it has been laid out."""


class PaletteLine(KeysInOrder, CommandInput):
    """What is looked for. A key that moves in the list waits in line behind the letters before it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list('cursor_down')", "Down", show=False),
        Binding("up", "list('cursor_up')", "Up", show=False),
        Binding("pagedown", "list('page_down')", "Page down", show=False),
        Binding("pageup", "list('page_up')", "Page up", show=False),
        Binding("ctrl+home", "list('first')", "First", show=False),
        Binding("ctrl+end", "list('last')", "Last", show=False),
    ]

    class Moved(Message):
        """The cursor is to move in the list."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def action_list(self, action: str) -> None:
        """Asks for a move in the list."""
        self.post_message(self.Moved(action))


class Palette(CommandPalette):
    """Textual's palette (8.2) runs what its list showed before the last letters, breaks where a key moves in a list
    that has not been laid out, and closes what lies over it where Enter comes late; this one does not."""

    def __init__(self, *, providers: list[type[Provider]] | None = None, placeholder: str = PLACEHOLDER) -> None:
        """providers: who knows the commands, the app's and the screen's by default."""
        super().__init__(providers=providers, placeholder=placeholder, id="--command-palette")
        self.search: Worker[Any] | None = None
        """What makes the list, or made it."""

    def compose(self) -> ComposeResult:
        """Textual's widgets, with another line to type in."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                yield Static(Content("Command:"), classes="asks")
                yield PaletteLine(placeholder=self._placeholder, select_on_focus=False)
            with Vertical(id="--results"):
                yield CommandList()
                yield LoadingIndicator()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Closes it; where another page lies over it, both stay."""
        closed: AwaitComplete = super().dismiss(result) if self.app.screen is self else AwaitComplete()
        return closed

    def _gather_commands(self, search_value: str) -> Worker[Any]:
        self.search = super()._gather_commands(search_value)
        return self.search

    async def _listed(self) -> None:
        """Waits, for a while, until the list is that of the words."""
        until = time.monotonic() + PATIENCE
        while self.search is not None and not self.search.is_finished and time.monotonic() < until:
            await asyncio.sleep(SHORT)

    async def on_palette_line_moved(self, message: PaletteLine.Moved) -> None:
        """Moves in the list."""
        message.stop()
        await self._listed()
        if message.action == "cursor_down":
            self._action_cursor_down()
        else:
            self._action_command_list(message.action)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Runs what the cursor is on, and not what it was on before the last letters."""
        event.prevent_default()
        await self._listed()
        self._select_or_command(event)

    def _action_command_list(self, action: str) -> None:
        if action not in BY_PAGE or any(commands.size.area for commands in self.query(CommandList)):
            with contextlib.suppress(KeyError):  # its lines are not those of what has been typed since
                super()._action_command_list(action)


class Commands(Provider):
    """The commands of the app and its screens. Textual's own provider takes their names for markup; a title of a course
    may have brackets."""

    async def discover(self) -> Hits:
        commands = self.app.get_system_commands(self.screen)
        for title, help, callback, listed in sorted(commands, key=lambda one: (_is_place(one[0]), one[0])):
            if listed:
                yield DiscoveryHit(Content(title), callback, text=title, help=help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, help, callback, *_ in self.app.get_system_commands(self.screen):
            score, places = matcher.fuzzy_search.match(query, title)
            if score > 0:
                shown = Content(title)
                for place in places:
                    if not title[place].isspace():
                        shown = shown.stylize(matcher.match_style, place, place + 1)
                yield Hit(score + (not _is_place(title)), shown, callback, text=title, help=help)


def _is_place(title: str) -> bool:
    """Whether a command opens a place of the course; the others come first."""
    return title.startswith(("Read: ", "Practise: "))
