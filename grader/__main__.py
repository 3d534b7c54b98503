"""`python -m grader`: judges without recording anything, and without any import of the tutor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader import handin
from grader.grading import Grader, Refused, require
from grader.report import json, text
from grader.submission import BadSubmission
from lessons.loader import load_course
from lessons.source import LessonError


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: python -m grader random-bits --file answer.py --format json",
)
@click.argument("targets", nargs=-1, required=True, metavar="PATH... | EXERCISE[.PART] --file FILE")
@click.option("--file", help="The file that answers the one EXERCISE; - reads standard input.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--seed", type=click.IntRange(0), help="Draw the inputs of an earlier verdict again.")
@click.option("--strict", is_flag=True, help="Exit with 1 when anything was skipped.")
@click.option("--require", "layers", default="", metavar="LAYER,..", help="Refuse to run without these layers.")
@click.option("--course", type=click.Path(path_type=Path), help="Another course's folder.")
def main(
    targets: tuple[str, ...],
    file: str | None,
    form: str,
    seed: int | None,
    strict: bool,
    layers: str,
    course: Path | None,
) -> None:
    """Judges files that are named after exercises, folders of them, or one FILE for an EXERCISE.

    Data goes to stdout, narration to stderr. Exit codes: 0 nothing failed, 1 something failed, 2 bad usage or
    input, 3 the grader could not judge.
    """
    try:
        require([layer for layer in layers.split(",") if layer])
        handed = handin.submissions(handin.Order(targets, file, seed), load_course(course))
    except Refused as refusal:
        _stop(handin.GRADER, str(refusal))
    except (BadSubmission, LessonError, ValueError) as error:
        _stop(handin.USAGE, str(error))
    with Grader() as grader:
        verdicts = handin.grade(handed, grader, seed)
    if form == "json":
        many = file is None and (len(targets) > 1 or Path(targets[0]).is_dir())
        sys.stdout.buffer.write(json.render(verdicts, many=many))
    else:
        for submission, verdict in zip(handed, verdicts, strict=True):
            name = submission.path or file or submission.exercise.id
            again = f"python -m grader {submission.exercise.id} --file {name} --seed {verdict.seed}"
            click.echo(text.render(verdict, replay=again), nl=False)
    code, last = handin.exit_code(verdicts, strict=strict)
    if last:
        click.echo(last, err=True)
    sys.exit(code)


def _stop(code: int, sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
