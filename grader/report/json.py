"""The verdict as JSON: one object for one exercise, else {"format", "verdicts", "status"}."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.records.verdict import FORMAT, Verdict, to_json, worst


def render(verdicts: Sequence[Verdict], *, many: bool) -> bytes:
    """The JSON of one verdict, or of several in an envelope. `many` decides, so that scripts know what comes."""
    if not many:
        return to_json(verdicts[0])
    status = worst([verdict.status for verdict in verdicts])
    envelope = {"format": FORMAT, "status": status, "verdicts": verdicts}
    return msgspec.json.format(msgspec.json.encode(envelope), indent=2) + b"\n"
