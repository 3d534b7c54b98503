"""What the linter asks the judge about a right answer, for which no learner code runs.

Values that know nothing - None, a text, NaN - stand in the place of one right result after the other: does one pass?
And the reference is judged by its own cases as they are drawn from many seeds: does it always pass?
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from grader.judge.checks import check_of
from grader.judge.properties import Property
from grader.judge.reference import sample
from grader.judge.rehearsal import Rehearsals, rehearse
from grader.judge.scoring import part_verdict
from grader.judge.trial import Deviation, Trial, require_sound
from grader.protocol.outcome import Outcome
from grader.records.job import HandIn, PartJob
from grader.records.survey import ACCEPTS_NOTHING, UNSTEADY
from grader.records.verdict import PartVerdict
from grader.spec.inputs import Handle, PathInput
from grader.spec.script import Case, Step

NOTHING: dict[str, Any] = {"None": None, "a text": "a text", "NaN": math.nan, "an empty list": []}
FEW = 50
"""For how many seeds a reference is drawn and judged where that is not quick."""
FIRST_SEED = 1000
SECONDS, MOST_SECONDS = 0.2, 1.0
"""CPU seconds after which there are no more than these, and no more at all."""
RESULTS = frozenset({"call", "method", "attribute", "item", "iterate", "length", "grads", "state_dict", "gradient"})
"""Steps whose value the learner's code decides; the others set something up."""


def probed(
    verdict: PartVerdict, rehearsals: Rehearsals, part: PartJob, trials: list[Trial], answer: HandIn
) -> PartVerdict:
    """The verdict on a right answer, failed where a value that knows nothing would pass in one of its places."""
    taken = [*_in_cases(rehearsals, part, trials, answer), *_in_properties(rehearsals, part, answer)]
    found = [(ACCEPTS_NOTHING, *one) for one in taken] + [
        (UNSTEADY, *one) for one in _unsteady(rehearsals, part, answer.probed)
    ]
    checks = tuple(check_of(label, 0.0, Deviation("failed", name, said), said) for name, label, said in found)
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


def _unsteady(rehearsals: Rehearsals, part: PartJob, most: int) -> Iterator[tuple[str, str]]:
    """The first seed for which the reference is not right by its own cases, with the check that says so."""
    began, reference = time.process_time(), rehearsals.reference
    for number in range(most):
        spent = time.process_time() - began
        if spent > SECONDS and (number >= FEW or spent > MOST_SECONDS):
            return
        seed = FIRST_SEED + number
        cases = sample(reference, part.id, rehearsals.exercise, seed)
        trials = []
        for case in cases:
            expected = rehearse(reference, reference.namespace, case, rehearsals.scratch)
            require_sound(reference, case, expected)
            trials.append(Trial(case, expected, list(expected)))
        answer = HandIn(source="", seed=seed, randomness=seed, parts=(part,))
        checks = [check for check in part_verdict(rehearsals, part, trials, [], answer).checks if check.cls == "value"]
        wrong = next((check for check in checks if check.status != "passed"), None)
        if wrong is not None:
            yield wrong.label, f"for seed {seed} the reference itself does not pass: {wrong.message}"
            return


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
