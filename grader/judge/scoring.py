"""What a part's trials are worth: its checks, its status and its score."""

from __future__ import annotations

import msgspec

from grader.judge.checks import case_checks, property_check, style_check
from grader.judge.hints import hinted, names, opened
from grader.judge.rehearsal import Rehearsals
from grader.judge.style import Used
from grader.judge.trial import Trial, deviation
from grader.protocol.outcome import Outcome
from grader.records.job import HandIn, PartJob
from grader.records.verdict import Check, PartVerdict, worst


def part_verdict(
    rehearsals: Rehearsals,
    part: PartJob,
    trials: list[Trial],
    beside: list[Check],
    answer: HandIn,
    used: Used | None = None,
) -> PartVerdict:
    """The verdict on a part. beside: checks of time and of properties, which count like those of cases. used: what
    was called while it ran, of what it is to do without.

    Raises ReferenceFault.
    """
    reference = rehearsals.reference
    accepted, expectations = _expectations(rehearsals, part, trials)
    checks: list[Check] = []
    for trial, expected in zip(trials, expectations, strict=True):
        checks += case_checks(trial, expected, part, rehearsals, answer.seed)
    checks += beside
    properties = [
        property_check(mark, function, trials, expectations, part, reference)
        for mark, function in reference.parts[part.id].checks
    ]
    if any(check.status != "passed" for check in (*checks, *properties) if check.cls == "value"):
        # what is only observed earns nothing where a value is wrong
        properties = [
            check if check.cls == "value" else msgspec.structs.replace(check, score=0.0) for check in properties
        ]
    checks += properties
    style = style_check(answer.source, part, used)
    if style is not None:
        checks.append(style)
    status = worst([check.status for check in checks])
    total = sum(check.max for check in checks) or 1.0
    score = round(part.points * sum(check.score for check in checks) / total, 2)
    if status == "passed":
        score = part.points
    elif score == part.points:
        score = 0.0
    message = f"Judged as: {accepted}." if accepted and status == "passed" else ""
    return PartVerdict(
        part=part.id,
        kind=part.kind,
        status=status,
        score=score,
        max=part.points,
        message=message,
        checks=tuple(hinted(check, part) for check in checks),
        opens=opened(part, (name for check in checks for name in names(check))),
    )


def _expectations(rehearsals: Rehearsals, part: PartJob, trials: list[Trial]) -> tuple[str, list[list[Outcome]]]:
    """The reference's outcomes, or those of an accepted alternative where it explains the whole run."""
    ours = [trial.expected for trial in trials]
    if any(trial.lost for trial in trials) or not _deviates(part, trials, ours):
        return "", ours
    for mark, function in rehearsals.reference.parts[part.id].alternatives:
        if not mark.accept:
            continue
        theirs = [rehearsals.instead(part.id, function, trial.case) for trial in trials]
        if not _deviates(part, trials, theirs):
            return (function.__doc__ or function.__name__).strip().splitlines()[0].rstrip("."), theirs
    return "", ours


def _deviates(part: PartJob, trials: list[Trial], expected: list[list[Outcome]]) -> bool:
    return any(
        deviation(trial, trial.got, wanted, part.operation, part.outputs) is not None
        for trial, wanted in zip(trials, expected, strict=True)
    )
