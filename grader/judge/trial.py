"""One case, tried: what the learner's side and the reference's side yielded step by step, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from grader.judge.authored import Unanswered, asked
from grader.judge.compare import WITHOUT_RETURN, Difference, Tolerance, compare, show
from grader.judge.findings.behaviour import Behaviour, behaviour
from grader.judge.reference import Reference, ReferenceFault
from grader.protocol.classes import name_of
from grader.protocol.outcome import Outcome, Raised
from grader.records.curves import Curves
from grader.records.verdict import Check, Status
from grader.sandbox.player import ARGUMENTS
from grader.spec.inputs import Handle
from grader.spec.labels import numbered
from grader.spec.script import Case, Step


class Seen(dict[str, Any]):
    """A case's inputs, and beside them what the learner's process says of itself: what was logged, and what was
    observed of each step; it remembers whether that was looked at."""

    def __init__(self, inputs: dict[str, Any], told: dict[str, Any]) -> None:
        super().__init__(inputs)
        self._told = told
        self.looked_at: dict[str, str] = {}
        """What was looked at of it, and how that came about."""

    def __missing__(self, name: str) -> Any:
        found = self._told[name]
        self.looked_at[name] = {"observed": "was observed", "raised": "was raised"}.get(name, "was logged")
        return found


@dataclass
class Trial:
    """A case with both sides' outcomes. `got` is shorter than the case where the worker was lost in it."""

    case: Case
    expected: list[Outcome]
    got: list[Outcome] = field(default_factory=list)
    lost: tuple[Status, str, str | None] | None = None
    """How the worker was lost in it, in words, and where in the learner's file."""
    logged: Curves = field(default_factory=dict)
    """What the learner's code logged in it, by its own account."""
    reference_logged: Curves = field(default_factory=dict)

    def tolerance(self, operation: str) -> Tolerance:
        return Tolerance(self.case.rtol, self.case.atol, operation)

    def results(self, outcomes: list[Outcome]) -> Any:
        """What authors' checks and predicates are given: the result of a case, or a script's results by label,
        observations among them."""
        if not self.case.scripted:
            return outcomes[0].value
        return {
            step.label: outcome.seen if step.op == "observe" else outcome.value
            for step, outcome in zip(self.case.steps, outcomes, strict=True)
        }

    @property
    def seen(self) -> Seen:
        """The inputs as authors' checks and predicates see them: with the truth, the seconds that each step took as
        seen from outside, what was logged, what was observed, and the sentence of the first exception, or nothing."""
        played = list(zip(self.case.steps, self.got, strict=False))
        told = {
            "curves": self.logged,
            "reference_curves": self.reference_logged,
            "observed": {step.label: outcome.seen for step, outcome in played},
            "raised": next((outcome.raised.sentence for outcome in self.got if outcome.raised is not None), ""),
        }
        seconds = {step.label: outcome.seconds for step, outcome in played}
        return Seen({**self.case.inputs, "truth": self.case.truth, "seconds": seconds}, told)

    @property
    def complete(self) -> bool:
        return len(self.got) == len(self.case.steps)


NONE = "'NoneType'"
"""What Python calls None in an exception."""


@dataclass(frozen=True)
class Deviation:
    """Where a trial leaves the reference first: a difference, an exception, or one that did not come."""

    status: Status
    kind: str
    message: str
    where: str | None = None
    expected: str | None = None
    got: str | None = None
    difference: Difference | None = None
    step: Step | None = None
    """The step at which the difference was found."""


def deviation(
    trial: Trial, got: list[Outcome], expected: list[Outcome], operation: str, outputs: tuple[str, ...]
) -> Deviation | None:
    """The first step that went otherwise, or None."""
    case, tolerance = trial.case, trial.tolerance(operation)
    for step, mine, right in zip(case.steps, got, expected, strict=False):
        label = step.label if case.scripted else "result"
        wanted = _wanted(step, right)
        if mine.raised is not None:
            if wanted is not None and wanted.found in mine.raised.bases:
                continue
            other = _unexpected(mine.raised, wanted.name if wanted else None, label, case, step)
            made = _made_of(mine.raised, case, step)
            return replace(other, message=other.message + _gives(mine.raised, made), step=made) if made else other
        if wanted is not None:
            message = f"{label}: {wanted.name} should have been raised, but a value came"
            return Deviation("failed", "raises", message, label, wanted.name, show(mine.value), step=step)
        if not step.compare or step.op == "observe":
            continue
        found = difference(case, mine.value, right.value, tolerance, label, outputs)
        if found:
            return Deviation("failed", found.kind, found.message, found.where, found.expected, found.got, found, step)
    return None


def difference(
    case: Case, mine: Any, right: Any, tolerance: Tolerance, label: str, outputs: tuple[str, ...] = ()
) -> Difference | None:
    """Where a learner's value leaves the right one first, in the case's canonical form where it has one.

    What cannot be compared because of what the learner's value is, differs; what cannot be compared with itself, is
    the exercise's fault. Raises whatever compares the right value with itself raises.
    """
    value, answer = mine, right
    if case.canonical is not None:
        try:
            answer = case.canonical(right)
            value = asked(case.canonical, mine, beside=right)
        except (Exception, Unanswered):  # of another type, shape or size: compared as it is, which says what it is
            value, answer = mine, right
    try:
        return compare(value, answer, tolerance, label, outputs)
    except Exception:
        compare(answer, answer, tolerance, label, outputs)
        message = f"{label} cannot be compared with what was expected; it is {show(mine)}"
        return Difference("type", message, label, show(right), show(mine), pair=(mine, right))


class _Wanted(NamedTuple):
    """A class of exceptions that must come: what it is called, and where it is found."""

    name: str
    found: str


def _wanted(step: Step, right: Outcome) -> _Wanted | None:
    if step.raises is not None:
        return _Wanted(step.raises.__name__, name_of(step.raises))
    return _Wanted(right.raised.type, right.raised.bases[0]) if right.raised and right.raised.bases else None


def _made_of(raised: Raised, case: Case, step: Step) -> Step | None:
    """The call that gave what a step cannot be done to, where the learner's code had returned before; else None."""
    if not isinstance(step.target, Handle) or raised.where or raised.type not in ("AttributeError", "TypeError"):
        return None
    made = case.steps[step.target.number]
    return made if made.op in ("call", "method") or NONE in raised.sentence else None


def _gives(raised: Raised, made: Step) -> str:
    return f"; that is what {made.spelled or made.label} gives" + f": {WITHOUT_RETURN}" * (NONE in raised.sentence)


def _unexpected(raised: Raised, wanted: str | None, label: str, case: Case, step: Step) -> Deviation:
    status: Status = "memory" if raised.memory else "error"
    message = f"{label}: {raised.sentence}" if case.scripted else raised.sentence
    if raised.misfit and wanted is None:
        count = len(step.args) + len(step.kwargs) - (2 if step.op == "gradient" else 0)
        message = f"{raised.where}: {raised.misfit}; it is called with {count}: {step.spelled}"
    if raised.memory:
        message = f"Your code needed more memory than the sandbox gives: {message}"
    if wanted is not None:
        other = "another class of that name, " if wanted == raised.type else ""
        message = f"{wanted} should have been raised, but it was {other}{message}"
        status = "failed" if status == "error" else status
    return Deviation(status, "raises" if wanted else status, message, raised.where, wanted, raised.type, step=step)


class Observed(NamedTuple):
    """One thing that was observed: None where it agrees with the reference's, else a sentence and the finding."""

    sentence: str | None
    finding: Behaviour | None = None


def observations(trial: Trial, expected: list[Outcome]) -> dict[str, Observed]:
    """What was observed in a trial, by name; the first disagreement counts."""
    found: dict[str, Observed] = {}
    for step, mine, right in zip(trial.case.steps, trial.got, expected, strict=False):
        if mine.raised is not None or right.raised is not None:
            continue
        for name, wanted in right.seen.items():
            said = mine.seen.get(name)
            if name == ARGUMENTS:  # asked of every call, and said only where it is broken
                if wanted is True and said is False:
                    found[name] = Observed(OBSERVATIONS[name], behaviour(name, said, wanted))
                continue
            if not step.compare:
                continue
            if said == wanted or found.get(name, Observed(None)).sentence is not None:
                found.setdefault(name, Observed(None))
                continue
            plain = "{name}: {got} where {expected} was expected"
            in_words = IN_WORDS[name](said, wanted, step) if name in IN_WORDS else None
            sentence = in_words or OBSERVATIONS.get(name, plain).format(
                name=name, got=show(said), expected=show(wanted)
            )
            found[name] = Observed(sentence, behaviour(name, said, wanted))
    return found


def _memory(said: Any, wanted: Any, step: Step) -> str | None:
    """What differs between two lists of [result, argument] that share memory, in a sentence; None for other things."""
    try:
        mine, right = ({(int(one), int(other)) for one, other in pairs} for pairs in (said, wanted))
    except (TypeError, ValueError):
        return None
    names = dict(enumerate((*step.argument_names, *step.kwargs) if len(step.argument_names) == len(step.args) else ()))
    alone = all(pair == (0, 0) for pair in mine | right)
    for result, argument in sorted(mine ^ right):
        one = "The result" if alone else f"Result {result + 1}"
        other = "its argument" if alone else names.get(argument, numbered(argument))
        if (result, argument) in right:
            return f"{one} should look at the memory of {other}, and has memory of its own: it is a copy."
        return f"{one} looks at the memory of {other}, and should have memory of its own."
    return None


def _tracking(said: Any, wanted: Any, step: Step) -> str | None:
    """Which result is tracked by autograd and should not be, or the other way round; None for other things."""
    if not isinstance(said, list) or not isinstance(wanted, list) or len(said) != len(wanted):
        return None
    for number, (mine, right) in enumerate(zip(said, wanted, strict=True), 1):
        if mine != right:
            one = "The result" if len(wanted) == 1 else f"Result {number}"
            should, does = "should be" if right else "should not be", "is" if mine else "is not"
            return f"{one} {should} tracked by autograd, and {does}."
    return None


def _by_a_kernel(said: Any, wanted: Any, step: Step) -> str | None:
    """Which result no kernel has written, in a sentence; None for other things."""
    if said is None:
        return "Your code launched no kernel: what it returns should be computed by one."
    if not isinstance(said, list) or not isinstance(wanted, list) or len(said) != len(wanted):
        return None
    for number, (mine, right) in enumerate(zip(said, wanted, strict=True), 1):
        if right and not mine:
            one = "The result" if len(wanted) == 1 else f"Result {number}"
            return f"{one} was not written by your kernel, or not all of it: the kernel should compute it."
    return None


IN_WORDS: dict[str, Callable[[Any, Any, Step], str | None]] = {
    "shares_storage": _memory,
    "grad_fn": _tracking,
    "written": _by_a_kernel,
}
OBSERVATIONS = {
    ARGUMENTS: "Your code changed an argument in place: whoever called it has other values now than before.",
    "unchanged_inputs": "Your code changed its input in place.",
    "shares_storage": "Which outputs share memory with which inputs is {got}; it should be {expected}.",
    "grad_fn": "Whether the outputs are tracked by autograd is {got}; it should be {expected}.",
    "written": "Which results were written by a kernel is {got}; it should be {expected}.",
    "tracked": "{got} of the object's tensors (beside its parameters) are tracked by autograd; {expected} should be.",
    "loose": "[tensors, modules] that are held without being registered: {got}; it should be {expected}.",
    "parameters": "The parameters have shapes {got}; they should have {expected}.",
    "buffers": "The buffers have shapes {got}; they should have {expected}.",
}


def unrun(label: str, weight: float, status: Status, message: str, where: str | None = None) -> Check:
    """The check of what could not be played."""
    return Check(label=label, status=status, score=0.0, max=weight, message=message, where=where)


def require_sound(reference: Reference, case: Case, expected: list[Outcome]) -> None:
    """Raises ReferenceFault where the reference raised what no step of the case says must be raised."""
    for step, outcome in zip(case.steps, expected, strict=True):
        raised = outcome.raised
        if raised is None and step.raises is None:
            continue
        line = f":{raised.line}" if raised is not None and raised.line else ""
        start = f"{reference.path}{line}: {case.label}, {step.label}"
        if step.raises is None:
            assert raised is not None
            raise ReferenceFault(f"{start}: the reference raised {raised.sentence}")
        if raised is None or name_of(step.raises) not in raised.bases:
            raise ReferenceFault(f"{start}: the reference should raise {step.raises.__name__}, and does not")
