"""What a command line asks of the grader. Light: it imports no grader."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from grader.records.given import MAX_NONCE
from grader.report.names import FORMATS


@dataclass(frozen=True)
class Options:
    """What a command line asks for."""

    targets: tuple[str, ...]
    file: str | None = None
    form: str = "text"
    seed: int | None = None
    strict: bool = False
    layers: str = ""
    allow_level_1: bool = False
    trust_numbers: bool = False
    assignment: Path | None = None
    handed_in: str | None = None
    """When, for an assignment that is due."""
    metadata: Path | None = None
    """Gradescope's file on this attempt and those before."""
    out: Path | None = None
    """Where the format is written, again after each verdict; the text goes to stdout then."""


def open_course(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    """Another course is open while the command runs, for everything that it starts too."""
    if folder is None:
        return
    before = os.environ.get(COURSE)

    def put_back() -> None:
        os.environ.pop(COURSE, None)
        if before is not None:
            os.environ[COURSE] = before

    context.find_root().call_on_close(put_back)
    context.find_root().meta[COURSE] = f"{folder}"
    os.environ[COURSE] = str(folder.expanduser().absolute())


def again(program: str) -> str:
    """A command as it is typed again, for the same course."""
    context = click.get_current_context(silent=True)
    folder = context.find_root().meta.get(COURSE) if context else None
    return f"{program} --course {shlex.quote(folder)}" if folder else program


COURSE = "DL_TUTOR_COURSE"
course_option = click.option(
    "--course", type=click.Path(path_type=Path), is_eager=True, expose_value=False, callback=open_course,
    help="Another course's folder.",
)  # fmt: skip
allow_level_1 = click.option(
    "--allow-level-1", is_flag=True, help="Run code even where the machine gives no more than level 1 of the sandbox."
)


def grading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The command-line options that make an Options."""
    for option in (
        allow_level_1,
        click.option("--require", "layers", default="", metavar="LAYER,..", help="Refuse to run without these layers."),
        click.option("--strict", is_flag=True, help="Exit with 1 when anything was skipped."),
        click.option(
            "--trust-numbers",
            is_flag=True,
            help="Judge numeric answers even if their numbers were issued on another machine.",
        ),
        click.option("--seed", type=click.IntRange(0, MAX_NONCE), help="Use the inputs of an earlier verdict again."),
        click.option(
            "--out", type=click.Path(path_type=Path), help="Write the format to this file; stdout has the text."
        ),
        click.option(
            "--metadata", type=click.Path(path_type=Path), help="Gradescope's submission_metadata.json of the hand-in."
        ),
        click.option("--handed-in", metavar="TIME", help="When, by ISO 8601: what is late is marked so."),
        click.option(
            "--assignment", type=click.Path(path_type=Path), help="Mark as this file says; judge what it sets."
        ),
        click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True),
        click.option("--file", help="The file that answers the one EXERCISE; - reads standard input."),
    ):
        function = option(function)
    return function
