"""What is said of a class, once for each face of it: a sentence here, and how it looks there."""

from __future__ import annotations

from collections.abc import Sequence

from grader.records.verdict import number
from grader.report.fold import WORDS
from grader.report.review.record import Cluster, ExerciseReview, Pair, Practice, Side

LABELS = 4


def people(count: int, word: str = "learner") -> str:
    """`1 learner`, `3 learners`"""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def share(count: int, of: int) -> str:
    """`24 of 30 (80%)`"""
    return f"{count} of {of} ({count / of:.0%})" if of else "not judged"


def standing(one: ExerciseReview) -> str:
    """How many passed an exercise, and what was not judged of it."""
    said = f"{share(one.passed, one.handed_in)} {WORDS['passed']}"
    if one.skipped:
        said += f"; {people(one.skipped, 'part')} {WORDS['skipped']}"
    return f"{said}; {one.ours} {WORDS['grader_error']}" if one.ours else said


def practised(one: Practice) -> str:
    """What learners' records say."""
    shown = f"; the solution was shown to {one.solutions}" if one.solutions else ""
    hints = f"{number(one.hints)} {'hint' if one.hints == 1 else 'hints'}"
    time = people(round(one.minutes), "minute") if one.minutes >= 0.5 else "less than a minute"
    return f"Own records ({one.records}): a median of {hints} and {time}{shown}."


def failing(one: Cluster) -> str:
    """`part: first check, second check and 3 more`"""
    rest = len(one.checks) - LABELS
    more = f" and {rest} more" if rest > 0 else ""
    return f"{one.part}: {', '.join(one.checks[:LABELS])}{more}"


def common(one: Pair) -> str:
    """What two files have in common."""
    if one.same:
        return "the same but for names, comments and layout"
    return f"{one.share:.0%} of the shorter one's own code is in both"


def places(side: Side) -> str:
    """`lines 3-7, 12`"""
    runs: list[list[int]] = []
    for line in side.marked:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    word = "line" if len(side.marked) == 1 else "lines"
    return f"{word} {', '.join(f'{first}' if first == last else f'{first}-{last}' for first, last in runs)}"


def names(learners: Sequence[str], most: int = 6) -> str:
    """The first few of some names."""
    rest = len(learners) - most
    return ", ".join(learners[:most]) + (f" and {rest} more" if rest > 0 else "")


def uncompared(one: ExerciseReview) -> str:
    """Why some files have no code to look at."""
    was = "was" if one.uncompared == 1 else "were"
    return f"{people(one.uncompared, 'file')} could not be read as Python, or {was} not kept."
