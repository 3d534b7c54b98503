"""`dl-tutor bench`: how fast this machine is at what the course computes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lessons import interpreter
from tutor.commands.context import clearly, example
from tutor.commands.run import file_of


@click.group()
def bench() -> None:
    """How fast this machine is: kernels."""


@bench.command(epilog=example("dl-tutor bench kernels batch_norm"))
@click.argument("operations", nargs=-1, metavar="[OPERATION]...")
@click.option("--full", is_flag=True, help="All sizes and not only the course's: some ten minutes on a GPU.")
@click.option("--keep", is_flag=True, help="Use our kernels on this GPU wherever they were faster.")
@click.option("--mine", metavar="EXERCISE | FILE", help="Times what this file of yours defines, beside both.")
@clearly
def kernels(operations: tuple[str, ...], full: bool, keep: bool, mine: str | None) -> None:
    """Our kernels beside PyTorch's own, timed side by side: batch_norm, conv, attention, luong; all when left out."""
    if mine is not None:
        if operations or full or keep:
            raise click.UsageError("--mine times one file, and takes no operation, --full or --keep.")
        _time_own(file_of(mine))
    options = [*operations, *(["--keep"] if keep else []), *([] if full else ["--quick"])]
    sys.exit(_run("kernels.bench", *options))


def _time_own(file: Path) -> None:
    """Ends the command. The file is the user's own and runs as `python FILE` does."""
    click.echo(f"{file} is run outside the sandbox, as Python would run it.", err=True)
    sys.exit(_run("kernels.bench.mine", str(file.resolve())))


def _run(module: str, *options: str) -> int:
    """The exit code of a module of the kernels, in a process of its own: the command loads no torch."""
    environment = interpreter.environment((*interpreter.DEVICES, *interpreter.HOME))
    return interpreter.run(interpreter.running_module(module, *options), env=environment).returncode


VERBS = (bench,)
