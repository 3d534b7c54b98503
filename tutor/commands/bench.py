"""`dl-tutor bench`: how fast this machine is at what the course computes."""

from __future__ import annotations

import sys

import click

from lessons import interpreter
from tutor.commands.context import clearly, example


@click.group()
def bench() -> None:
    """How fast this machine is: kernels."""


@bench.command(epilog=example("dl-tutor bench kernels batch_norm"))
@click.argument("operations", nargs=-1, metavar="[OPERATION]...")
@click.option("--full", is_flag=True, help="All sizes and not only the course's: some ten minutes on a GPU.")
@click.option("--keep", is_flag=True, help="Use our kernels on this GPU wherever they were faster.")
@clearly
def kernels(operations: tuple[str, ...], full: bool, keep: bool) -> None:
    """Our kernels beside PyTorch's own, timed side by side: batch_norm, conv, attention, luong; all when left out."""
    options = [*operations, *(["--keep"] if keep else []), *([] if full else ["--quick"])]
    # in a process of its own: the command loads no torch
    environment = interpreter.environment((*interpreter.DEVICES, *interpreter.HOME))
    sys.exit(interpreter.run(interpreter.running_module("kernels.bench", *options), env=environment).returncode)


VERBS = (bench,)
