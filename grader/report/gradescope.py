"""Verdicts as Gradescope's results.json: a test a check, with its points. Written again whenever more is known, so that
there is something to read if the autograder runs out of its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from grader.records.printable import one_line
from grader.records.verdict import Verdict
from grader.report.counted import counted
from grader.report.fold import standing
from grader.report.json import indented
from grader.report.told import Told, told


@dataclass(frozen=True)
class Earlier:
    """The points of attempts before this one, in their order, and how many attempts count."""

    scores: tuple[float, ...]
    most: int

    @property
    def spent(self) -> bool:
        return len(self.scores) >= self.most

    @property
    def best(self) -> float:
        return max(self.scores[: self.most], default=0.0)


Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]


def render(
    verdicts: Sequence[Verdict],
    *,
    many: bool = True,
    refused: Sequence[str] = (),
    visibility: Visibility = "visible",
    earlier: Earlier | None = None,
) -> bytes:
    """The file. visibility: of each check; what is left out, and the total, are always seen.

    earlier: attempts before, of which the best counts.
    """
    tests: list[dict[str, Any]] = []
    for verdict in verdicts:
        tests += [_test(verdict, one, place, visibility) for place, one in enumerate(told(verdict), len(tests) + 1)]
    lines = [f"{one.exercise}: {standing(one)}" for one in verdicts]
    lines += [f"{one.exercise}: {one_line(one.message)}" for one in verdicts if one.message]
    lines += [f"left out: {one_line(line)}" for line in refused]
    score = round(sum(verdict.score for verdict in verdicts), 6)
    if earlier is not None:
        lines += _of_attempts(earlier, score)
        score = earlier.best if earlier.spent else max(score, earlier.best)
    result = {
        "score": score,
        "execution_time": round(sum(verdict.seconds for verdict in verdicts), 3),
        "output": "\n".join(lines),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {"seeds": {verdict.exercise: verdict.seed for verdict in verdicts}},
    }
    return indented(result)


def _of_attempts(earlier: Earlier, score: float) -> Iterator[str]:
    """Which attempt this is, and which one counts."""
    count = len(earlier.scores) + 1
    if earlier.spent:
        yield f"This is attempt {count}, and {earlier.most} count: it was not judged."
    else:
        yield f"This is attempt {count} of {earlier.most}."
    if earlier.scores and (earlier.spent or earlier.best > score):
        yield f"The best attempt before it counts: {counted(earlier.best, 'point')}."


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
