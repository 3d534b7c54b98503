"""The dl-grader command: judges without recording anything, and without any import of the tutor."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from grader.command import grade
from grader.command.exit import clearly
from grader.command.options import Options, grading_options
from grader.command.terminal import HarmlessCommand
from lessons.loading.loader import load_course


@click.command(
    cls=HarmlessCommand,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: dl-grader random-bits --file answer.py --format json",
)
@click.argument("targets", nargs=-1, required=True, metavar="PATH... | EXERCISE[.PART] --file FILE")
@grading_options
@click.option("--course", type=click.Path(path_type=Path), help="Another course's folder.")
@clearly()
def main(course: Path | None, **options: Any) -> None:
    """Judges files that are named after exercises, folders of them, or one FILE for an EXERCISE.

    Data goes to stdout, narration to stderr. Exit codes: 0 nothing failed, 1 something failed, 2 bad usage or
    input, 3 the grader could not judge.
    """
    program = "dl-grader" + (f" --course {shlex.quote(str(course))}" if course else "")
    sys.exit(grade.command(Options(**options), load_course(course), program=program))
