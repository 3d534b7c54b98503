"""Predict first: what the learner expects is written down before their code runs for the first time."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import click

from grader.records.verdict import Verdict
from lessons.formulas.prose import WIDTH, prose
from lessons.schema import RUN_KINDS, Exercise, Part
from tutor.learner.events import Predicted
from tutor.learner.progress import Progress

MAX_LENGTH = 2000
"""Characters of a prediction that are kept."""


def due(progress: Progress, exercise: Exercise, parts: Iterable[Part] | None = None) -> Part | None:
    """The first part whose prediction is asked for now; parts: those that are about to be judged, by default all.

    Who has tried a part already has seen what comes, and is not asked any more.
    """
    for part in exercise.parts if parts is None else parts:
        known = progress.prediction(exercise.id, part.id) is not None
        if part.predict is not None and not known and not progress.part(exercise.id, part.id).attempts:
            return part
    return None


def record(progress: Progress, exercise: Exercise, part: Part, text: str) -> None:
    """Writes a prediction down; an empty one says that the learner had no idea."""
    said = " ".join(text.split())[:MAX_LENGTH]
    progress.record(Predicted(exercise=exercise.id, part=part.id, text=said))


def question_lines(part: Part) -> Iterator[str]:
    """The question in plain lines."""
    if part.predict is not None:
        yield textwrap.fill(prose(f"Before it runs: {part.predict.ask}"), WIDTH)


def compared(progress: Progress, exercise: Exercise, verdict: Verdict) -> list[str]:
    """For each passed part that was predicted: what was expected and what came, in Markdown."""
    said = []
    for judged in verdict.parts:
        part = exercise.part(judged.part)
        if part is None or part.predict is None or judged.status != "passed":
            continue
        expected = progress.prediction(exercise.id, part.id)
        if expected is not None:
            start = f"You expected: {expected}" if expected else "You had no expectation."
            said.append(f"{start}\n\n{part.predict.after}")
    return said


def ask(progress: Progress, exercises: Iterable[Exercise]) -> None:
    """Asks for the predictions that are due, in plain lines. Only for a terminal: it waits for an answer."""
    for exercise in exercises:
        runs = [part for part in exercise.parts if part.kind in RUN_KINDS]
        while (part := due(progress, exercise, runs)) is not None:
            for line in question_lines(part):
                click.echo(line, err=True)
            text = click.prompt("You expect (Enter: no idea)", default="", show_default=False, err=True)
            record(progress, exercise, part, text)
