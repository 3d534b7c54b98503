"""The verbs for progress: shown, exported, imported, and counted."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime

import click

from grader.command.terminal import echo_json
from grader.report.counted import counted
from lessons import regular_file
from tutor.commands.context import clearly, echo, example, opened_progress, the_course

LARGEST = 256 << 20
"""Bytes of an exported progress."""


@click.group(invoke_without_command=True, epilog=example("dl-tutor progress --json"))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
@clearly
def progress(context: click.Context, as_json: bool) -> None:
    """How far you are."""
    from tutor.text import plain

    if context.invoked_subcommand is not None:
        return
    course = the_course()
    record = opened_progress(course)
    if as_json:
        echo_json(plain.progress_record(course, record))
    else:
        echo(plain.progress_lines(course, record))


@progress.command("export", epilog=example("dl-tutor progress export mine.jsonl"))
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), default="-")
@clearly
def export(file: str) -> None:
    """Writes your progress to FILE (default: stdout) as JSON lines."""
    lines = opened_progress().export()
    with click.open_file(file, "w", encoding="utf-8") as out:
        count = 0
        for line in lines:
            out.write(line + "\n")
            count += 1
    click.echo(f"{counted(max(0, count - 1), 'event')} written.", err=True)


@progress.command("import", epilog=example("dl-tutor progress import mine.jsonl"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@clearly
def import_(file: str) -> None:
    """Takes in exported progress; what is already known is taken once."""
    lines: Iterable[str] = sys.stdin if file == "-" else regular_file.read(file, LARGEST).decode().split("\n")
    added, known = opened_progress().merge(lines)
    click.echo(f"{counted(added, 'event')} taken in, {known} already known.", err=True)


@click.command(epilog=example("dl-tutor statistics"))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def statistics(as_json: bool) -> None:
    """Attempts, time, concepts, and what is due on which day."""
    from tutor.learner.statistics import statistics as counted
    from tutor.text import statistics as text

    course = the_course()
    found = counted(course, opened_progress(course), datetime.now(UTC))
    if as_json:
        echo_json(text.statistics_record(found))
    else:
        echo(text.statistics_lines(course, found))


VERBS = (progress, statistics)
