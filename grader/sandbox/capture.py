"""What learner code prints: made harmless for a terminal, its head and tail kept, a flood noticed."""

from __future__ import annotations

import codecs
import json
import re
import time
from typing import Any

from grader.sandbox.live import MAX_EVENT, MAX_PER_SECOND
from grader.verdict import Output

HEAD, TAIL = 32 << 10, 32 << 10
FLOOD = 8 << 20
"""Bytes of output after which a worker is stopped."""
MAX_EVENTS = 20_000

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


class Events:
    """Lines of JSON from a worker's live stream; whatever is not a small, known event is dropped."""

    def __init__(self) -> None:
        self._rest = b""
        self.kept: list[dict[str, Any]] = []
        self._second, self._count = 0.0, 0

    def add(self, data: bytes) -> list[dict[str, Any]]:
        """Takes bytes in and gives back the events they completed."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > MAX_EVENT:
            self._rest = b""
        events = [event for line in lines if (event := self._event(line)) is not None]
        room = MAX_EVENTS - len(self.kept)
        self.kept += events[:room]
        return events

    def _event(self, line: bytes) -> dict[str, Any] | None:
        now = time.monotonic()
        if now - self._second >= 1:
            self._second, self._count = now, 0
        self._count += 1
        if len(line) > MAX_EVENT or self._count > 2 * MAX_PER_SECOND:
            return None
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(event, dict) or event.get("type") not in ("log", "progress"):
            return None
        if event["type"] == "log" and not isinstance(event.get("values"), dict):
            return None
        return event
