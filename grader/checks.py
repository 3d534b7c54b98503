"""What a part's trials are worth: a check for each case, for what is observed beside it, and for each property."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.compare import show
from grader.job import PartJob
from grader.outcome import Outcome
from grader.reference import Reference, ReferenceFault, place
from grader.spec import CheckMark, Finding
from grader.style import violations
from grader.trial import Deviation, Trial, deviation, observations, unrun
from grader.verdict import Check
from grader.verdict import Finding as Named


def case_checks(trial: Trial, expected: list[Outcome], part: PartJob) -> list[Check]:
    """A check of the values of a case, and one for each thing observed beside them."""
    case = trial.case
    if trial.lost is not None:
        return [unrun(case, *trial.lost, case.weight)]
    if not trial.complete:
        return [unrun(case, "failed", "Not run: your code had been stopped before.", case.weight)]
    found = deviation(trial, trial.got, expected, part.operation, part.outputs)
    seen = observations(trial, expected)
    share = case.weight / (1 + len(seen))
    if found is not None:
        checks = [check_of(case.label, share, found, found.message)]
    else:
        checks = [Check(label=case.label, status="passed", score=share, max=share)]
    for name, (sentence, finding) in seen.items():
        right = sentence is None and found is None  # an observation alone earns nothing
        checks.append(
            Check(
                label=f"{case.label}: {name.replace('_', ' ')}",
                cls="observation",
                status="passed" if sentence is None else "failed",
                score=share if right else 0.0,
                max=share,
                message=sentence or "",
                diagnosis=(Named(name=finding.name, message=finding.summary),) if finding else (),
                hint=hint_for(finding.name, part) or finding.hint if finding else None,
            )
        )
    return checks


def check_of(label: str, maximum: float, found: Deviation, message: str) -> Check:
    difference = found.difference
    return Check(
        label=label,
        status=found.status,
        score=0.0,
        max=maximum,
        message=message,
        expected=found.expected,
        got=found.got,
        where=found.where,
        share=difference.share if difference else None,
        abs=difference.abs if difference else None,
        rel=difference.rel if difference else None,
        strip=difference.strip if difference else None,
        diagnosis=(Named(name=found.kind, message=""),) if found.kind else (),
    )


def property_check(
    mark: CheckMark,
    function: Any,
    trials: list[Trial],
    expectations: list[list[Outcome]],
    part: PartJob,
    reference: Reference,
) -> Check:
    """One `@check` over all the cases it looks at: the first finding counts."""
    cls: Any = "observation" if mark.observation else "value"
    looked = False
    for trial, expected in zip(trials, expectations, strict=True):
        if mark.only is not None and trial.case.label != mark.only:
            continue
        looked = True
        if not trial.complete or any(outcome.raised for outcome in trial.got):
            return Check(
                label=mark.label,
                cls=cls,
                status="failed",
                score=0.0,
                max=mark.weight,
                message="Not checked: no result.",
            )
        inputs = {**trial.case.inputs, "truth": trial.case.truth}
        right = trial.results(expected)
        try:
            found = function(trial.results(trial.got), right, inputs)
        except Exception as error:
            line = place(error, reference.path)
            try:
                function(right, right, inputs)
            except Exception as own:
                raise ReferenceFault(f"{line}: check {mark.label!r}: {type(own).__name__}: {own}") from own
            shown = show(trial.results(trial.got))
            found = f"Your result could not be checked for this; it is {shown}."
        if found is not None:
            finding = found if isinstance(found, Finding) else Finding(str(found))
            return Check(
                label=mark.label,
                cls=cls,
                status="failed",
                score=0.0,
                max=mark.weight,
                message=finding.message,
                expected=finding.expected,
                got=finding.got,
                where=finding.where or trial.case.label,
                diagnosis=(Named(name=finding.name, message=finding.message),) if finding.name else (),
                hint=finding.hint,
            )
    if not looked:
        raise ReferenceFault(f"{reference.path}: check {mark.label!r} looks at no case of part {part.id}")
    return Check(label=mark.label, cls=cls, status="passed", score=mark.weight, max=mark.weight)


def style_check(source: str, part: PartJob) -> Check | None:
    """The check of what the answer is to do without; it earns nothing. None where nothing is forbidden."""
    if not part.forbid:
        return None
    found = violations(source, part.entry, part.forbid)
    label = f"without {', '.join(part.forbid)}"
    if not found:
        return Check(label=label, cls="observation", status="passed", score=0.0, max=0.0)
    line, name = found[0]
    what = f"a `{name}` loop" if name in ("for", "while") else "a comprehension" if name == "comprehension" else name
    return Check(
        label=label,
        cls="observation",
        status="failed",
        score=0.0,
        max=0.0,
        message=f"Your code uses {what}; this exercise is to be solved without.",
        where=f"line {line}",
        diagnosis=(Named(name="forbidden-call", message="The work is left to what was to be written."),),
        hint=hint_for("forbidden-call", part),
    )


def hint_for(name: str, part: PartJob) -> str | None:
    """The part's own hint for a failure class, a status, or the name of a finding or mistake."""
    return next((rung.text for rung in part.hints if rung.when == name), None)


def hinted(check: Check, part: PartJob) -> Check:
    """The hint that fits the failure: by the finding's name, its class, or the status."""
    names = [finding.name for finding in check.diagnosis] + [check.status]
    plain = tuple(finding for finding in check.diagnosis if finding.message)
    if check.status == "passed":
        return check
    hint = check.hint
    for name in names:
        hint = hint or hint_for(name, part)
    return msgspec.structs.replace(check, hint=hint, diagnosis=plain)
