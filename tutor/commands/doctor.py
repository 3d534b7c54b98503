"""The verb that says what works here."""

from __future__ import annotations

import sys

import click

from grader.command.terminal import echo_json
from tutor.commands.context import FAILED, clearly, echo, example


@click.command(epilog=example("dl-tutor doctor --json"))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@clearly
def doctor(as_json: bool) -> None:
    """Says what works here, and proves each layer of the sandbox by attacking it."""
    from tutor.commands import health

    report = health.examine()
    if as_json:
        echo_json(report)
    else:
        echo(health.lines(report))
    sys.exit(0 if report["ok"] else FAILED)


VERBS = (doctor,)
