"""The dl-grader command: judges without recording anything, and without any import of the tutor."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from grader.command import grade as grading
from grader.command.exit import clearly
from grader.command.options import Options, grading_options
from grader.command.terminal import HarmlessCommand, HarmlessGroup, echo_bytes
from grader.report.names import FORMATS
from lessons.loading.loader import load_course


@click.group(
    cls=HarmlessGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: dl-grader grade submissions/ --format junit --out verdicts.xml",
)
@click.version_option(package_name="dl-tutor", prog_name="dl-grader")
def main() -> None:
    """Judges answers to the exercises of a course.

    Data goes to stdout, narration to stderr. Exit codes: 0 nothing failed, 1 something failed, 2 bad usage or
    input, 3 the grader could not judge.
    """


@main.command(cls=HarmlessCommand, epilog="Example: dl-grader grade random-bits --file answer.py --format json")
@click.argument("targets", nargs=-1, required=True, metavar="PATH... | EXERCISE[.PART] --file FILE")
@grading_options
@click.option("--course", type=click.Path(path_type=Path), help="Another course's folder.")
@clearly()
def grade(course: Path | None, **options: Any) -> None:
    """Judges files that are named after exercises, folders of them, or one FILE for an EXERCISE."""
    program = "dl-grader grade" + (f" --course {shlex.quote(str(course))}" if course else "")
    sys.exit(grading.command(Options(**options), load_course(course), program=program))


@main.command(cls=HarmlessCommand, epilog="Example: dl-grader report verdicts.json --format junit > verdicts.xml")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--format", "form", type=click.Choice(["text", *FORMATS]), default="text", show_default=True)
@clearly()
def report(files: tuple[Path, ...], form: str) -> None:
    """Writes verdicts that were kept with `--format json` in another format, to stdout."""
    from grader.command.report import rendered

    echo_bytes(rendered(list(files), form))
