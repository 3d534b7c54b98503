"""The verdict as JSON: one object for one exercise, else an envelope of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from grader.records.printable import one_line
from grader.records.verdict import FORMAT, Status, Verdict, to_json, worst


class Envelope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Several verdicts, and what was left out."""

    format: Literal[1]
    status: Status
    """The worst of its verdicts; `skipped` where everything else was passed, `failed` at best where something was left
    out."""
    verdicts: tuple[Verdict, ...]
    refused: tuple[str, ...] = ()
    """Lines on files and folders that were not looked at, and why."""


def render(verdicts: Sequence[Verdict], *, many: bool, refused: Sequence[str] = ()) -> bytes:
    """The JSON of one verdict, or of several in an envelope. `many` decides, so that scripts know what comes; what was
    left out makes it an envelope too, for there is no other place for that."""
    if not many and not refused:
        return to_json(verdicts[0])
    lines = tuple(map(one_line, refused))
    return indented(Envelope(format=FORMAT, status=_status(verdicts, lines), verdicts=tuple(verdicts), refused=lines))


def _status(verdicts: Sequence[Verdict], refused: Sequence[str]) -> Status:
    """Nobody who reads this alone takes for passed what was not judged."""
    failed: list[Status] = ["failed"] if refused else []
    found = worst([*(verdict.status for verdict in verdicts), *failed])
    skipped = any(part.status == "skipped" for verdict in verdicts for part in verdict.parts)
    return "skipped" if found == "passed" and skipped else found


def indented(data: object) -> bytes:
    """Data as JSON for people and programs alike, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"
