"""How a class did, as a table in CSV: a row for each exercise, part, mistake, cluster and pair; `what` says which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.records.printable import one_line
from grader.report.review.record import ClassReview, ExerciseReview
from grader.report.review.words import common, places
from grader.report.table import csv_of

COLUMNS = ("exercise", "what", "part", "name", "count", "of", "learners", "text")
"""count: of learners, or for a pair of fingerprints. text: a message, or the skeleton of a mistake."""
BETWEEN = "; "
"""Learners of one cell."""


def render(review: ClassReview) -> bytes:
    """The table, in UTF-8. No cell is computed by a spreadsheet."""
    rows: list[Sequence[str]] = [COLUMNS]
    for one in review.exercises:
        rows += _rows(one)
    rows += [["", "note", "", "", "", "", "", one_line(note)] for note in review.notes]
    return csv_of(rows)


def _rows(one: ExerciseReview) -> Iterator[list[str]]:
    def row(what: str, part: str, name: str, count: int, of: int, learners: Sequence[str], text: str) -> list[str]:
        total = str(of) if of else ""
        return [one.exercise, what, part, name, str(count), total, BETWEEN.join(map(one_line, learners)), text]

    yield row("exercise", "", "passed", one.passed, one.handed_in, (), one_line(one.title))
    for part in one.parts:
        yield row("part", part.part, "passed", part.passed, part.judged, (), "")
    if one.practice is not None:
        found = one.practice
        yield row("practice", "", "hints", found.records, one.handed_in, (), f"{found.hints:g}")
        yield row("practice", "", "minutes", found.records, one.handed_in, (), f"{found.minutes:.1f}")
        yield row("practice", "", "solution shown", found.solutions, found.records, (), "")
    for mistake in one.mistakes:
        what = "mistake" if mistake.own else "finding"
        count = len(mistake.learners)
        yield row(what, "", mistake.name, count, one.handed_in, mistake.learners, one_line(mistake.message))
    for number, cluster in enumerate(one.clusters, 1):
        count, text = len(cluster.learners), one_line(f"{', '.join(cluster.checks)}: {cluster.outcome}")
        name = " ".join(filter(None, (f"{number}", cluster.finding)))
        yield row("cluster", cluster.part, name, count, one.handed_in, cluster.learners, text)
        for variant in cluster.variants:
            if variant.skeleton:
                count = len(variant.learners)
                yield row("skeleton", cluster.part, f"{number}", count, 0, variant.learners, variant.skeleton)
    for pair in one.pairs:
        both = (pair.left.learner, pair.right.learner)
        text = f"{common(pair)}; {places(pair.left)}; {places(pair.right)}"
        yield row("pair", "", f"{pair.share:.2f}", pair.shared, 0, both, text)
    if one.more:
        yield row("pair", "", "not shown", one.more, 0, (), "")
    if one.uncompared:
        yield row("uncompared", "", "", one.uncompared, one.handed_in, (), "")
