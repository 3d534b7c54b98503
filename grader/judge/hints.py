"""Which of a part's hints a verdict opens, and which of them it tells: those whose `when` names what has come."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.protocol.outcome import MISSING
from grader.records.job import PartJob
from grader.records.verdict import Check, PartVerdict

UNWRITTEN = "This part is not written yet: your answer takes the place of the line that raises the error."


def hint_for(name: str, part: PartJob) -> str | None:
    """The part's own hint for a failure class, a status, or the name of a finding or mistake."""
    return next((rung.text for rung in part.hints if rung.when == name), None)


def hinted(check: Check, part: PartJob) -> Check:
    """The check with the hint that fits the failure: by the finding's name, its class, or the status."""
    if check.status == "passed":
        return check
    plain = tuple(finding for finding in check.diagnosis if finding.message)
    hint = UNWRITTEN if unwritten(check.status, check.message) else check.hint
    for name in names(check):
        hint = hint or hint_for(name, part)
    return msgspec.structs.replace(check, hint=hint, diagnosis=plain)


def names(check: Check) -> list[str]:
    """What a check that did not pass says a hint may open for, the most telling first."""
    if check.status == "passed" or unwritten(check.status, check.message):
        return []
    found = [*(finding.name for finding in check.diagnosis), check.status]
    # where a name is not there, what is hinted about exceptions would lead astray
    return [name for name in found if name != check.status] if check.got == MISSING else found


def opened(part: PartJob, came: Iterable[str]) -> tuple[str, ...]:
    """The conditions of the part's hints, in their order, that are among the names that came."""
    came = set(came)
    return tuple(dict.fromkeys(rung.when for rung in part.hints if rung.when in came))


def whole(part: PartJob, status: str, message: str) -> tuple[str, ...]:
    """The same of a part that was not judged check by check."""
    return opened(part, () if unwritten(status, message) else (status,))


def also_opened(verdict: PartVerdict, part: PartJob, name: str) -> tuple[str, ...]:
    """The same of a verdict in which something more is named."""
    return opened(part, (*verdict.opens, name))


def unwritten(status: str, message: str) -> bool:
    """Whether the starter's own exception came: the part is not answered yet, and there is nothing to hint at."""
    return status == "error" and "NotImplementedError" in message
