"""How a class did, as a command says it: in the terminal, and as files beside its marks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from grader.batch.review import review
from grader.command.class_grade import chosen
from grader.report.review.formats import FORMATS
from grader.report.review.record import ClassReview
from lessons import atomic
from lessons.schema import Course

PAGE, TABLE = "review.html", "review.csv"


@dataclass(frozen=True)
class ReviewOptions:
    """What is asked for."""

    folder: Path
    exercises: tuple[str, ...] = ()
    progress: Path | None = None
    form: str = "text"


def command(options: ReviewOptions, course: Course) -> bytes:
    """A review in the format that is asked for. It is written into the folder too, unless only some exercises are
    looked at. Raises BadSubmission, LedgerError and OSError."""
    made = review(options.folder, course, chosen(options.exercises, course), options.progress)
    if not options.exercises:
        written(options.folder, made)
        click.echo(f"{options.folder} has all of it in {PAGE} and {TABLE}.", err=True)
    return FORMATS[options.form](made)


def written(folder: Path, made: ClassReview) -> None:
    """Writes a review into the folder of a run. Raises OSError."""
    atomic.replace(folder / PAGE, FORMATS["html"](made))
    atomic.replace(folder / TABLE, FORMATS["csv"](made))


def taken_away(folder: Path) -> None:
    """No review stays that is of an earlier state of the run. Raises OSError."""
    for name in (PAGE, TABLE):
        (folder / name).unlink(missing_ok=True)
