"""The editor: Python highlighting, and the keys of the screen stay the screen's."""

from __future__ import annotations

from textual.widgets import TextArea


class CodeEditor(TextArea):
    """Knows whether its text is what was last put in or saved."""

    def __init__(self, *, id: str, classes: str) -> None:
        super().__init__(
            "",
            language="python",
            id=id,
            classes=classes,
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="indent",
        )
        self.clean = ""
        """The text as it was last loaded or saved. TextArea evens out line ends, so a file may differ from it."""

    @property
    def changed(self) -> bool:
        return self.text != self.clean

    def put(self, text: str) -> None:
        """Takes a file's text and keeps the cursor where it was, as far as there is text there."""
        row, column = self.cursor_location
        self.load_text(text)
        self.clean = self.text
        row = min(row, self.document.line_count - 1)
        self.cursor_location = (row, min(column, len(self.document.get_line(row))))

    def go_to(self, line: int) -> None:
        """Puts the cursor on the first character of a line; lines count from 1, beyond the last the last is taken."""
        row = min(line, self.document.line_count) - 1
        text = self.document.get_line(row)
        self.move_cursor((row, len(text) - len(text.lstrip())))
        # Once it is laid out: on a small screen it may have been hidden until now.
        self.call_after_refresh(lambda: self.scroll_to(0, row - self.size.height // 2, animate=False))

    def kept(self) -> None:
        """The text has been saved."""
        self.clean = self.text
