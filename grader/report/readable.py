"""A verdict as a learner reads it: what authors write has formulas, and a terminal shows those as text."""

from __future__ import annotations

import msgspec

from grader.records.verdict import Check, PartVerdict, Verdict
from lessons.formulas.prose import marked
from lessons.schema import RUN_KINDS


def readable(verdict: Verdict) -> Verdict:
    """The verdict with its formulas as terminal text."""
    return msgspec.structs.replace(verdict, parts=tuple(map(readable_part, verdict.parts)))


def readable_part(part: PartVerdict) -> PartVerdict:
    """The same for one part. What comes from running code, or was typed, has no formulas and stays as it is."""
    return msgspec.structs.replace(part, checks=tuple(_readable(check, part.kind) for check in part.checks))


def _readable(check: Check, kind: str) -> Check:
    runs = kind in RUN_KINDS
    authored = not runs or any(one.message == check.message for one in check.diagnosis)
    return msgspec.structs.replace(
        check,
        label=check.label if runs else marked(check.label),
        message=marked(check.message) if authored else check.message,
        got=check.got if runs or kind in ("numeric", "formula") or check.got is None else marked(check.got),
        hint=None if check.hint is None else marked(check.hint),
        diagnosis=tuple(msgspec.structs.replace(one, message=marked(one.message)) for one in check.diagnosis),
    )
