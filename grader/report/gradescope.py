"""Verdicts as Gradescope's results.json: a test a check, with its points. Written again whenever more is known, so that
there is something to read if the autograder runs out of its time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from grader.records.printable import one_line
from grader.records.verdict import Verdict
from grader.report.fold import standing
from grader.report.json import indented
from grader.report.told import Told, told

Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]


def render(
    verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = (), visibility: Visibility = "visible"
) -> bytes:
    """The file. visibility: of each check; what is left out, and the total, are always seen."""
    tests: list[dict[str, Any]] = []
    for verdict in verdicts:
        tests += [_test(verdict, one, place, visibility) for place, one in enumerate(told(verdict), len(tests) + 1)]
    lines = [f"{one.exercise}: {standing(one)}" for one in verdicts]
    lines += [f"left out: {one_line(line)}" for line in refused]
    result = {
        "score": round(sum(verdict.score for verdict in verdicts), 6),
        "execution_time": round(sum(verdict.seconds for verdict in verdicts), 3),
        "output": "\n".join(lines),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {"seeds": {verdict.exercise: verdict.seed for verdict in verdicts}},
    }
    return indented(result)


def _test(verdict: Verdict, one: Told, place: int, visibility: Visibility) -> dict[str, Any]:
    return {
        "name": f"{one.exercise}.{one.part}: {one.name}",
        "number": str(place),
        "score": round(one.score, 6),
        "max_score": round(one.max, 6),
        "status": "passed" if one.status == "passed" else "failed",
        "output": one.text if one.status != "passed" else "",
        "output_format": "text",
        "tags": [one.exercise, one.part, *one.mistakes],
        "visibility": visibility,
        "extra_data": {"status": one.status},
    }
