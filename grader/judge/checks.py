"""What a part's trials are worth: a check for each case, for what is observed beside it, and for each property."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import msgspec

from grader.judge import speed
from grader.judge.authored import Unanswered, asked
from grader.judge.compare import Tolerance, compare, kind_of, show
from grader.judge.given import given
from grader.judge.gradcheck import (
    GradientError,
    Probe,
    by_autograd,
    claims,
    gradient_error,
    own_gradient_errors,
    probes,
)
from grader.judge.hints import hint_for, unwritten
from grader.judge.reference import Reference, ReferenceFault, place
from grader.judge.rehearsal import Rehearsals
from grader.judge.speed import Timing
from grader.judge.style import Used, violations
from grader.judge.trial import Deviation, Trial, deviation, observations, unrun
from grader.protocol.outcome import Outcome
from grader.records.job import PartJob
from grader.records.verdict import Check, Diagnosis
from grader.spec.finding import Finding
from grader.spec.marks import CheckMark
from grader.spec.rng import stream
from grader.spec.script import Gradient


def case_checks(trial: Trial, expected: list[Outcome], part: PartJob, rehearsals: Rehearsals, seed: int) -> list[Check]:
    """A check of the values of a case, one for each gradient in it, and one for each thing observed beside them."""
    case = trial.case
    if trial.lost is not None:
        return [unrun(case.label, case.weight, *trial.lost)]
    if not trial.complete:
        return [unrun(case.label, case.weight, "failed", "Not run: your code had been stopped before.")]
    found = deviation(trial, trial.got, expected, part.operation, part.outputs)
    seen = observations(trial, expected)
    gradients = gradient_checks(trial, expected, part, rehearsals, seed)
    share = case.weight / (1 + len(gradients) + len(seen))
    if found is not None:
        failed = check_of(case.label, share, found, found.message)
        told = None if unwritten(found.status, found.message) else given(case, found.step)
        checks = [msgspec.structs.replace(failed, input=told)]
    else:
        checks = [Check(label=case.label, status="passed", score=share, max=share)]
    checks += [msgspec.structs.replace(one, score=share * one.score, max=share) for one in gradients]
    valid = all(check.status == "passed" for check in checks)
    for name, (sentence, finding) in seen.items():
        right = sentence is None and valid  # an observation alone earns nothing
        checks.append(
            Check(
                label=f"{case.label}: {name.replace('_', ' ')}",
                cls="observation",
                status="passed" if sentence is None else "failed",
                score=share if right else 0.0,
                max=share,
                message=sentence or "",
                diagnosis=(Diagnosis(name=finding.name, message=finding.summary),) if finding else (),
                hint=hint_for(finding.name, part) or finding.hint if finding else None,
            )
        )
    return checks


def gradient_checks(
    trial: Trial, expected: list[Outcome], part: PartJob, rehearsals: Rehearsals, seed: int
) -> list[Check]:
    """A check, of weight 1, for each parameter of the case's definition and for each step `gradient` of its script.

    Raises ReferenceFault where the reference or its definition does not pass.
    """
    case = trial.case
    checks = []
    if case.gradient is not None and expected is trial.expected:  # an accepted alternative has another definition
        gradient, reference = case.gradient, rehearsals.reference
        near = rehearsals.once(
            ("probes", id(gradient), seed), gradient, lambda: _sound(gradient, trial, reference, seed)
        )
        for name, claim in claims(trial.got[0].value, gradient).items():
            found = claim if isinstance(claim, str) else gradient_error(name, claim, near[name])
            checks.append(_gradient_check(f"{case.label}: gradient of {name}", [found], part))
    for step, mine, right in zip(case.steps, trial.got, expected, strict=True):
        if step.op != "gradient":
            continue
        own = own_gradient_errors(right.value, step)
        if isinstance(own, str) or not all(one.right for one in own):
            said = own if isinstance(own, str) else "; ".join(f"{one.name}: {one.sentence}" for one in own)
            raise ReferenceFault(f"{rehearsals.reference.path}: {case.label}, {step.label}: the reference's own {said}")
        if mine.raised is None:
            found_own = own_gradient_errors(mine.value, step)
            figures = [found_own] if isinstance(found_own, str) else found_own
            checks.append(_gradient_check(f"{case.label}: {step.label}", figures, part))
    return checks


def _sound(gradient: Gradient, trial: Trial, reference: Reference, seed: int) -> dict[str, list[Probe]]:
    """Probes of the definition, whose own gradients agree with them. Raises ReferenceFault."""
    start = f"{reference.path}: {trial.case.label}"
    try:
        exact = dict(zip(gradient.wrt, by_autograd(gradient), strict=True))
        near = probes(gradient, Random(stream(seed, trial.case.label, "gradient")))
    except Exception as error:
        raise ReferenceFault(f"{start}: {error}") from error
    figures = {name: gradient_error(name, exact[name], near[name]) for name in gradient.wrt}
    for name, claim in claims(trial.expected[0].value, gradient).items():
        if not figures[name].right:
            raise ReferenceFault(f"{start}: autograd and centred differences disagree: {figures[name].sentence}")
        differs = None if isinstance(claim, str) else compare(claim.double(), exact[name], SAME, name)
        if isinstance(claim, str) or differs is not None:
            said = claim if isinstance(claim, str) else differs.message if differs else ""
            raise ReferenceFault(f"{start}: the reference is not the gradient of its definition by {name}: {said}")
    return near


SAME = Tolerance(1e-6, 1e-8)
"""How near a reference, in whatever dtype it answers, is to autograd."""


def _gradient_check(label: str, found: Sequence[GradientError | str], part: PartJob) -> Check:
    wrong = next((one for one in found if isinstance(one, str) or not one.right), None)
    sentences = [one if isinstance(one, str) else f"{one.name}: {one.sentence}" for one in found]
    text = "; ".join(sentences[:6])
    if wrong is None:
        return Check(label=label, status="passed", score=1.0, max=1.0, message=text)
    return Check(
        label=label,
        status="failed",
        score=0.0,
        max=1.0,
        message=text if isinstance(wrong, str) else f"{wrong.name}: {wrong.sentence}",
        where=None if isinstance(wrong, str) else wrong.name,
        rel=None if isinstance(wrong, str) else wrong.error,
        diagnosis=(Diagnosis(name="wrong-gradient", message=""),),
        hint=hint_for("wrong-gradient", part),
    )


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
        diagnosis=(Diagnosis(name=found.kind, message=""),) if found.kind else (),
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
        inputs = trial.seen
        right = trial.results(expected)
        got = trial.results(trial.got)
        try:
            found = asked(function, got, right, inputs, beside=right)
        except (Exception, Unanswered) as error:
            try:
                asked(function, right, right, inputs, beside=right)
            except (Exception, Unanswered) as own:
                line = place(error, reference.path)
                raise ReferenceFault(f"{line}: check {mark.label!r}: {type(own).__name__}: {own}") from own
            unanswered = isinstance(error, Unanswered)
            found = str(error) if unanswered else _unusable(trial, expected)
        if inputs.looked_at and not mark.observation:
            said = next(iter(inputs.looked_at.values()))
            raise ReferenceFault(
                f"{reference.path}: check {mark.label!r} looks at what {said}, which the learner's process "
                "could forge: mark it observation=True"
            )
        if found is not None:
            if not mark.observation:
                _own_passes(mark, function, trial, right, reference)
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
                diagnosis=(Diagnosis(name=finding.name, message=finding.message),) if finding.name else (),
                hint=finding.hint,
                input=given(trial.case),
            )
    if not looked:
        raise ReferenceFault(f"{reference.path}: check {mark.label!r} looks at no case of part {part.id}")
    return Check(label=mark.label, cls=cls, status="passed", score=mark.weight, max=mark.weight)


def _unusable(trial: Trial, expected: list[Outcome]) -> str:
    """Why a check could not look at what came: what it is, or, of a script, what is of another kind than expected."""
    if not trial.case.scripted:
        return f"Your result could not be checked for this; it is {show(trial.got[0].value)}."
    for step, mine, right in zip(trial.case.steps, trial.got, expected, strict=True):
        kinds = kind_of(mine.value), kind_of(right.value)
        if step.op in ("call", "method") and kinds[0] != kinds[1]:
            return f"It could not be checked: {step.label} is {kinds[0]} where {kinds[1]} was expected."
    return "What your code gives could not be checked for this."


def _own_passes(mark: CheckMark, function: Any, trial: Trial, right: Any, reference: Reference) -> None:
    """Raises ReferenceFault where a check that the answer does not pass is one that the reference does not pass."""
    own = function(right, right, replace(trial, logged=trial.reference_logged).seen)
    if own is not None:
        said = own.message if isinstance(own, Finding) else own
        raise ReferenceFault(
            f"{reference.path}: {trial.case.label}: the reference fails its own check {mark.label!r}: {said}"
        )


def style_check(source: str, part: PartJob, used: Used | None) -> Check | None:
    """The check of what the answer is to do without, as its text has it or as it was heard to call it; it earns
    nothing. None where nothing is forbidden."""
    if not part.forbid:
        return None
    found = violations(source, part.entry, part.forbid) or ([used] if used is not None else [])
    more = f" and {len(part.forbid) - NAMED} more" if len(part.forbid) > NAMED else ""
    label = f"without {', '.join(part.forbid[:NAMED])}{more}"
    if not found:
        return Check(label=label, cls="observation", status="passed", score=0.0, max=0.0)
    line, name = found[0]
    what = f"a `{name}` loop" if name in ("for", "while") else "a comprehension" if name == "comprehension" else name
    if used is not None and found[0] is used:
        what = f"what does the work of {name}, as it was seen to do while it ran"
    return Check(
        label=label,
        cls="observation",
        status="failed",
        score=0.0,
        max=0.0,
        message=f"Your code uses {what}; solve this exercise without it.",
        where=f"line {line}" if line else None,
        diagnosis=(Diagnosis(name="forbidden-call", message="The work is left to what you were to write."),),
        hint=hint_for("forbidden-call", part),
    )


def speed_check(label: str, weight: float, found: Timing, limit: float, part: PartJob) -> Check:
    """The check of how long a call takes beside the reference's."""
    slow = speed.sentence(found, limit)
    if slow is None:
        message = f"{found.ratio:.2g} times the reference's time"
        return Check(label=label, status="passed", score=weight, max=weight, message=message)
    return Check(
        label=label,
        status="failed",
        score=0.0,
        max=weight,
        message=slow,
        diagnosis=(Diagnosis(name="too-slow", message=""),),
        hint=hint_for("too-slow", part) or "What is done element by element that one operator could do?",
    )


NAMED = 3
"""How many of the names that an answer is to do without its check is called by."""
