"""A verdict folded to lines, once for every face: what is said, in which order, and what is said only once.

A face decides how a line looks, and may leave out kinds that it shows in another way; it never words them anew.
Formulas are terminal text by then. Code in a line still has its marks, but in what was printed: a face shows it bold,
or takes them off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from grader.records.curves import sentence
from grader.records.verdict import Check, PartVerdict, Status, Verdict, number
from grader.report.counted import out_of
from grader.report.readable import readable, readable_part

Kind = Literal[
    "message", "data", "part", "note", "check", "value", "detail", "strip", "finding", "hint", "curve", "printed"
]
"""message, data: of the whole. part: its head. note: of a part. check: one that did not pass, followed by its values
(expected and got), details, strip of wrong elements, finding and hint. curve: what was logged, in words. printed: what
the code printed, as it came."""

WORDS: dict[Status, str] = {
    "passed": "passed",
    "failed": "not yet",
    "error": "error",
    "timeout": "out of time",
    "memory": "out of memory",
    "crashed": "crashed",
    "forbidden": "forbidden",
    "skipped": "skipped",
    "grader_error": "could not be judged",
}
SHOWN = 4
"""How many checks of a part that did not pass are shown whole; checks that failed alike count as one."""
LABELS = 8
CONTINUED = "| "
"""Before each further line of a text that has several."""


@dataclass(frozen=True)
class Line:
    """One line, or several where the text has breaks; each further one is marked. status: of a part's head."""

    kind: Kind
    text: str
    status: Status | None = None
    places: tuple[str, ...] = ()
    """Of a check or a part's message: what may name a line of the learner's file."""


def points(verdict: Verdict) -> str:
    """`2.14 of 3 points`"""
    return out_of(verdict.score, verdict.max, "point")


def headline(verdict: Verdict) -> str:
    """`Passed: 3 of 3 points`"""
    return f"{WORDS[verdict.status].capitalize()}: {points(verdict)}"


def standing(verdict: Verdict) -> str:
    """The status of the whole in words. A part that was skipped does not keep the rest from passing, and is said."""
    skipped = sum(part.status == "skipped" for part in verdict.parts)
    word = WORDS[verdict.status]
    return word if not skipped or skipped == len(verdict.parts) else f"{word}, {skipped} skipped"


def fold(verdict: Verdict) -> Iterator[Line]:
    """What is said of a verdict, but for its first line and its last."""
    return map(_told, _whole(readable(verdict)))


def _told(line: Line) -> Line:
    """The line with its further lines marked: a text of others that has breaks begins no line of a report."""
    if line.kind in ("printed", "strip") or "\n" not in line.text:
        return line
    first, *rest = line.text.rstrip("\n").split("\n")
    return replace(line, text="\n".join([first, *(f"{CONTINUED}{one}" for one in rest)]))


def _whole(verdict: Verdict) -> Iterator[Line]:
    if verdict.message:
        yield Line("message", verdict.message)
    for used in verdict.data:
        if used.notice:
            yield Line("data", used.notice)
    for part in verdict.parts:
        yield from _part(part)
    if verdict.output.text.strip():
        yield Line("printed", verdict.output.text.rstrip().strip("\n"))


def fold_part(part: PartVerdict) -> Iterator[Line]:
    """The lines for one part."""
    return map(_told, _part(readable_part(part)))


def _part(part: PartVerdict) -> Iterator[Line]:
    head = f"{part.part}: {WORDS[part.status]}, {number(part.score)} of {number(part.max)}"
    yield Line("part", head, part.status)
    if part.message:
        yield Line("note", part.message, places=(part.where or "",))
    wrong = [check for check in part.checks if check.status != "passed"]
    told: set[str] = set()
    alike = list(_grouped(wrong).values())
    for checks in alike[:SHOWN]:
        yield from _check(checks[0], told)
        if len(checks) > 1:
            yield Line("detail", f"the same with: {_labels(checks[1:])}")
    if len(alike) > SHOWN:
        rest = [check for checks in alike[SHOWN:] for check in checks]
        yield Line("note", f"also not passed: {_labels(rest)}")
    if wrong and len(part.checks) > 1:
        yield Line("note", f"{out_of(len(part.checks) - len(wrong), len(part.checks), 'check')} passed")
    for curve in part.curves:
        if len(curve.points) > 1:
            yield Line("curve", f"logged: {sentence(curve.name, curve.points)}")
        if len(curve.reference_points) > 1:
            yield Line("curve", f"the course's: {sentence(curve.name, curve.reference_points)}")


def _grouped(checks: list[Check]) -> dict[tuple[str, str | None], list[Check]]:
    """Checks that failed alike, in the order of the first of each kind."""
    groups: dict[tuple[str, str | None], list[Check]] = {}
    for check in checks:
        groups.setdefault((check.message, check.where), []).append(check)
    return groups


def _labels(checks: list[Check]) -> str:
    """The labels, each once with how often it comes; the first few of many."""
    counted = Counter(check.label for check in checks)
    names = [label if count == 1 else f"{label} ({count} times)" for label, count in counted.items()]
    more = f" and {len(names) - LABELS} more" if len(names) > LABELS else ""
    return ", ".join(names[:LABELS]) + more


def _check(check: Check, told: set[str]) -> Iterator[Line]:
    """The lines for a check that did not pass. What has been told is not said again; a named mistake's hint is
    the last one for its part."""
    place = f" ({check.where})" if check.where and check.where not in check.message else ""
    observed = " [observed in your code's own process]" if check.cls == "observation" else ""
    said = f"{check.label.removesuffix('.')}: {check.message}{place}{observed}"
    yield Line("check", said, places=(check.where or "", check.message))
    for name, text in (("expected", check.expected), ("got", check.got)):
        if text and text not in check.message:
            yield Line("value", f"{name}: {text}")
    if check.input and "Input: " not in check.message:
        given = f"given: {check.input}"
        yield Line("detail", "given: the same" if given in told else given)
        told.add(given)
    if check.share is not None and 0 < check.share < 1:
        yield Line("detail", f"{check.share:.0%} of the elements are wrong" + _errors(check))
    if check.strip:
        yield Line("strip", check.strip)
    named = [found.message for found in check.diagnosis if found.message != check.message]
    for message in named:
        yield Line("finding", f"it looks like this: {message}")
    if check.hint and check.hint not in told | {check.message, *named} and "" not in told:
        yield Line("hint", f"hint: {check.hint}")
        told |= {check.hint, *([""] if named else [])}


def _errors(check: Check) -> str:
    figures = [
        f"{name} error at most {value:.3g}"
        for name, value in (("absolute", check.abs), ("relative", check.rel))
        if value is not None
    ]
    return f"; {', '.join(figures)}" if figures else ""
