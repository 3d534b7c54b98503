"""A text that is edited: Textual's TextArea without its faults, and with the keys of other editors."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from tutor.widgets.keys_in_order import KeysInOrder


class TextEditor(KeysInOrder, TextArea, inherit_bindings=False):
    """Ctrl+Home and Ctrl+End go to the ends; F6 and F7, with which TextArea selects, are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(one for one in TextArea.BINDINGS if isinstance(one, Binding) and one.key not in ("f6", "f7")),
        Binding("ctrl+home", "start", "Start", show=False),
        Binding("ctrl+end", "end", "End", show=False),
        Binding("ctrl+shift+home", "start(True)", "Select to the start", show=False),
        Binding("ctrl+shift+end", "end(True)", "Select to the end", show=False),
        Binding("alt+a", "select_all", "Select all", show=False),
    ]

    def on_unmount(self) -> None:
        """Textual (8.2) would keep an editor that is gone, and all that it drew, until another theme is chosen."""
        watching: dict[str, list[tuple[object, object]]] = getattr(self.app, "__watchers", {})
        for watchers in watching.values():
            watchers[:] = [one for one in watchers if one[0] is not self]

    def _recompute_cursor_offset(self) -> None:
        """Textual (8.2) undoes an edit, lays the text out, and only then puts the cursor back.

        Where the text was longer than its pane and is not any more, the scroll bar that goes looks for a cursor beyond
        the text, and the app ends. Here it is taken for the end of the text until it has its place again.
        """
        row, column = self.cursor_location
        row = min(row, self.wrapped_document.document.line_count - 1)
        column = min(column, len(self.document.get_line(row)))
        self._cursor_offset = self.wrapped_document.location_to_offset((row, column))

    def action_start(self, select: bool = False) -> None:
        self.move_cursor((0, 0), select=select)

    def action_end(self, select: bool = False) -> None:
        self.move_cursor(self.document.end, select=select)
