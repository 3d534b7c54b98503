"""The verb that runs the learner's own file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from grader.command.options import allow_level_1
from tutor.commands.context import FAILED, USAGE, clearly, echo, example, stop, the_course, the_exercise
from tutor.learner import consent, workspace

PROMPT = ">>> "


@click.command(epilog=example('dl-tutor run random-bits --try "random_bits((2, 3, 4, 5)).shape"'))
@click.argument("target", metavar="EXERCISE | FILE")
@click.option("-t", "--try", "lines", multiple=True, metavar="LINE", help="A line to run in its names afterwards.")
@click.option("-i", "--interactive", is_flag=True, help="Ask for such lines until Ctrl-D.")
@click.option("--curves", type=click.Path(path_type=Path), help="Write its curves to this .csv or .json file.")
@allow_level_1
@clearly
def run(target: str, lines: tuple[str, ...], interactive: bool, curves: Path | None, allow_level_1: bool) -> None:
    """Runs your file for an EXERCISE, or another FILE, in the sandbox, as `python FILE` would."""
    from grader.command.progress_bar import StandInProgress
    from grader.console import Console, Ran
    from grader.grading import Cancel, Grader
    from grader.records.curves import recorded
    from tutor.learner import curve_files
    from tutor.text import plain

    if curves is not None and curves.suffix not in curve_files.SUFFIXES:
        raise click.UsageError(f"--curves writes .csv or .json, and {curves.name} is neither.")
    source, hidden = source_of(target)
    events: list[dict[str, Any]] = []
    making = StandInProgress()

    def hear(event: dict[str, Any]) -> None:
        events.append(event)
        if not making.hear(event):
            echo(plain.event_lines(event))

    def told(ran: Ran) -> bool:
        echo(plain.end_lines(events))
        logged.extend(events)
        events.clear()
        if ran.status != "passed":
            click.echo(ran.message, err=True)
        return ran.status == "passed"

    logged: list[dict[str, Any]] = []
    with Grader(allow_level_1=consent.allowed(allow_level_1)) as grader:
        console = Console(grader, lambda text, _: click.echo(text, nl=False), hear, hidden=hidden)
        try:
            passed = told(console.run(source, Cancel()))
            for line in lines:
                passed = told(console.ask(line, Cancel())) and passed
            while interactive and (asked := _line()) is not None:
                if asked.strip():
                    told(console.ask(asked, Cancel()))
        finally:
            console.close()
    if curves is not None:
        curve_files.write(recorded(logged).curves, curves)
    if not passed:
        sys.exit(FAILED)


def _line() -> str | None:
    """A line of the learner's; None at the end of their input."""
    try:
        return click.prompt(PROMPT, prompt_suffix="", default="", show_default=False, err=True)
    except click.Abort:
        click.echo(err=True)
        return None


def source_of(target: str) -> tuple[str, Path | None]:
    """The text that is run, and the folder that it must not read."""
    path, hidden = _place(target)
    try:
        return workspace.read(path), hidden
    except FileNotFoundError:
        if hidden is None:
            raise
        stop(USAGE, f"You have no file for {target} yet. Begin with: dl-tutor start {target}")


def file_of(target: str) -> Path:
    """The file that is meant."""
    source_of(target)  # says what is wrong with it
    return _place(target)[0]


def _place(target: str) -> tuple[Path, Path | None]:
    """A file, and the folder of its exercise. An existing path wins over an exercise's name."""
    if os.path.lexists(target):
        return Path(target), None
    found, _ = the_exercise(the_course(), target)
    if not found.runs_code:
        raise click.UsageError(f"{found.id} has no file; its questions are answered with: dl-tutor answer")
    return workspace.path_of(found), found.folder


VERBS = (run,)
