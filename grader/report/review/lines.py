"""How a class did, in plain lines for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from grader.records.printable import one_line
from grader.report.counted import counted
from grader.report.review.record import BORDER, CAUTION, ClassReview, ExerciseReview
from grader.report.review.words import common, failing, names, people, places, practised, share, standing, uncompared

WIDTH = 96
SHOWN = 8
"""Of an exercise's clusters and pairs; the other faces have all that there are."""


def render(review: ClassReview) -> bytes:
    """The lines, in UTF-8. Code is indented, so that none of it begins a line of the report."""
    return ("\n".join(_lines(review)) + "\n").encode("utf-8", "replace")


def _lines(review: ClassReview) -> Iterator[str]:
    yield f"{one_line(review.course)}: {people(review.learners)}"
    for note in review.notes:
        yield one_line(note)
    for one in review.exercises:
        yield ""
        yield from _exercise(one)
    if any(one.pairs for one in review.exercises):
        yield ""
        yield from textwrap.wrap(f"{CAUTION} {BORDER}", WIDTH)


def _exercise(one: ExerciseReview) -> Iterator[str]:
    yield f"{one.exercise}: {standing(one)}"
    if len(one.parts) > 1:
        rates = (f"{part.part} {share(part.passed, part.judged)}" for part in one.parts)
        yield from _wrapped(f"by part: {', '.join(rates)}")
    if one.practice is not None:
        yield from _wrapped(practised(one.practice))
    for own, head in ((True, "mistakes:"), (False, "other findings:")):
        found = [mistake for mistake in one.mistakes if mistake.own is own]
        if found:
            yield f"  {head}"
        widest = max((len(mistake.name) for mistake in found), default=0)
        for mistake in found:
            head = f"    {len(mistake.learners):3}  {one_line(mistake.name):{widest}}  "
            yield from textwrap.wrap(
                head + one_line(mistake.message), WIDTH, subsequent_indent=" " * len(head), break_on_hyphens=False
            )
    if one.clusters:  # the largest come first
        yield "  wrong in a way that has no name yet:"
    for cluster in one.clusters[:SHOWN]:
        finding = f" [{cluster.finding}]" if cluster.finding else ""
        head = f"    {len(cluster.learners):3}  "
        said = f"{failing(cluster)}{finding}: {one_line(cluster.outcome)}"
        yield from textwrap.wrap(
            head + one_line(said), WIDTH, subsequent_indent=" " * len(head), break_on_hyphens=False
        )
        for variant in cluster.variants:
            if variant.skeleton:
                yield f"         written by {one_line(names(variant.learners))}; as a mistake in reference.py:"
                yield from (f"           | {line}" for line in variant.skeleton.rstrip().split("\n"))
    if len(one.clusters) > SHOWN:
        yield f"    and {counted(len(one.clusters) - SHOWN, 'more kind')}, in the page and the table"
    if one.pairs:
        yield "  similar code, to be looked at side by side:"
    for pair in one.pairs[:SHOWN]:
        said = (
            f"{pair.left.learner} ({places(pair.left)}) and {pair.right.learner} ({places(pair.right)}): {common(pair)}"
        )
        yield from textwrap.wrap(one_line(said), WIDTH, initial_indent="    ", subsequent_indent="      ")
    if more := one.more + max(0, len(one.pairs) - SHOWN):
        yield f"    and {people(more, 'more pair')}"
    if one.uncompared:
        yield from _wrapped(uncompared(one))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(one_line(text), WIDTH, initial_indent="  ", subsequent_indent="    ")
