"""What learner code prints: made harmless for a terminal, its head and tail kept, a flood noticed."""

from __future__ import annotations

import codecs
import re

from grader.verdict import Output

HEAD, TAIL = 32 << 10, 32 << 10
FLOOD = 8 << 20
"""Bytes of output after which a worker is stopped."""

_CONTROL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x1b\\|\x07|$)|[ -/]*[0-~])|[\x00-\x08\x0b-\x1f\x7f-\x9f]",
    re.DOTALL,
)


def clean(text: str) -> str:
    """Text without escape sequences, control characters or lone surrogates: safe to print, log and encode."""
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode("utf-8")


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
