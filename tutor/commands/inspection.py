"""The verb that looks into the learner's own kernels."""

from __future__ import annotations

import sys

import click

from grader.command.options import allow_level_1
from grader.command.terminal import echo_json
from tutor.commands.context import FAILED, clearly, echo, example
from tutor.commands.run import source_of
from tutor.learner import consent


@click.command(epilog=example("dl-tutor inspect softmax-kernel --program 2"))
@click.argument("target", metavar="EXERCISE | FILE")
@click.option("-p", "--program", type=click.IntRange(0), default=0, show_default=True, help="Its number in the grid.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@allow_level_1
@clearly
def inspect(target: str, program: int, as_json: bool, allow_level_1: bool) -> None:
    """Runs your file and shows, for each kernel that it launches, what one program does: line by line, each load and
    store with its mask, each tile with its numbers. No GPU is needed.
    """
    import msgspec

    from grader.console import Console
    from grader.grading import Cancel, Grader
    from tutor.text import kernel_steps

    source, hidden = source_of(target)
    with Grader(allow_level_1=consent.allowed(allow_level_1)) as grader:
        console = Console(grader, lambda text, _: click.echo(text, nl=False, err=True), lambda _: None, hidden=hidden)
        try:
            ran = console.run(source, Cancel(), program=program)
            found = console.inspection(Cancel())
        finally:
            console.close()
    if as_json:
        echo_json(msgspec.to_builtins(found))
    elif found.launches or ran.status == "passed":
        echo(kernel_steps.lines(found))
    if ran.status != "passed":
        click.echo(ran.message, err=True)
        sys.exit(FAILED)


VERBS = (inspect,)
