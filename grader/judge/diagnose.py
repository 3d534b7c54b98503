"""Which mistake does a wrong answer look like? The exercise's own mistakes are run on the same inputs; the one whose
whole outcome is the learner's, exceptions included, is named. Where none explains it, the values are looked at: are
they transposed, twice as large, along another axis? (`grader.judge.findings`)
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.judge.authored import Unanswered, asked, comparable
from grader.judge.compare import Tolerance
from grader.judge.findings import ValuePair, look
from grader.judge.findings.behaviour import DETACHED, MODE
from grader.judge.findings.sequence import PLACE, lists_of, sequence, value_for_place
from grader.judge.findings.value_pair import tensor_of
from grader.judge.hints import hint_for
from grader.judge.near_miss import near_miss
from grader.judge.rehearsal import Rehearsals
from grader.judge.reliance import Seen, one_size, rests_on
from grader.judge.trial import Deviation, Trial, deviation, difference
from grader.protocol.outcome import MISSING, Outcome
from grader.records.job import PartJob
from grader.spec.marks import MistakeMark
from grader.spec.script import Step

OUR_OWN = frozenset({"set", "observe", "grads", "state_dict", "attribute", "train", "eval"})
"""Steps in which no code of the learner's runs."""
RUNNABLE_SECONDS = 2.0
"""Mistakes are run only where the part's budget is this small; else they are recognised by their `when`."""
SAYS_LITTLE = frozenset(
    {"imprecise", "single-precision", "other-order", "all-equal", "all-zero", "factor", "offset", "shifted", "clipped"}
    | {"missing-bias", "items-missing", "items-too-many", "items-in-another-order"}
)
"""Findings that say how values differ rather than why."""


@dataclass(frozen=True)
class Explanation:
    """A mistake of the exercise, or a finding of ours, that explains the outcome."""

    name: str
    message: str
    hint: str


def diagnose(rehearsals: Rehearsals, part: PartJob, trials: list[Trial], *, near: bool = True) -> Explanation | None:
    """The first of the part's mistakes that explains the trials, or else what the wrong values look like; with `near`
    also which change of a right answer gives them."""
    if any(not trial.complete for trial in trials) or any(map(_missing, trials)):
        return None
    found = [(trial, deviation(trial, trial.got, trial.expected, part.operation, part.outputs)) for trial in trials]
    wrong = [(trial, one) for trial, one in found if one is not None]
    failed = [trial for trial, _ in wrong]
    quick = part.seconds <= RUNNABLE_SECONDS

    def explains(function: Callable[..., Any], some: list[Trial]) -> bool:
        return _explained(rehearsals, part, some, function, keep=False) == len(some)

    return (
        _mistake(rehearsals, part, trials, failed)
        or _mode(rehearsals, part, failed)
        or (_found(part, rests_on(rehearsals, part, trials, failed)) if quick else None)
        or _by_values(
            part, wrong, lambda: near_miss(rehearsals, part, trials, failed, explains) if quick and near else None
        )
        or _found(part, one_size(trials, failed))
    )


def _by_values(
    part: PartJob, wrong: list[tuple[Trial, Deviation]], near: Callable[[], Seen | None]
) -> Explanation | None:
    """What the wrong values look like; a change that explains them all says more than a look that says little."""
    seen = _look(part, wrong) or _found(part, _listed(wrong))
    if seen is not None and seen.name not in SAYS_LITTLE:
        return seen
    return _found(part, near()) or seen


def _found(part: PartJob, seen: Seen | None) -> Explanation | None:
    """A finding in the words of the exercise's own hint, where it has one for it."""
    if seen is None:
        return None
    finding, message = seen
    return Explanation(finding.name, message, hint_for(finding.name, part) or finding.hint)


def _missing(trial: Trial) -> bool:
    """Whether the file lacks a name that the trial needs: nothing came that could look like anything."""
    return any(one.raised is not None and one.raised.type == MISSING for one in trial.got)


def _mode(rehearsals: Rehearsals, part: PartJob, wrong: list[Trial]) -> Explanation | None:
    """Whether the reference yields the very same wrong values when it is kept in the one mode or in the other."""
    modes = {"train", "eval"}
    if not wrong or part.seconds > RUNNABLE_SECONDS:
        return None
    if not all(any(step.op in modes for step in trial.case.steps) for trial in wrong):
        return None
    for mode, sentence in (
        ("train", "These are the values of training mode: eval() has no effect."),
        ("eval", "These are the values of prediction mode: train() has no effect."),
    ):
        if all(_as_in(mode, rehearsals, part, trial) for trial in wrong):
            return Explanation(MODE.name, sentence, hint_for(MODE.name, part) or MODE.hint)
    return None


def _as_in(mode: str, rehearsals: Rehearsals, part: PartJob, trial: Trial) -> bool:
    theirs = rehearsals.in_mode(mode, trial.case)
    return deviation(trial, trial.got, theirs, part.operation, part.outputs) is None


def _look(part: PartJob, wrong: list[tuple[Trial, Deviation]]) -> Explanation | None:
    """A finding of ours that fits every value that is wrong."""
    pairs = []
    for trial, found in wrong:
        if _no_gradient(found):
            return Explanation(
                DETACHED.name, "No gradient arrived here.", hint_for(DETACHED.name, part) or DETACHED.hint
            )
        pair = _pair(found, trial)
        if pair is None:
            return None
        pairs.append(pair)
    seen = look(pairs)
    if seen is None:
        return None
    rule, message = seen
    return Explanation(rule.name, message, hint_for(rule.name, part) or rule.hint)


def _listed(wrong: list[tuple[Trial, Deviation]]) -> Seen | None:
    """A finding about lists, or about a value and its place, that fits every trial that is wrong."""
    lists, places = [], []
    for trial, found in wrong:
        number = next((n for n, step in enumerate(trial.case.steps) if step is found.step), None)
        if number is None:
            return None
        got, expected = trial.got[number].value, trial.expected[number].value
        lists.append(lists_of(got, expected))
        places.append(value_for_place(got, expected, trial.case.inputs.values()))
    if places and all(places) and places[0] is not None:
        return PLACE, places[0]
    return sequence(one for one in lists if one is not None) if all(lists) else None


def _no_gradient(found: Deviation) -> bool:
    pair = found.difference.pair if found.difference else None
    return found.step is not None and found.step.op == "grads" and pair is not None and pair[0] is None


def _pair(found: Deviation, trial: Trial) -> ValuePair | None:
    if found.difference is None or found.difference.pair is None or found.step is None:
        return None
    if not comparable(*found.difference.pair):
        return None
    got, expected = (tensor_of(value) for value in found.difference.pair)
    if got is None or expected is None:
        return None
    sources = [*found.step.args, *found.step.kwargs.values(), *trial.case.inputs.values()]
    inputs = tuple(tensor for tensor in map(tensor_of, sources) if tensor is not None)
    return ValuePair(found.kind, got, expected, inputs, found.step.op)


def _mistake(rehearsals: Rehearsals, part: PartJob, trials: list[Trial], wrong: list[Trial]) -> Explanation | None:
    """The mistake that explains all trials, or whose predicate fits: of the first wrong one, else of any.

    Where there is none, the one that explains all that is right and, from the first on, most of what is wrong: who
    makes two mistakes at a time hears of one.
    """
    half: Explanation | None = None
    right = [trial for trial in trials if not any(trial is one for one in wrong)]
    for mark, function in rehearsals.reference.parts[part.id].mistakes:
        named = Explanation(mark.name, mark.message, mark.hint)
        if mark.when is not None:
            if _recognised(mark, wrong[:1] or trials):
                return named
        elif part.seconds <= RUNNABLE_SECONDS:
            count = _explained(rehearsals, part, [*wrong[:1], *right, *wrong[1:]], function)
            if count == len(trials):
                return named
            if half is None and 2 * (count - len(right)) > len(wrong):
                half = named
    return half


def _recognised(mark: MistakeMark, trials: list[Trial]) -> bool:
    """Whether a mistake's predicate fits one of the trials; where an exception came, it must have looked at that."""
    assert mark.when is not None
    for trial in trials:
        got, right, seen = trial.results(trial.got), trial.results(trial.expected), trial.seen
        # a predicate that does not fit the result's type or size does not match
        with contextlib.suppress(Exception, Unanswered):
            if asked(mark.when, got, right, seen, beside=right) and (not _raised(trial) or "raised" in seen.looked_at):
                return True
    return False


def _raised(trial: Trial) -> bool:
    """Whether the learner's code raised what the reference does not. Parameters that do not fit are none of its own."""
    steps = zip(trial.case.steps, trial.got, trial.expected, strict=False)
    return any(
        mine.raised is not None and right.raised is None for step, mine, right in steps if step.op not in OUR_OWN
    )


def _explained(
    rehearsals: Rehearsals, part: PartJob, trials: list[Trial], function: Callable[..., Any], keep: bool = True
) -> int:
    """In how many of the trials, from the first on, a mistake yields what the learner's code did."""
    for count, trial in enumerate(trials):
        theirs = rehearsals.instead(part.id, function, trial.case, keep=keep)
        tolerance = trial.tolerance(part.operation)
        steps = zip(trial.case.steps, trial.got, theirs, strict=True)
        if not all(_alike(step, mine, other, tolerance, trial) for step, mine, other in steps):
            return count
    return len(trials)


def _gradients(value: Any) -> Any:
    """The gradients of a step `gradient`, in order; whatever else came stays as it is."""
    with contextlib.suppress(Exception):
        return [gradient for _, gradient, _ in value["tensors"]]
    return value


def _alike(step: Step, mine: Outcome, other: Outcome, tolerance: Tolerance, trial: Trial) -> bool:
    if mine.raised is not None or other.raised is not None:
        return mine.raised is not None and other.raised is not None and mine.raised.same(other.raised)
    value, wrong = mine.value, other.value
    if step.op == "gradient":  # the names of parameters are the learner's to choose
        value, wrong = _gradients(value), _gradients(wrong)
    try:
        return difference(trial.case, value, wrong, tolerance, "result") is None and mine.seen == other.seen
    except TypeError:  # the mistake returns what cannot be compared, as the learner may
        return type(value) is type(wrong)
