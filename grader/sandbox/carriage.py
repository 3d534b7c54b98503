"""What a terminal would show of text that goes back in its line: a progress bar is its last state, not all of them.

A carriage return goes to the beginning of the line and a backspace one place back, and what comes then stands in the
place of what was there; the rest of the line can be erased. Everything else that moves a terminal is left out.
"""

from __future__ import annotations

import re

from grader.records.printable import clean

LONGEST = 32 << 10
"""Characters of a line that can still be rewritten; a longer one is finished in pieces."""
_ENDS = re.compile(r"(\r+|\n)")
_MOVES = re.compile(r"(\x08+|\x1b\[[02]?K)")


class Carriage:
    """Takes text in pieces of any size and gives the lines that are finished, clean."""

    def __init__(self) -> None:
        self._line: list[str] = []
        self._place = 0
        self._rewritten = False
        self._coming: list[str] = []
        """What has come since the last end: an escape sequence may be broken off in it."""
        self._size = 0

    def add(self, text: str) -> str:
        """The text that is finished with this."""
        done: list[str] = []
        *whole, last = _ENDS.split(text)
        for segment, end in zip(whole[::2], whole[1::2], strict=True):
            self._come(segment)
            if end == "\n":
                done += (self.cut(), "\n")
            else:
                self._place = self._lay(self._line, self._take())
                self._place, self._rewritten = 0, True
        self._come(last)
        if self._size + len(self._line) > LONGEST:
            done.append(self.cut())
        return "".join(done)

    @property
    def unfinished(self) -> str:
        """The line that is not finished, as it would be seen now."""
        line = list(self._line)
        self._lay(line, "".join(self._coming))
        return self._seen(line)

    def cut(self) -> str:
        """The same, which is finished by that."""
        self._lay(self._line, self._take())
        seen = self._seen(self._line)
        self._line, self._place, self._rewritten = [], 0, False
        return seen

    def _come(self, text: str) -> None:
        if text:
            self._coming.append(text)
            self._size += len(text)

    def _take(self) -> str:
        text = "".join(self._coming)
        self._coming, self._size = [], 0
        return text

    def _lay(self, line: list[str], text: str) -> int:
        """Writes text into a line from the present place on; gives the place after it."""
        place = self._place
        for number, piece in enumerate(_MOVES.split(text)):
            if number % 2 == 0:
                piece = clean(piece)
                line[place : place + len(piece)] = piece
                place += len(piece)
            elif piece[0] == "\x08":
                place = max(0, place - len(piece))
            else:
                line[:] = " " * place if "2" in piece else line[:place]
        return place

    def _seen(self, line: list[str]) -> str:
        text = clean("".join(line))
        return text.rstrip(" ") if self._rewritten else text
