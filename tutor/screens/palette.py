"""The palette: every command by name."""

from __future__ import annotations

import contextlib

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content


class Palette(CommandPalette):
    """Textual's palette (8.2) breaks where a key moves in its list before that has been laid out, and closes what lies
    over it where Enter comes late; this one does neither."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Closes it; where another page lies over it, both stay."""
        closed: AwaitComplete = super().dismiss(result) if self.app.screen is self else AwaitComplete()
        return closed

    def _action_command_list(self, action: str) -> None:
        if any(commands.size.area for commands in self.query(CommandList)):
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
