"""The page of statistics: lines with bars, the same on the screen and in plain mode; and its JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from grader.report.counted import counted
from lessons.schema import Course
from tutor.learner.remaining import in_words
from tutor.learner.statistics import Day, Statistics
from tutor.text.glossary import words_for
from tutor.text.review import when

LAST = 14
"""Days that are drawn."""
AHEAD = 7
"""Days to come whose reviews are drawn."""
FIRM, SETTLING = 30.0, 7.0
"""Days of stability from which a concept is called firm, and settling."""
BAR = 30
"""Cells of the longest bar."""
WEAKEST = 8
"""Concepts that are named."""

Block = tuple[str, list[str]]
"""A heading, and the lines under it."""


def blocks(course: Course, found: Statistics) -> Iterator[Block]:
    """The page, block by block."""
    if not found.days:
        yield "Nothing yet", ["What you read, run and hand in is counted here."]
        return
    yield "Time", list(_time(found))
    yield f"Attempts in the last {LAST} days", list(_attempts(found))
    if sum(found.ways.values()):
        yield "How exercises were passed", list(_bars({str(how): count for how, count in found.ways.items()}))
    if found.concepts:
        yield f"{counted(len(found.concepts), 'concept')} learned", list(_bars(_by_strength(found)))
        yield "Concepts due for review", list(_bars(_ahead(found)))
        yield "The weakest concepts", list(_weakest(course, found))


def statistics_lines(course: Course, found: Statistics) -> Iterator[str]:
    """The page in plain lines."""
    for number, (heading, lines) in enumerate(blocks(course, found)):
        if number:
            yield ""
        yield heading
        yield from (f"  {line}" for line in lines)


def _time(found: Statistics) -> Iterator[str]:
    total = sum(one.seconds for one in found.days)
    since = found.days[0].day
    yield f"{_duration(total)} on {counted(len(found.days), 'day')} since {since:%Y-%m-%d}; breaks are left out"
    recent = _recent(found)
    yield f"{_sparks([one.seconds for one in recent])}  the last {LAST} days, most {_duration(_most_seconds(recent))}"


def _attempts(found: Statistics) -> Iterator[str]:
    recent = _recent(found)
    tried, passed = sum(one.attempts for one in recent), sum(one.passed for one in recent)
    yield f"{_sparks([one.attempts for one in recent])}  {counted(tried, 'attempt')}, {passed} passed"
    everything = sum(one.attempts for one in found.days)
    yield f"{counted(everything, 'attempt')} in all, {sum(one.passed for one in found.days)} passed"


def _recent(found: Statistics) -> list[Day]:
    """The last days, those too on which nothing was done."""
    by = {one.day: one for one in found.days}
    today = found.now.astimezone().date()
    return [by.get(day, Day(day)) for day in (today - timedelta(days=back) for back in reversed(range(LAST)))]


def _most_seconds(days: Sequence[Day]) -> float:
    return max(one.seconds for one in days)


def _by_strength(found: Statistics) -> dict[str, int]:
    firm = sum(one.stability >= FIRM for one in found.concepts)
    settling = sum(SETTLING <= one.stability < FIRM for one in found.concepts)
    return {
        f"firm, {FIRM:.0f} days or more": firm,
        f"settling, {SETTLING:.0f} days or more": settling,
        "fresh": len(found.concepts) - firm - settling,
    }


def _ahead(found: Statistics) -> dict[str, int]:
    """How many concepts are due now, and on the days to come."""
    today = found.now.astimezone().date()
    due = [max(one.due.astimezone().date(), today) if one.due > found.now else None for one in found.concepts]
    rows = {"now": due.count(None)}
    for ahead in range(AHEAD):
        day = today + timedelta(days=ahead)
        rows["later today" if not ahead else "tomorrow" if ahead == 1 else f"{day:%A}"] = due.count(day)
    return rows


def _weakest(course: Course, found: Statistics) -> Iterator[str]:
    weakest = sorted(found.concepts, key=lambda one: one.recall)[:WEAKEST]
    names = words_for(course, [one.id for one in weakest])
    width = max(map(len, names))
    for name, one in zip(names, weakest, strict=True):
        times = f"practised {counted(len(one.evidence), 'time')}"
        yield f"{name:<{width}}  {one.recall:4.0%} known, {times}, due {when(one.due, found.now)}"


def _bars(rows: dict[str, int]) -> Iterator[str]:
    width, most = max(map(len, rows)), max(1, *rows.values())
    for name, count in rows.items():
        bar = "█" * (max(1, round(BAR * count / most)) if count else 0)
        yield f"{name:<{width}}  {count:>4} {bar}".rstrip()


def _sparks(values: Sequence[float]) -> str:
    """A column for each value; a day on which nothing was done is a dot."""
    most = max([*values, 1e-9])
    return "".join("▁▂▃▄▅▆▇█"[min(7, int(8 * value / most))] if value else "·" for value in values)


def _duration(seconds: float) -> str:
    return in_words(round(seconds / 60)) if seconds >= 60 or not seconds else "1 min"


def statistics_record(found: Statistics) -> dict[str, Any]:
    """The same for `statistics --json`."""
    return {
        "format": 1,
        "days": [
            {"day": str(one.day), "minutes": round(one.seconds / 60, 1), "attempts": one.attempts, "passed": one.passed}
            for one in found.days
        ],
        "passed": dict(found.ways),
        "concepts": {
            "learned": len(found.concepts),
            "firm": sum(one.stability >= FIRM for one in found.concepts),
            "due": sum(one.due <= found.now for one in found.concepts),
        },
        "due": {str(day): count for day, count in _due_days(found).items()},
    }


def _due_days(found: Statistics) -> dict[date, int]:
    days = sorted(one.due.astimezone().date() for one in found.concepts)
    return {day: days.count(day) for day in days}
