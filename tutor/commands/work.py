"""What the verbs around an exercise do: with what a learner has in the workspace, or with what a review of it has."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from lessons import regular_file
from lessons.schema import RUN_KINDS, Course, Exercise, Part
from tutor.commands.context import FAILED, GRADER, USAGE, echo, opened_progress, stop
from tutor.learner import locations, workspace
from tutor.learner.progress import Progress

if TYPE_CHECKING:
    from grader.submission import Submission


class Desk(NamedTuple):
    """Where an exercise is worked on: what is remembered, where the files lie, and what stands before a verb."""

    progress: Progress
    root: Path
    verbs: str


def learning(course: Course) -> Desk:
    """The learner's workspace."""
    return Desk(opened_progress(course), locations.workspace(), "dl-tutor")


def ask(exercise: Exercise, desk: Desk, note: str = "") -> None:
    """Prints what an exercise asks, and the learner's note on it; without the way to its file."""
    from grader.questions import answers
    from lessons.formulas.prose import prose
    from tutor.text import plain

    click.echo(prose(exercise.prompt), err=True)
    if note:
        click.echo(f"\nYour note:\n{textwrap.indent(note, '  ')}", err=True)
    for part in exercise.parts:
        if part.kind not in RUN_KINDS:
            asked = answers.ask(exercise, part, desk.progress.nonce(exercise.id, part.id))
            click.echo(f"\nPart {part.id}:", err=True)
            for line in plain.question_lines(exercise, part, asked, desk.verbs):
                click.echo(line, err=True)


def point_to(exercise: Exercise, path: Path | None, desk: Desk) -> None:
    """Says which prediction is asked for, and where the file lies."""
    from tutor.practice import prediction

    if desk.verbs == "dl-tutor" and (due := prediction.due(desk.progress, exercise)) is not None:
        question = "\n".join(prediction.question_lines(due))
        click.echo(f"\n{question} (dl-tutor predict {exercise.id} TEXT)", err=True)
    if path is not None:
        click.echo(f"\nYour file; edit it, then: {desk.verbs} grade {exercise.id}", err=True)
        click.echo(path)


def saved(exercise: Exercise, root: Path | None = None) -> Submission:
    """What lies below `root`, by default the workspace, for an exercise."""
    from grader.submission import Submission, read_answers

    path = workspace.path_of(exercise, root)
    try:
        source = workspace.read(path) if exercise.runs_code else None
    except FileNotFoundError:
        source = None
    given = read_answers(workspace.answers_of(exercise, root)).get(exercise.id, {})
    return Submission(exercise, source, path, given)


def answer(exercise: Exercise, part: Part | None, value: str | None, essay: str | None, desk: Desk) -> int:
    """Answers a question and judges it, or shows it where there is no answer. Gives the exit code."""
    from grader.questions import answers
    from grader.records.given import Given
    from grader.records.verdict import Sandbox, Verdict
    from grader.report import text
    from grader.submission import write_answer
    from lessons.loading.public import elsewhere
    from tutor.learner.events import Answer
    from tutor.text import plain

    values = [one.id for one in exercise.parts if one.kind not in RUN_KINDS]
    if part is None or part.kind in RUN_KINDS:
        named = ", ".join(f"{exercise.id}.{name}" for name in values) or "none"
        asked = exercise.id if part is None else f"{exercise.id}.{part.id}"
        raise click.UsageError(f"{asked} is not answered with a value; in {exercise.id} these are: {named}.")
    nonce = desk.progress.nonce(exercise.id, part.id)
    if value is None and not essay:
        echo(plain.question_lines(exercise, part, answers.ask(exercise, part, nonce), desk.verbs))
        return 0
    text_given = _essay(essay).strip() if essay else ""
    if text_given and not part.options:
        value, text_given = text_given, ""
    given = Given(answers.typed(part, value or "", text_given), nonce)
    away = elsewhere(exercise)
    if away and part.kind == "numeric":
        stop(GRADER, f"{away} The numbers of this question are drawn there.")
    if misread := answers.misread(exercise, part, given):
        stop(USAGE, f"{misread} Nothing was recorded.")
    write_answer(workspace.answers_of(exercise, desk.root), exercise.id, part.id, given)
    desk.progress.record(Answer(exercise=exercise.id, part=part.id, value=given.value))
    if away:
        stop(GRADER, f"{away} Your answer is written down.")
    judged = answers.judge(exercise, part, given)
    desk.progress.attempt(
        Verdict(
            exercise=exercise.id,
            score=judged.score,
            max=judged.max,
            parts=(judged,),
            status=judged.status,
            seed=nonce,
            sandbox=Sandbox(level=0, layers=()),
        )
    )
    echo(text.part_lines(judged))
    return 0 if judged.status in ("passed", "skipped") else FAILED


def _essay(file: str) -> str:
    return sys.stdin.read() if file == "-" else regular_file.read(file).decode("utf-8-sig")


def hint(exercise: Exercise, part: Part | None, desk: Desk) -> None:
    """Shows the next hint of a part, by default of the first that is not passed and has some."""
    from lessons.formulas.prose import prose
    from tutor.practice import hints

    progress = desk.progress
    if part is None:
        waiting = [one for one in exercise.parts if not progress.part(exercise.id, one.id).passed and one.hints]
        part = waiting[0] if waiting else exercise.parts[0]
    rung = hints.open_next(progress, exercise, part)
    ladder = hints.ladder(progress, exercise, part)
    if rung is None:
        for _, one in ladder.told:
            click.echo(prose(one.text))
        none = "there are no hints yet" if part.hints else "there are no hints"
        told = f"all {len(ladder.rungs)} hints have been shown" if ladder.rungs else none
        click.echo(f"{exercise.id}.{part.id}: {told}.", err=True)
        return
    click.echo(prose(rung.hint.text))
    click.echo(f"{exercise.id}.{part.id}: {ladder.left}", err=True)


def solution(exercise: Exercise, give_up: bool, desk: Desk) -> None:
    """Shows how the course solves an exercise, once it is passed or given up."""
    from grader.solution import solution as solve
    from lessons.loading.public import elsewhere
    from tutor.learner.events import Solution
    from tutor.text import plain

    if away := elsewhere(exercise):
        stop(GRADER, away)
    progress = desk.progress
    done = progress.exercise(exercise).standing == "done"
    if not done and not give_up:
        again = f"{desk.verbs} solution {exercise.id} --give-up"
        stop(FAILED, f"{exercise.id} is not passed yet. To see the solution all the same: {again}")
    nonces = {part.id: progress.nonce(exercise.id, part.id) for part in exercise.parts if part.kind == "numeric"}
    echo(plain.solution_lines(solve(exercise, nonces)))
    progress.record(Solution(exercise=exercise.id, gave_up=not done))
