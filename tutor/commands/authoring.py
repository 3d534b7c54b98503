"""The verbs for authors: lint, numbers, new."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from grader.command.terminal import echo_json
from lessons.location import default_course
from tutor.commands.context import FAILED, USAGE, clearly, echo, example, stop, the_course


@click.command(epilog=example("dl-tutor lint lessons/units --all"))
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--all", "everything", is_flag=True, help="Prove again what was proved before.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="How many exercises are proved at a time; default: a core each, at most 4.",
)
@click.option("--again", type=click.IntRange(min=1), metavar="N", help="Prove one in N again, others every day.")
@click.option("--record", is_flag=True, help="Write what is sound into the course's proofs.json, for other machines.")
@click.option("--mutants", is_flag=True, help="Instead: judges small changes of each reference, which should fail.")
@clearly
def lint(
    path: Path | None,
    as_json: bool,
    everything: bool,
    jobs: int | None,
    again: int | None,
    record: bool,
    mutants: bool,
) -> None:
    """Checks a course or an exercise: its files, and its claims by judging them."""
    from grader.proof.pool import usual_jobs
    from tutor.authoring import lint as linter
    from tutor.authoring import mutants as mutation

    if mutants and (record or again):
        raise click.UsageError("--mutants keeps a record of its own: leave --again and --record out.")
    if record and path is not None and (path / "exercise.yaml").is_file():
        raise click.UsageError("--record is for a whole course: name its folder, or none.")
    room, jobs = (mutation if mutants else linter), jobs or usual_jobs()
    if mutants:
        report = mutation.examine(path, everything=everything, jobs=jobs, say=_say)
    else:
        report = linter.examine(path, again=1 if everything else again or 0, jobs=jobs, say=_say, record=record)
    if as_json:
        echo_json(report)
    else:
        echo(room.lines(report))
    sys.exit(FAILED if report["problems"] else 0)


def _say(line: str) -> None:
    click.echo(line, err=True)


@click.command(epilog=example("dl-tutor numbers 1"))
@click.argument("unit", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def numbers(unit: str | None, as_json: bool) -> None:
    """Runs the demos of a UNIT (number or id; default: all) and compares what they measure with what they state."""
    from tutor.authoring import numbers as measured

    try:
        units = measured.units_named(the_course(), unit)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    report = measured.examine(units, say=lambda line: click.echo(line, err=True))
    if as_json:
        echo_json(msgspec.to_builtins(report), ascii=False)
    else:
        echo(measured.lines(report))
    sys.exit(0 if report.ok else FAILED)


@click.group()
def new() -> None:
    """Makes a lesson or an exercise to be filled in."""


COURSE = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The course's folder; default: the open one.",
)


@new.command("lesson", epilog=example('dl-tutor new lesson tensors/sparse-tensors "Tensors that are mostly zero"'))
@click.argument("place", metavar="UNIT/ID")
@click.argument("title")
@COURSE
@clearly
def new_lesson(place: str, title: str, course: Path | None) -> None:
    """A lesson ID, last in the UNIT."""
    from tutor.authoring import scaffold

    root = course or default_course()
    try:
        folder = scaffold.new_lesson(root, place, title)
    except scaffold.ScaffoldError as error:
        stop(USAGE, str(error))
    echo(scaffold.what_next(folder, root))


@new.command("exercise", epilog=example('dl-tutor new exercise broadcasting/outer-sum "Every sum of two" --kind code'))
@click.argument("place", metavar="LESSON/ID")
@click.argument("title")
@click.option("--kind", type=click.Choice(["code", "choice", "numeric"]), default="code", show_default=True)
@COURSE
@clearly
def new_exercise(place: str, title: str, kind: str, course: Path | None) -> None:
    """An exercise ID, on a card of its own at the end of the LESSON."""
    from tutor.authoring import scaffold

    root = course or default_course()
    try:
        folder = scaffold.new_exercise(root, place, title, kind)
    except scaffold.ScaffoldError as error:
        stop(USAGE, str(error))
    echo(scaffold.what_next(folder, root))


VERBS = (lint, numbers, new)
