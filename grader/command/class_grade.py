"""A whole class, as a command asks for it."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import click

from grader import secret
from grader.command.exit import FAILED, GRADER, PASSED
from grader.command.grade import judged_here
from grader.command.progress_bar import ProgressBar
from grader.grading import SEEDS, Cancel
from grader.report.counted import counted
from grader.submission import BadSubmission
from lessons.error import did_you_mean
from lessons.schema import Course, Exercise

REVIEWED = 1000
"""Learners of a class that is reviewed at once: what takes a millisecond an answer, and memory for an exercise's."""


@dataclass(frozen=True)
class ClassOptions:
    """What is asked for."""

    folder: Path
    out: Path
    exercises: tuple[str, ...] = ()
    assignment: Path | None = None
    jobs: int | None = None
    engine: str = "local"
    scheduler: str | None = None
    seed: int | None = None
    retry_ours: bool = False
    trust_numbers: bool = False
    allow_level_1: bool = False


def chosen(names: tuple[str, ...], course: Course) -> list[Exercise]:
    """The exercises of these names in the course's order, all of them without names. Raises BadSubmission."""
    wanted = set()
    for name in names:
        exercise = course.named(name)
        if exercise is None:
            known = [one.id for one in course.exercises]
            raise BadSubmission(f"There is no exercise `{name}`. {did_you_mean(name, known)}".rstrip())
        wanted.add(exercise.id)
    return [one for one in course.exercises if not names or one.id in wanted]


def command(options: ClassOptions, course: Course) -> int:
    """Judges a class, writes what comes of it, and gives the exit code. Raises BadSubmission, LedgerError, Refused."""
    from grader.batch import results
    from grader.batch.assignment import load, seed_of
    from grader.batch.class_run import ClassRun
    from grader.batch.learners import learners
    from grader.batch.ledger import Ledger
    from grader.batch.review import review
    from grader.command.engines import opened
    from grader.command.review import PAGE, taken_away, written

    assignment = load(options.assignment, course) if options.assignment is not None else None
    if assignment is not None and options.exercises:
        raise BadSubmission("The assignment says which exercises are judged: leave --exercise out.")
    exercises = list(assignment.exercises) if assignment is not None else chosen(options.exercises, course)
    judged_here(exercises)
    refused: list[str] = []
    everybody = learners(options.folder, course, refused, assignment.zone if assignment else None)
    if not everybody:
        raise BadSubmission(f"{options.folder}: nobody has handed in anything that can be told apart by name.")
    wanted = seed_of(options.seed, assignment)
    seed = wanted if wanted is not None else secret.GUESSABLE + secrets.randbelow(SEEDS - secret.GUESSABLE)
    of = hashlib.sha256("\n".join([course.id, *(one.id for one in exercises)]).encode()).hexdigest()[:16]
    ledger = Ledger(options.out, of, seed)
    try:
        if wanted is not None and wanted != ledger.seed:
            raise BadSubmission(
                f"{ledger.path} was begun with the seed {ledger.seed}; go on with that, or choose another --out."
            )
        began = time.monotonic()
        run = ClassRun(
            course, exercises, ledger, retry_ours=options.retry_ours,
            trust_numbers=options.trust_numbers or (assignment is not None and assignment.trust_numbers),
        )  # fmt: skip
        with opened(options, run) as engine, ProgressBar("judging") as bar:
            summary = run.run(everybody, engine, Cancel(), bar)
        if refused:
            summary.left_out[""] = refused
        each = results.write(options.out, ledger, everybody, exercises, summary.left_out, assignment)
        reviewed = len(everybody) <= REVIEWED
        if reviewed:
            written(options.out, review(options.out, course, exercises))
        else:
            taken_away(options.out)
        files = [results.MARKS, results.VERDICTS, results.EXERCISES, *([PAGE] if reviewed else [])]
        for line in results.lines(each):
            click.echo(line)
        kept = f", {summary.kept} judged before" if summary.kept else ""
        click.echo(
            f"{counted(summary.learners, 'learner')}, {counted(summary.judged, 'answer')} judged "
            f"in {time.monotonic() - began:.1f} s{kept}; "
            f"seed {ledger.seed}. {options.out} has {', '.join(files)} and {results.FEEDBACK}/.",
            err=True,
        )
        if not reviewed:
            click.echo(f"For which mistakes were made and what is alike: dl-grader review {options.out}", err=True)
        if summary.renamed:
            click.echo(f"{summary.renamed} taken for an exercise by another name; the feedback says which.", err=True)
        left = sum(map(len, summary.left_out.values()))
        if left:
            click.echo(f"{left} left out: {options.out / results.LEFT_OUT}", err=True)
        if skipped := sum(one.skipped for one in each):
            click.echo(f"{counted(skipped, 'part')} skipped: not everything was judged.", err=True)
        if any(one.ours for one in each):
            click.echo("Some could not be judged by a fault of ours; --retry-ours judges these again.", err=True)
            return GRADER
        return FAILED if left else PASSED
    finally:
        ledger.close()
