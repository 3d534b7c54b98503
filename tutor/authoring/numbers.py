"""The numbers that demos state, measured again. For `dl-tutor numbers`.

Every demo runs in the sandbox with its seed, and each of its facts is compared with what its expression gives there.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import msgspec

from grader.grading import Grader
from grader.proof.facts import GOOD, Measured, measure
from grader.report.counted import out_of
from lessons.error import did_you_mean
from lessons.schema import Course, Number, Unit
from tutor.learner import consent

WIDTH = 36
"""Columns for an expression, a stated and a measured value; a longer one is cut off in the table, never in the JSON."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A number to reproduce: `verdict` is "ok" where its demos measure what they state, "parts" where none does.

    It is "skipped" where all that its demos state holds for other data than lies here.
    """

    id: str
    what: str
    demos: list[str]
    parts: list[str]
    verdict: Literal["ok", "differs", "parts", "skipped"]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a unit, or of all."""

    ok: bool
    rows: list[Row]
    facts: list[Measured]


def units_named(course: Course, name: str | None) -> list[Unit]:
    """The unit of this number (counted from 1) or id; all of them without a name. Raises ValueError."""
    if name is None:
        return list(course.units)
    if name.isdecimal():
        if 1 <= int(name) <= len(course.numbered):
            return [course.numbered[int(name) - 1]]
        raise ValueError(f"there is no unit {name}; the course has {len(course.numbered)}.")
    found = [unit for unit in course.units if unit.id == name]
    if not found:
        raise ValueError(f"there is no unit {name!r}. {did_you_mean(name, [unit.id for unit in course.units])}")
    return found


def examine(units: Iterable[Unit], say: Callable[[str], None]) -> Report:
    """Runs the demos of the units one after another. Raises SandboxError."""
    units = list(units)
    facts: list[Measured] = []
    with Grader(allow_level_1=consent.given()) as grader:
        for demo in (demo for unit in units for lesson in unit.lessons for demo in lesson.demos):
            say(f"running {demo.lesson}/{demo.id}")
            facts += measure(demo, grader)
    rows = [_row(number, facts) for unit in units for number in unit.numbers]
    ok = all(fact.verdict in GOOD for fact in facts) and all(row.verdict != "differs" for row in rows)
    return Report(ok=ok, rows=rows, facts=facts)


def _row(number: Number, facts: list[Measured]) -> Row:
    """A row is ok where every demo that it names states the number, and measures it."""
    own = [fact for fact in facts if fact.id == number.id]
    shown = set(number.demos) <= {fact.demo for fact in own}
    good = shown and all(fact.verdict in GOOD for fact in own)
    skipped = bool(own) and all(fact.verdict == "skipped" for fact in own)
    return Row(
        id=number.id,
        what=number.what,
        demos=number.demos,
        parts=number.parts,
        verdict="differs" if not good else "skipped" if skipped else "ok" if number.demos else "parts",
    )


def lines(report: Report) -> Iterator[str]:
    """The report as a table: each number with its facts, then the other facts."""
    head = ("", "stated", "measured", "verdict")
    table = [head, *(_cells(fact) for fact in report.facts)]
    widths = [max(len(row[column]) for row in table) for column in range(4)]

    def line(cells: tuple[str, ...]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    yield line(head)
    for row in report.rows:
        yield from textwrap.wrap(f"{row.id}  {row.what}", 110, subsequent_indent=" " * (len(row.id) + 2))
        yield from (line(_cells(fact)) for fact in report.facts if fact.id == row.id)
        stated = {fact.demo for fact in report.facts if fact.id == row.id}
        yield from (f"  {demo}: states nothing for {row.id}" for demo in row.demos if demo not in stated)
        if row.parts:
            yield f"  asked for in {', '.join(row.parts)}"
    listed = {row.id for row in report.rows}
    others = [fact for fact in report.facts if fact.id not in listed]
    if others:
        yield "Other demos and facts"
        yield from (line(_cells(fact)) for fact in others)
    yield from dict.fromkeys(_in_words(fact) for fact in report.facts if fact.message)
    yield _summary(report)


def _in_words(fact: Measured) -> str:
    return f"{fact.demo}{' failed' if fact.verdict == 'demo failed' else ''}: {fact.message}"


def _cells(fact: Measured) -> tuple[str, str, str, str]:
    name = f"  {fact.demo}" if fact.what == "runs" else f"  {fact.demo}: {_cut(fact.what)}"
    if fact.what == "runs":
        return name, "", "", fact.verdict
    around = f" ± {fact.tolerance:g}" if fact.tolerance else ""
    return name, _short(fact.stated) + around, "" if fact.measured is None else _short(fact.measured), fact.verdict


def _short(value: Any) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def _summary(report: Report) -> str:
    good = sum(row.verdict == "ok" for row in report.rows)
    parts = sum(row.verdict == "parts" for row in report.rows)
    wrong = sum(row.verdict == "differs" for row in report.rows)
    bad = sum(fact.verdict not in GOOD for fact in report.facts)
    skipped = sum(fact.verdict == "skipped" for fact in report.facts)
    told = f"; {skipped} skipped, for they hold for other data than lie here" if skipped else ""
    return (
        f"{len(report.rows)} numbers: {good} reproduced by demos, {parts} asked for in parts, {wrong} not reproduced; "
        f"{out_of(bad, len(report.facts), 'line')} not ok{told}"
    )
