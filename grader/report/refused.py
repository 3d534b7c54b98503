"""The verdict on an exercise whose file was not taken."""

from __future__ import annotations

import msgspec

from grader.records.printable import one_line
from grader.records.verdict import Verdict
from lessons.schema import RUN_KINDS


def refused_verdict(verdict: Verdict, why: str) -> Verdict:
    """From the verdict on no file, the one on a file that was refused. why: a line, whatever the file is called."""
    parts = tuple(
        msgspec.structs.replace(part, message="Its file was refused.") if part.kind in RUN_KINDS else part
        for part in verdict.parts
    )
    return msgspec.structs.replace(verdict, parts=parts, message=one_line(why))
