"""What learner code prints: as a terminal would show it, its head and tail kept, a flood noticed."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from grader.records.verdict import Output
from grader.sandbox.carriage import Carriage

HEAD, TAIL = 32 << 10, 32 << 10
FLOOD, ENDLESS = 1_000_000, 100_000
"""Bytes of output after which a worker is stopped, and after which one that runs out of time is said to flood."""
FLOOD_LINES, FLOOD_HEAD = 20, 2000
"""How many lines of a flood are shown, and how many characters at most."""
OnOutput = Callable[[str, str], None]
"""Is given the lines that are finished now, and the one that is not, as it would be seen."""


class Capture:
    """Collects output up to a cap."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._carriage = Carriage()
        self._head, self._tail, self._omitted = "", "", 0
        self.bytes = 0
        self.endless = False
        """Whether the code was stopped for what it printed."""

    def add(self, data: bytes) -> str:
        """Takes bytes in and gives back the text that they have finished, clean."""
        self.bytes += len(data)
        return self._keep(self._carriage.add(self._decoder.decode(data)))

    def cut(self) -> str:
        """Finishes the line that was begun, and gives it back."""
        return self._keep(self._carriage.cut())

    @property
    def unfinished(self) -> str:
        """The line that was begun, as it would be seen now."""
        return self._carriage.unfinished

    def _keep(self, text: str) -> str:
        room = max(0, HEAD - len(self._head))
        self._head += text[:room]
        self._tail += text[room:]
        if len(self._tail) > TAIL:
            self._omitted += len(self._tail) - TAIL
            self._tail = self._tail[-TAIL:]
        return text

    @property
    def flooded(self) -> bool:
        return self.bytes > FLOOD

    @property
    def output(self) -> Output:
        """Head and tail; of a flood the first lines."""
        rest = self.unfinished
        room = max(0, HEAD - len(self._head))
        head, tail = self._head + rest[:room], self._tail + rest[room:]
        left_out = self._omitted + max(0, len(tail) - TAIL)
        if not self.endless:
            return Output(head=head, tail=tail[-TAIL:], omitted=left_out)
        first = "\n".join(head[:FLOOD_HEAD].split("\n")[:FLOOD_LINES])
        return Output(head=first, omitted=len(head) - len(first) + min(len(tail), TAIL) + left_out)
