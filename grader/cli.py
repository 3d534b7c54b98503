"""The dl-grader command: judges without recording anything, and without any import of the tutor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from grader.command import grade as grading
from grader.command.exit import clearly
from grader.command.options import Options, again, allow_level_1, course_option, grading_options
from grader.command.terminal import HarmlessCommand, HarmlessGroup, echo_bytes
from grader.records.given import MAX_NONCE
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
@course_option
@clearly()
def grade(**options: Any) -> None:
    """Judges files that are named after exercises, folders of them, or one FILE for an EXERCISE."""
    sys.exit(grading.command(Options(**options), load_course(), program=again("dl-grader grade")))


@main.command("class", cls=HarmlessCommand, epilog="Example: dl-grader class submissions/ --out results/")
@click.argument("folder", type=click.Path(path_type=Path), metavar="SUBMISSIONS")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder for what comes of it.")
@click.option("--exercise", "exercises", multiple=True, metavar="EXERCISE", help="Only this one; may be said again.")
@click.option("--assignment", type=click.Path(path_type=Path), help="Judge what this file sets, and mark as it says.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many are judged at a time; default: one a core.")
@click.option("--engine", type=click.Choice(("local", "dask")), default="local", show_default=True, help="Who judges.")
@click.option("--scheduler", metavar="ADDRESS", help="Of dask's scheduler, such as tcp://10.0.0.1:8786.")
@click.option("--seed", type=click.IntRange(0, MAX_NONCE), help="What everybody's inputs are drawn from.")
@click.option("--retry-ours", is_flag=True, help="Judge again what could not be judged by a fault of ours.")
@click.option("--trust-numbers", is_flag=True, help="Judge numeric answers on the numbers that they name.")
@course_option
@allow_level_1
@clearly()
def class_(folder: Path, **options: Any) -> None:
    """Judges a whole class: a folder with a folder, an archive or files for each learner.

    It can be killed at any time; the same command goes on where it was.
    """
    from grader.command import class_grade

    sys.exit(class_grade.command(class_grade.ClassOptions(folder=folder, **options), load_course()))


@main.command(cls=HarmlessCommand, epilog="Example: dl-grader review results/")
@click.argument("folder", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--exercise", "exercises", multiple=True, metavar="EXERCISE", help="Only this one; may be said again.")
@click.option("--progress", type=click.Path(path_type=Path), help="A folder of what learners exported: NAME.jsonl.")
@click.option("--format", "form", type=click.Choice(["text", "html", "csv"]), default="text", show_default=True)
@course_option
@clearly()
def review(**options: Any) -> None:
    """Says how a class did, from what `dl-grader class --out OUT` has kept; nothing is judged again.

    Who passed what, which mistakes were made, wrong answers that no mistake names yet, and code that is alike.
    """
    from grader.command import review as reviewing

    echo_bytes(reviewing.command(reviewing.ReviewOptions(**options), load_course()))


@main.group(cls=HarmlessGroup)
def package() -> None:
    """Makes an assignment into what another system runs."""


@package.command(cls=HarmlessCommand, epilog="Example: dl-grader package gradescope homework.yaml --out grader.zip")
@click.argument("assignment", type=click.Path(path_type=Path), metavar="ASSIGNMENT")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The ZIP file that is uploaded.")
@click.option("--install", metavar="REQUIREMENT", help="What pip installs there; default: this version of dl-tutor.")
@click.option("--wheel", type=click.Path(path_type=Path), help="Put this wheel into the archive and install it.")
@course_option
@allow_level_1
@clearly()
def gradescope(**options: Any) -> None:
    """Makes an ASSIGNMENT an autograder of Gradescope's. The archive has the answers in it."""
    from grader.command import package as packaging

    if options["install"] and options["wheel"]:
        raise click.UsageError("--install and --wheel say both what is installed: leave one out.")
    for line in packaging.command(packaging.PackageOptions(**options), load_course()):
        click.echo(line, err=True)


@main.command(cls=HarmlessCommand, epilog="Example: dl-grader export my-course --out public/")
@click.argument("course", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder of the copy.")
@click.option("--judged", metavar="SENTENCE", help="What learners are told where they judge; default: where to.")
@clearly()
def export(course: Path, out: Path, judged: str | None) -> None:
    """Makes a public copy of a COURSE: all that learners read, and no answers."""
    from grader.command import export as exporting

    for line in exporting.command(load_course(course), out, judged or exporting.JUDGED):
        click.echo(line, err=True)


@main.command(cls=HarmlessCommand, epilog="Example: dl-grader report verdicts.json --format junit > verdicts.xml")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@clearly()
def report(files: tuple[Path, ...], form: str) -> None:
    """Writes verdicts that were kept with `--format json` in another format, to stdout."""
    from grader.command.report import rendered

    echo_bytes(rendered(list(files), form))
