"""The verdict as plain lines: what passed, what did not and why, and how to see it again. No colour is needed."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator

from grader.records.curves import sentence
from grader.records.verdict import Check, PartVerdict, Verdict

WORDS = {
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
SIGNS = {"passed": "+", "skipped": "-"}
SHOWN = 4
"""How many checks of a part that did not pass are shown whole; checks that failed alike count as one."""
LABELS = 8
WIDTH = 100


def number(value: float) -> str:
    """A score without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def render(verdict: Verdict, *, replay: str | None = None) -> str:
    """The report, ending in a newline. `replay` is the command that shows the same run again."""
    lines = [f"{verdict.exercise}: {WORDS[verdict.status]}, {number(verdict.score)} of {number(verdict.max)} points"]
    if verdict.message:
        lines += _wrapped(verdict.message, "  ")
    for used in verdict.data:
        lines += _wrapped(used.notice, "  ")
    for part in verdict.parts:
        lines += part_lines(part)
    if verdict.output.text.strip():
        lines += [
            "  your code printed:",
            *(f"    | {line}" for line in verdict.output.text.rstrip().splitlines()),
        ]
    layers = f"level {verdict.sandbox.level}" if verdict.sandbox.level else "no code run"
    lines.append(f"  seed {verdict.seed}, {layers}, {verdict.seconds:.2f} s")
    if replay and not verdict.passed and verdict.sandbox.level:
        lines.append(f"  the same inputs again: {replay}")
    return "\n".join(lines) + "\n"


def part_lines(part: PartVerdict) -> Iterator[str]:
    """The lines for one part."""
    sign = SIGNS.get(part.status, "x")
    yield f"  [{sign}] {part.part}: {WORDS[part.status]}, {number(part.score)} of {number(part.max)}"
    if part.message:
        yield from _wrapped(part.message, "      ")
    wrong = [check for check in part.checks if check.status != "passed"]
    told: set[str] = set()
    alike = list(grouped(wrong).values())
    for checks in alike[:SHOWN]:
        yield from check_lines(checks[0], told)
        if len(checks) > 1:
            yield from _wrapped(f"the same with: {_labels(checks[1:])}", "        ")
    if len(alike) > SHOWN:
        rest = [check for checks in alike[SHOWN:] for check in checks]
        yield from _wrapped(f"also not passed: {_labels(rest)}", "      ")
    if wrong and len(part.checks) > 1:
        yield f"      {len(part.checks) - len(wrong)} of {len(part.checks)} checks passed"
    for curve in part.curves:
        if len(curve.points) > 1:
            yield from _wrapped(f"logged: {sentence(curve.name, curve.points)}", "      ")
        if len(curve.reference_points) > 1:
            yield from _wrapped(f"the course's: {sentence(curve.name, curve.reference_points)}", "      ")


def grouped(checks: list[Check]) -> dict[tuple[str, str | None], list[Check]]:
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


def check_lines(check: Check, told: set[str]) -> Iterator[str]:
    """The lines for a check that did not pass. What has been told is not said again; a named mistake's hint is
    the last one for its part."""
    place = f" ({check.where})" if check.where and check.where not in check.message else ""
    observed = " [observed in your code's own process]" if check.cls == "observation" else ""
    yield from _wrapped(f"x {check.label}: {check.message}{place}{observed}", "      ")
    if check.share is not None and 0 < check.share < 1:
        yield f"        {check.share:.0%} of the elements are wrong" + _figures(check)
    if check.strip:
        yield from (f"        {line}" for line in check.strip.splitlines())
    named = [finding.message for finding in check.diagnosis if finding.message != check.message]
    for message in named:
        yield from _wrapped(f"it looks like this: {message}", "        ")
    if check.hint and check.hint not in told | {check.message} and "" not in told:
        yield from _wrapped(f"hint: {check.hint}", "        ")
        told |= {check.hint, *([""] if named else [])}


def _figures(check: Check) -> str:
    figures = [
        f"{name} error at most {value:.3g}"
        for name, value in (("absolute", check.abs), ("relative", check.rel))
        if value is not None
    ]
    return f"; {', '.join(figures)}" if figures else ""


def _wrapped(text: str, indent: str) -> list[str]:
    """Lines of readable width; the line breaks of the text stay."""
    return [
        piece
        for line in text.splitlines()
        for piece in textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
    ]
