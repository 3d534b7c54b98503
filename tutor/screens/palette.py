"""The palette: every command by name."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette


class Palette(CommandPalette):
    """Textual's palette (8.2) breaks where a key moves in its list before that has been laid out; this one does not."""

    def _action_command_list(self, action: str) -> None:
        if any(commands.size.area for commands in self.query(CommandList)):
            super()._action_command_list(action)
