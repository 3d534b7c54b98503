"""The verdict as JSON: one object for one exercise, else {"format", "status", "verdicts"} and perhaps "refused"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.records.printable import one_line
from grader.records.verdict import FORMAT, Status, Verdict, to_json, worst


def render(verdicts: Sequence[Verdict], *, many: bool, refused: Sequence[str] = ()) -> bytes:
    """The JSON of one verdict, or of several in an envelope. `many` decides, so that scripts know what comes.

    refused: lines on files and folders that were not looked at, which make the whole a failure.
    """
    if not many:
        return to_json(verdicts[0])
    failed: list[Status] = ["failed"] if refused else []
    envelope = {
        "format": FORMAT,
        "status": worst([*(verdict.status for verdict in verdicts), *failed]),
        "verdicts": verdicts,
        **({"refused": [one_line(line) for line in refused]} if refused else {}),
    }
    return indented(envelope)


def indented(data: object) -> bytes:
    """Data as JSON for people and programs alike, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"
