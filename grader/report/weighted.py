"""A verdict in other points: of an assignment, less what being late costs. All formats are made of it, and so agree."""

from __future__ import annotations

import msgspec

from grader.records.verdict import Check, PartVerdict, Verdict

DIGITS = 6
"""Behind the point; people are shown two."""


def weighted(verdict: Verdict, factor: float, lost: float = 0.0, why: str = "") -> Verdict:
    """The verdict with `factor` times its points, of which the share `lost` is not given. why: is said of the whole."""
    if factor == 1.0 and not lost and not why:
        return verdict
    return msgspec.structs.replace(
        verdict,
        score=_points(verdict.score, factor * (1 - lost)),
        max=_points(verdict.max, factor),
        parts=tuple(_part(part, factor, lost) for part in verdict.parts),
        message=" ".join(filter(None, (verdict.message, why))),
    )


def _part(part: PartVerdict, factor: float, lost: float) -> PartVerdict:
    checks = tuple(_check(check, factor, lost) for check in part.checks)
    score, most = _points(part.score, factor * (1 - lost)), _points(part.max, factor)
    return msgspec.structs.replace(part, score=score, max=most, checks=checks)


def _check(check: Check, factor: float, lost: float) -> Check:
    score, most = _points(check.score, factor * (1 - lost)), _points(check.max, factor)
    return msgspec.structs.replace(check, score=score, max=most)


def _points(points: float, factor: float) -> float:
    return round(points * factor, DIGITS)
