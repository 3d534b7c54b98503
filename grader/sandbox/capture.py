"""What learner code prints: made harmless for a terminal, its head and tail kept, a flood noticed."""

from __future__ import annotations

import codecs

from grader.records.printable import clean
from grader.records.verdict import Output

HEAD, TAIL = 32 << 10, 32 << 10
FLOOD = 8 << 20
"""Bytes of output after which a worker is stopped."""


class Capture:
    """Collects output up to a cap."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._head, self._tail, self._omitted = "", "", 0
        self.bytes = 0

    def add(self, data: bytes) -> str:
        """Takes bytes in and gives back the clean text they added."""
        self.bytes += len(data)
        text = clean(self._decoder.decode(data))
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
        return Output(head=self._head, tail=self._tail, omitted=self._omitted)
