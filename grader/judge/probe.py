"""Values that know nothing - None, a text, NaN - in the place of one right result after the other: does one pass?

The linter asks for it, to find predicates and checks that nothing satisfies. No learner code runs for it.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from grader.judge.checks import check_of
from grader.judge.properties import Property
from grader.judge.rehearsal import Rehearsals
from grader.judge.scoring import part_verdict
from grader.judge.trial import Deviation, Trial
from grader.protocol.outcome import Outcome
from grader.records.job import HandIn, PartJob
from grader.records.survey import ACCEPTS_NOTHING
from grader.records.verdict import PartVerdict
from grader.spec.script import Case, Handle, PathInput, Step

NOTHING: dict[str, Any] = {"None": None, "a text": "a text", "NaN": math.nan, "an empty list": []}
RESULTS = frozenset({"call", "method", "attribute", "item", "iterate", "length", "grads", "state_dict", "gradient"})
"""Steps whose value the learner's code decides; the others set something up."""


def probed(
    verdict: PartVerdict, rehearsals: Rehearsals, part: PartJob, trials: list[Trial], answer: HandIn
) -> PartVerdict:
    """The verdict on a right answer, failed where a value that knows nothing would pass in one of its places."""
    found = [*_in_cases(rehearsals, part, trials, answer), *_in_properties(rehearsals, part, answer)]
    checks = tuple(
        check_of(label, 0.0, Deviation("failed", ACCEPTS_NOTHING, message), message) for label, message in found
    )
    return msgspec.structs.replace(verdict, status="failed", checks=checks) if checks else verdict


def _in_cases(rehearsals: Rehearsals, part: PartJob, trials: list[Trial], answer: HandIn) -> Iterator[tuple[str, str]]:
    for number, trial in enumerate(trials):
        for place, step in enumerate(trial.case.steps):
            right = trial.got[place]
            if step.op not in RESULTS or right.raised is not None or right.value is None:
                continue
            if any(_uses(later, step.number) for later in trial.case.steps[place + 1 :]):
                continue  # it would not have been there for the later step
            for name, value in NOTHING.items():
                if repr(value) == repr(right.value) or (name == "NaN" and _infinite(right.value)):
                    continue
                got = [Outcome(value, right.seen) if i == place else one for i, one in enumerate(trial.got)]
                others = [replace(one, got=got) if i == number else one for i, one in enumerate(trials)]
                if part_verdict(rehearsals, part, others, [], answer).status == "passed":
                    where = f"{trial.case.label}, {step.label}" if trial.case.scripted else trial.case.label
                    yield where, f"{name} passes in the place of the result"
                    break


def _infinite(value: Any) -> bool:
    """Whether a single number is none that is finite: where infinity is right, NaN may be."""
    import torch

    with contextlib.suppress(Exception):
        return not bool(torch.isfinite(torch.as_tensor(value)))
    return False


def _uses(step: Step, number: int) -> bool:
    """Whether a step works on what an earlier one has made."""
    return any(_names(value, number) for value in (step.target, *step.args, *step.kwargs.values()))


def _names(value: Any, number: int) -> bool:
    if isinstance(value, PathInput):
        return value.directory.number == number
    if isinstance(value, list | tuple):
        return any(_names(item, number) for item in value)
    if isinstance(value, dict):
        return any(_names(item, number) for item in value.values())
    return isinstance(value, Handle) and value.number == number


def _in_properties(rehearsals: Rehearsals, part: PartJob, answer: HandIn) -> Iterator[tuple[str, str]]:
    for mark, function in rehearsals.reference.parts[part.id].properties:
        for name, value in NOTHING.items():

            def play(case: Case, value: Any = value) -> Trial:
                expected, _ = rehearsals.expected(case)
                return Trial(case, expected, [replace(one, value=value) for one in expected])

            if Property(mark, function, rehearsals, part, answer.seed, play).broken() is None:
                yield mark.label, f"{name} passes in the place of the result"
                break
