"""What a terminal would show of text that goes back in its lines: a progress bar is its last state, not all of them.

A carriage return goes to the beginning of the line and a backspace one place back, and what comes then stands in the
place of what was there; the rest of the line can be erased. Nested bars go up to the lines above and down again.
Everything else that moves a terminal is left out.
"""

from __future__ import annotations

import re

from grader.records.printable import clean

LONGEST = 32 << 10
"""Characters of a line that can still be rewritten; a longer one is finished in pieces."""
HELD = 8
"""Lines that can still be rewritten: from one that was on, where several bars may move one below the other."""
_ENDS = re.compile(r"(\r+|\n)")
_MOVES = re.compile(r"(\x08+|\x1b\[[02]?K|\x1b\[\d{0,3}[AB])")


class _Lines:
    """A few lines, and a place in one of them."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = [[]]
        self.rewritten = [False]
        self.row = self.place = 0

    def copy(self) -> _Lines:
        other = _Lines()
        other.rows, other.rewritten = [list(row) for row in self.rows], list(self.rewritten)
        other.row, other.place = self.row, self.place
        return other

    def lay(self, text: str) -> None:
        """Writes text from the present place on, and goes where it goes."""
        for number, piece in enumerate(_MOVES.split(text)):
            if number % 2 == 0:
                self._put(clean(piece))
            elif piece[0] == "\x08":
                self.place = max(0, self.place - len(piece))
            elif piece[-1] == "K":
                line = self.rows[self.row]
                line[:] = " " * self.place if "2" in piece else line[: self.place]
            else:
                count = int(piece[2:-1] or 1)
                row = self.row - count if piece[-1] == "A" else self.row + count
                self.row = min(max(row, 0), len(self.rows) - 1)

    def _put(self, text: str) -> None:
        line = self.rows[self.row]
        if text and self.place > len(line):
            line += " " * (self.place - len(line))
        line[self.place : self.place + len(text)] = text
        self.place += len(text)

    def back(self) -> None:
        """To the beginning of the line, which is one that is rewritten now."""
        self.place, self.rewritten[self.row] = 0, True

    def down(self) -> None:
        """To the beginning of the next line."""
        self.row, self.place = self.row + 1, 0
        if self.row == len(self.rows):
            self.rows.append([])
            self.rewritten.append(False)

    def done(self, count: int) -> str:
        """The first lines with their ends, which are taken away."""
        text = "".join(f"{self._seen(number)}\n" for number in range(count))
        del self.rows[:count], self.rewritten[:count]
        self.row -= count
        return text

    @property
    def seen(self) -> str:
        return "\n".join(map(self._seen, range(len(self.rows))))

    @property
    def size(self) -> int:
        return sum(map(len, self.rows))

    def _seen(self, number: int) -> str:
        text = clean("".join(self.rows[number]))
        return text.rstrip(" ") if self.rewritten[number] else text


class Carriage:
    """Takes text in pieces of any size and gives the lines that are finished, clean."""

    def __init__(self) -> None:
        self._lines = _Lines()
        self._coming: list[str] = []
        """What has come since the last end: an escape sequence may be broken off in it."""
        self._size = 0

    def add(self, text: str) -> str:
        """The text that is finished with this."""
        done: list[str] = []
        *whole, last = _ENDS.split(text)
        for segment, end in zip(whole[::2], whole[1::2], strict=True):
            self._come(segment)
            self._lines.lay(self._take())
            if end == "\n":
                self._lines.down()
                done.append(self._lines.done(self._out_of_reach()))
            else:
                self._lines.back()
        self._come(last)
        if self._size + self._lines.size > LONGEST:
            done.append(self.cut())
        return "".join(done)

    def _out_of_reach(self) -> int:
        """How many lines above the present one stay as they are: all where none was rewritten, or but a few."""
        before = self._lines.rewritten[: self._lines.row]
        first = before.index(True) if True in before else len(before)
        return max(first, self._lines.row - HELD)

    @property
    def unfinished(self) -> str:
        """The lines that are not finished, as they would be seen now."""
        lines = self._lines.copy()
        lines.lay("".join(self._coming))
        return lines.seen

    def cut(self) -> str:
        """The same, which are finished by that."""
        self._lines.lay(self._take())
        seen, self._lines = self._lines.seen, _Lines()
        return seen

    def _come(self, text: str) -> None:
        if text:
            self._coming.append(text)
            self._size += len(text)

    def _take(self) -> str:
        text = "".join(self._coming)
        self._coming, self._size = [], 0
        return text
