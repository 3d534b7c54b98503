"""Grading as a command asks for it: exercises and paths in, verdicts and an exit code out.

`dl-grader` and `dl-tutor grade` are two thin callers of this module.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click
import msgspec

from grader.command.exit import FAILED, GRADER, PASSED
from grader.command.marking import Marking, marking_of
from grader.command.options import Options
from grader.command.progress_bar import StandInProgress
from grader.command.terminal import echo_bytes
from grader.grading import Grader, Refused
from grader.handed_in import MAX_SOURCE
from grader.records.printable import one_line
from grader.records.verdict import Verdict
from grader.report import gradescope, text
from grader.report.pending import pending_verdict
from grader.report.refused import refused_verdict
from grader.sandbox.limits import known
from grader.submission import BadSubmission, Submission, as_source, find, read_source
from lessons import atomic
from lessons.error import did_you_mean
from lessons.loading.public import elsewhere
from lessons.schema import RUN_KINDS, Course, Exercise

SHOWN = 20
"""How many files and folders that were left out are named."""


def submissions(
    options: Options,
    course: Course,
    saved: Callable[[Exercise], Submission] | None = None,
    refused: list[str] | None = None,
    *,
    empty: bool = False,
) -> list[Submission]:
    """What to grade. An existing path wins over an id; `saved` gives an exercise's file in the workspace.

    refused: takes lines on what was not looked at, as grader.submission.find has them. empty: whether nothing need be
    in a folder. Raises BadSubmission.
    """
    if options.file is not None:
        if len(options.targets) != 1:
            raise BadSubmission("--file goes with exactly one exercise: grade EXERCISE --file FILE.")
        exercise, parts = exercise_of(options.targets[0], course)
        if parts and not _runs(exercise, parts[0]):
            raise BadSubmission(f"{options.targets[0]} is answered with a value, not with a file.")
        if options.file == "-":
            source = as_source(sys.stdin.buffer.read(MAX_SOURCE + 1), "standard input")
        else:
            source = read_source(Path(options.file))
        return [only_handed_in(Submission(exercise, source, None, {}, parts))]
    found: list[Submission] = []
    for target in options.targets:
        if os.path.lexists(target):
            lines: list[str] = []
            here = find([Path(target)], course, lines)
            if not here:
                lines = lines or [f"{target}: there is no file in it that is named after an exercise."]
                if refused is None or not (empty and _is_folder(target)):
                    raise BadSubmission(lines[0])
            found += here if Path(target).is_dir() else [only_handed_in(one) for one in here]
            if refused is None and lines:
                raise BadSubmission(lines[0])
            if refused is not None:
                refused += lines
        elif saved is None:
            exercise_of(target, course)
            raise BadSubmission(f"{target}: say which file answers it: --file FILE (or - for standard input).")
        else:
            exercise, parts = exercise_of(target, course)
            found.append(replace(saved(exercise), parts=parts))
    return found


def judged_here(exercises: Iterable[Exercise]) -> None:
    """Raises Refused where one of them cannot be judged with what is here, and says where it is."""
    for exercise in exercises:
        if why := elsewhere(exercise):
            raise Refused(why)


def only_handed_in(submission: Submission) -> Submission:
    """A file by itself answers the parts that run code; the others are judged where their answers lie beside it."""
    if submission.parts is not None:
        return submission
    parts = submission.exercise.parts
    code = RUN_KINDS if submission.source is not None or submission.refused else ()
    kept = tuple(part.id for part in parts if part.kind in code or part.id in submission.answers)
    left = [part.id for part in parts if part.id not in kept]
    if left:
        click.echo(f"{submission.exercise.id}: not handed in, so not judged: {', '.join(left)}", err=True)
    return replace(submission, parts=kept)


def _runs(exercise: Exercise, part: str) -> bool:
    return any(one.id == part and one.kind in RUN_KINDS for one in exercise.parts)


def exercise_of(target: str, course: Course) -> tuple[Exercise, tuple[str, ...] | None]:
    """EXERCISE or EXERCISE.PART. Raises BadSubmission with the nearest name."""
    name, _, part = target.partition(".")
    exercise = course.named(name)
    if exercise is None:
        known = [other.id for other in course.exercises]
        raise BadSubmission(f"{target}: there is no such file, folder or exercise. {did_you_mean(name, known)}")
    if part and exercise.part(part) is None:
        known = [other.id for other in exercise.parts]
        raise BadSubmission(f"{target}: {name} has no part {part!r}. {did_you_mean(part, known)}")
    return exercise, (part,) if part else None


def command(
    options: Options,
    course: Course,
    *,
    program: str,
    saved: Callable[[Exercise], Submission] | None = None,
    before: Callable[[Submission], object] | None = None,
    on_verdict: Callable[[Verdict], object] | None = None,
) -> int:
    """Grades what the options name, prints the verdicts to stdout and gives the exit code.

    before: is given each submission right before it is judged; on_verdict: its verdict, before that is printed.
    What was left out of a folder is said last, and is a failure.
    Raises BadSubmission and Refused before anything is run.
    """
    required = [layer for layer in options.layers.split(",") if layer]
    try:
        known(required)
    except ValueError as error:
        raise BadSubmission(str(error)) from None
    refused: list[str] = []
    marking = marking_of(options, course)
    whole = options.file is None and any(map(_is_folder, options.targets))
    found = submissions(options, course, saved, refused, empty=marking.assignment is not None)
    handed = marking.chosen(found, refused, whole=whole)
    judged_here(one.exercise for one in handed)
    if marking.spent and options.form == "gradescope":
        handed = []
    waiting = [marking.marked(pending_verdict(one.exercise, one.parts, 0)) for one in handed]
    report = _Report(options, refused, marking)
    report.write([], waiting)
    verdicts: list[Verdict] = []
    try:
        with Grader(allow_level_1=options.allow_level_1) as grader:
            grader.require(required)
            for submission in handed:
                if before:
                    before(submission)
                verdict = grader.grade(
                    submission.exercise,
                    submission.source,
                    submission.answers,
                    parts=submission.parts,
                    seed=marking.seed,
                    trust_numbers=marking.trust_numbers,
                    on_event=StandInProgress(),
                )
                if submission.refused:
                    verdict = refused_verdict(verdict, submission.refused)
                elif submission.note:
                    verdict = msgspec.structs.replace(verdict, message=verdict.message or one_line(submission.note))
                if on_verdict and not submission.refused:
                    on_verdict(verdict)
                verdict = marking.marked(verdict)
                verdicts.append(verdict)
                if options.form == "text" or options.out is not None:
                    again = _again(options, submission, verdict, program)
                    click.echo(text.render(verdict, replay=again), nl=False)
                report.write(verdicts, waiting[len(verdicts) :])
    except Refused as refusal:
        refused.append(str(refusal))  # whoever reads the file alone learns why nothing was judged
        report.write(verdicts, waiting[len(verdicts) :])
        raise
    aside = options.form != "text" and options.out is None
    for line in few(refused):
        click.echo(text.left_out(line), err=aside)
    if aside:
        echo_bytes(report.rendered(verdicts))
    if options.form == "github":
        from grader.command.report import sum_up

        sum_up(verdicts, refused)
    code, last = exit_code(verdicts, strict=options.strict)
    if last:
        click.echo(last, err=True)
    if options.form == "exercism" and code != GRADER:
        return PASSED  # a wrong answer is in the file; another code says that the runner itself has failed
    return max(code, FAILED) if refused else code


@dataclass(frozen=True)
class _Report:
    """What a command writes in the format that is asked for."""

    options: Options
    refused: list[str]
    marking: Marking

    def write(self, verdicts: list[Verdict], waiting: list[Verdict]) -> None:
        """Into the file, where one is asked for; whoever ends the run finds there what was not judged too."""
        if self.options.out is not None:
            atomic.replace(self.options.out, self.rendered([*verdicts, *waiting]))

    def rendered(self, verdicts: list[Verdict]) -> bytes:
        from grader.report.formats import FORMATS  # as is each of them: a verdict in text waits for none

        options = self.options
        if options.form == "gradescope":
            marking = self.marking
            return gradescope.render(
                verdicts, refused=self.refused, visibility=marking.visibility, earlier=marking.before
            )
        many = options.file is None and (len(options.targets) > 1 or _is_folder(options.targets[0]))
        return FORMATS[options.form](verdicts, many=many, refused=self.refused)


def _is_folder(target: str) -> bool:
    """Also a target that no path can be is none."""
    return os.path.isdir(target)  # noqa: PTH112 - pathlib raises for it


def few(lines: list[str]) -> list[str]:
    """The first of many lines, and how many more there are."""
    rest = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"and {rest} more"] if rest > 0 else [])]


def _again(options: Options, submission: Submission, verdict: Verdict, program: str) -> str | None:
    """The command that judges the same file on the same inputs; None where no file was handed in, or one whose name
    cannot be printed as it is."""
    file = options.file if options.file is not None else submission.path
    if submission.source is None:
        return None
    exercise = submission.exercise.id
    part = f".{submission.parts[0]}" if submission.parts and len(submission.parts) == 1 else ""
    named = any(target.partition(".")[0] == exercise and not os.path.exists(target) for target in options.targets)
    where = "" if options.file is None and named else f" --file {shlex.quote(str(file))}"
    again = f"{program} {exercise}{part}{where} --seed {verdict.seed}"
    return again if again == one_line(again) else None


def exit_code(verdicts: Iterable[Verdict], *, strict: bool) -> tuple[int, str]:
    """The exit code, and what is said last: how much was skipped, if anything was."""
    statuses = [part.status for verdict in verdicts for part in verdict.parts]
    skipped = statuses.count("skipped")
    last = f"{skipped} skipped" if skipped else ""
    if "grader_error" in statuses:
        return GRADER, last
    if any(status not in ("passed", "skipped") for status in statuses) or (strict and skipped):
        return FAILED, last
    return PASSED, last
