"""A verdict as a learner reads it: what its questions say has formulas, and a terminal shows those as text."""

from __future__ import annotations

import msgspec

from grader.records.verdict import Check, PartVerdict, Verdict
from lessons.schema import RUN_KINDS
from tutor.formulas.prose import prose


def readable(verdict: Verdict) -> Verdict:
    """The verdict with the formulas of its questions as terminal text."""
    return msgspec.structs.replace(verdict, parts=tuple(map(readable_part, verdict.parts)))


def readable_part(part: PartVerdict) -> PartVerdict:
    """The same for one part. What comes from running code stays as it is."""
    if part.kind in RUN_KINDS:
        return part
    typed = part.kind == "numeric"
    return msgspec.structs.replace(part, checks=tuple(_readable(check, typed) for check in part.checks))


def _readable(check: Check, typed: bool) -> Check:
    return msgspec.structs.replace(
        check,
        label=prose(check.label),
        message=prose(check.message),
        got=check.got if typed or check.got is None else prose(check.got),  # what was typed has no formulas
        hint=None if check.hint is None else prose(check.hint),
        diagnosis=tuple(msgspec.structs.replace(one, message=prose(one.message)) for one in check.diagnosis),
    )
