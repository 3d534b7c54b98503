"""The editor for Python: it indents, comments and closes as Python is written, and marks lines that a verdict names."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.document._document import Document
from textual.document._syntax_aware_document import SyntaxAwareDocument
from textual.events import Key
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Location, Selection
from tree_sitter import Language, Query

from tutor.text import python_code
from tutor.text.python_code import PAIRS
from tutor.widgets.code_theme import LIGHT, code_theme
from tutor.widgets.text_editor import TextEditor

MARK, MORE, LESS = "●", "›", "‹"
"""In the gutter, at a line that a verdict names; at the edges, where a line goes on."""


@functools.cache
def _query(language: Language, text: str) -> Query:
    return Query(language, text)


def _prepared(document: SyntaxAwareDocument, text: str) -> Query:
    """What is highlighted in a document. Textual (8.2) compiles it for each text that an editor gets, which is slow."""
    return _query(document.language, text)


SyntaxAwareDocument.prepare_query = _prepared  # type: ignore[method-assign,assignment]


class CodeEditor(TextEditor):
    """Knows whether its text is what was last put in or saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+underscore,ctrl+slash,alt+c", "comment", "Comment", show=False),
        Binding("ctrl+f,f7", "find", "Find", show=False),
        Binding("alt+z", "wrap", "Wrap long lines", show=False),
    ]

    class FindWanted(Message):
        """The learner looks for words."""

        def __init__(self, editor: CodeEditor) -> None:
            super().__init__()
            self.editor = editor

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
        self.register_theme(LIGHT)
        self.clean = ""
        """The text as it was last loaded or saved. TextArea evens out line ends, so a file may differ from it."""
        self.level = python_code.USUAL
        """One level of indentation, as the file has it."""
        self.marks: set[int] = set()
        """Rows, from 0, that the last verdict names."""
        self._marked: list[str] = []
        """The lines as they were when the marks were right."""

    def on_mount(self) -> None:
        self._app_theme_changed()

    def _app_theme_changed(self) -> None:
        """Takes the colours that go with the app's theme."""
        if (wanted := code_theme(self.app.current_theme)) != self.theme:
            self.theme = wanted
        else:
            super()._app_theme_changed()

    @property
    def changed(self) -> bool:
        return self.text != self.clean

    def put(self, text: str) -> None:
        """Takes a file's text and keeps the cursor where it was, as far as there is text there."""
        row, column = self.cursor_location
        self.load_text(text)
        self.clean = self.text
        self.level = python_code.level_of(text)
        self.indent_width = 4 if self.level == "\t" else len(self.level)
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

    # --- what is typed ----------------------------------------------------------------------------

    async def _on_key(self, event: Key) -> None:
        """Textual calls the handler of TextArea too, unless that is prevented."""
        if event.key.startswith("alt+"):
            event.prevent_default()  # a command, and no letter
        elif not self.read_only and self._typed(event):
            self._restart_blink()
            event.stop()
            event.prevent_default()

    def _typed(self, event: Key) -> bool:
        """Whether a key has done something that Python's lines need."""
        start, end = sorted(self.selection)
        line, column = self.document.get_line(start[0]), start[1]
        empty = start == end
        match event.key:
            case "enter":
                self._replace_via_keyboard("\n" + python_code.new_line(line[:column], self.level), start, end)
            case "tab" if not empty:
                self._change_lines(python_code.indented)
            case "tab":
                wanted = self.level if self.level == "\t" else " " * self._find_columns_to_next_tab_stop()
                self._replace_via_keyboard(wanted, start, end)
            case "shift+tab":
                self._change_lines(python_code.dedented)
            case "backspace" if empty and column:
                return self._delete_before(line, start)
            case _:
                return event.character is not None and self._paired(event.character, line, start, end)
        return True

    def _delete_before(self, line: str, at: Location) -> bool:
        """Deletes a level of indentation, or a pair that holds nothing. False where there is neither."""
        row, column = at
        before, after = line[:column], line[column:]
        if not before.strip():
            self._delete_via_keyboard((row, len(python_code.dedented([before + "x"], self.level)[0]) - 1), at)
        elif after[:1] and PAIRS.get(before[-1]) == after[0]:
            self._delete_via_keyboard((row, column - 1), (row, column + 1))
        else:
            return False
        return True

    def _paired(self, typed: str, line: str, start: Location, end: Location) -> bool:
        """Closes a bracket or a quote that is typed, or steps over what closes one. False where neither is due."""
        row, column = start
        if start != end:
            if typed not in PAIRS:
                return False
            within = self.get_text_range(start, end)
            self._replace_via_keyboard(typed + within + PAIRS[typed], start, end)
            self.selection = Selection((row, column + 1), (end[0], end[1] + (row == end[0])))
            return True
        if typed in PAIRS.values() and line[column : column + 1] == typed:
            self.move_cursor((row, column + 1))
        elif typed in PAIRS and python_code.opens(typed, line, column):
            self._replace_via_keyboard(typed + PAIRS[typed], start, end)
            self.move_cursor((row, column + 1))
        else:
            return False
        return True

    def _change_lines(self, change: python_code.Change) -> None:
        """Changes the lines that the selection touches, as one step; what was selected stays so."""
        anchor, cursor = self.selection
        (top, _), (bottom, last) = sorted((anchor, cursor))
        if bottom > top and last == 0:
            bottom -= 1  # the selection ends before that line
        before = [self.document.get_line(row) for row in range(top, bottom + 1)]
        after = change(before, self.level)
        if after == before:
            return
        self.replace("\n".join(after), (top, 0), (bottom, len(before[-1])), maintain_selection_offset=False)

        def where(place: Location) -> Location:
            row, column = place
            if not top <= row <= bottom:
                return place
            old, new = before[row - top], after[row - top]
            kept = 0 if column == 0 and anchor != cursor else max(0, column + len(new) - len(old))
            return row, min(kept, len(new))

        self.selection = Selection(where(anchor), where(cursor))

    def action_comment(self) -> None:
        """Makes the selected lines comments, or code again."""
        if not self.read_only:
            self._change_lines(lambda lines, _: python_code.commented(lines))

    def action_find(self) -> None:
        """Looks for words."""
        self.post_message(self.FindWanted(self))

    def action_wrap(self) -> None:
        """Wraps long lines, or lets them go on beyond the edge."""
        self.soft_wrap = not self.soft_wrap

    def find(self, words: str, step: int = 0) -> tuple[int, int]:
        """Selects the next place of words; step: 1 the one after what is selected, -1 the one before, 0 from there.

        Gives which of how many it is, counted from 1; (0, 0) where there is none.
        """
        document = self.document
        assert isinstance(document, Document)
        places = python_code.found(document.text, words)
        if not places:
            return 0, 0
        here = document.get_index_from_location(min(self.selection))
        if step < 0:
            number = next((index for index in reversed(range(len(places))) if places[index] < here), len(places) - 1)
        else:
            number = next((index for index, place in enumerate(places) if place >= here + step), 0)
        start, end = (document.get_location_from_index(places[number] + more) for more in (0, len(words)))
        self.selection = Selection(start, end)
        self.scroll_cursor_visible(center=True)
        return number + 1, len(places)

    # --- what is drawn ----------------------------------------------------------------------------

    def mark(self, lines: Iterable[int]) -> None:
        """Marks these lines, counted from 1, and no others."""
        self._marked = self.document.lines[:]
        self.marks = {line - 1 for line in lines if 0 < line <= len(self._marked)}
        self.refresh()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if self.marks:
            now = self.document.lines[:]
            self.marks, self._marked = python_code.moved(self.marks, self._marked, now), now
            self.refresh()

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        place = y + self.scroll_offset.y
        lines = self.wrapped_document._offset_to_line_info
        if not 0 <= place < len(lines):
            return strip
        row, section = lines[place]
        gutter, width = self.gutter_width, self.scrollable_content_region.width
        if row in self.marks and section == 0 and gutter >= 2:
            strip = _put(strip, gutter - 2, MARK, self._colour("text-error"))
        if not self.soft_wrap and width > gutter + 2:
            colour = self._colour("text-muted")
            length = self.get_column_width(row, len(self.document.get_line(row)))
            if length > self.scroll_offset.x + width - gutter:
                strip = _put(strip, width - 1, MORE, colour)
            if self.scroll_offset.x and length:
                strip = _put(strip, gutter, LESS, colour)
        return strip

    def _colour(self, name: str) -> Style:
        colour = self.app.theme_variables.get(name, "")
        return Style.parse(f"bold {colour}") if colour.startswith("#") else Style(bold=True)


def _put(strip: Strip, cell: int, sign: str, style: Style) -> Strip:
    """The strip with another sign in one of its cells, on the same ground."""
    here = next(iter(strip.crop(cell, cell + 1)), None)
    ground = here.style if here is not None and here.style is not None else Style()
    rest = strip.crop(cell + 1) if strip.cell_length > cell + 1 else Strip([])
    return Strip.join([strip.crop(0, cell), Strip([Segment(sign, ground + style)], 1), rest])
