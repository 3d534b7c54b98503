"""The verbs of review: what is due, and an exercise once more, from its starter."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import click

from grader.command.options import Options, grading_options
from grader.command.terminal import echo_json
from grader.records.verdict import Verdict
from lessons.schema import Course, Exercise
from tutor.commands import work
from tutor.commands.context import (
    FAILED,
    clearly,
    echo,
    example,
    opened_progress,
    stop,
    the_course,
    the_exercise,
)
from tutor.learner import consent, mastery, workspace
from tutor.learner import review as reviews
from tutor.learner.progress import Progress

VERB = "dl-tutor review"


@click.group(invoke_without_command=True, epilog=example("dl-tutor review start random-bits"))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
@clearly
def review(context: click.Context, as_json: bool) -> None:
    """What you have learned and may be about to forget."""
    from tutor.text import review as text

    if context.invoked_subcommand is not None:
        return
    course = the_course()
    progress = opened_progress(course)
    if as_json:
        echo_json(text.review_record(course, progress), ascii=False)
    else:
        echo(text.review_lines(course, progress))


@review.command(epilog=example("dl-tutor review start random-bits"))
@click.argument("exercise", required=False)
@clearly
def start(exercise: str | None) -> None:
    """Begins the review of an EXERCISE, by default of the first that is due: its task, and an empty starter."""
    course = the_course()
    whole = opened_progress(course)
    if exercise is None:
        due = reviews.queue(course, whole)
        if not due:
            stop(FAILED, "Nothing is due. dl-tutor review says what comes back next.")
        found = due[0].exercise
    else:
        found, _ = the_exercise(course, exercise)
    if not mastery.evidence(found, whole):
        stop(FAILED, f"{found.id} has not been learned yet. Begin with: dl-tutor start {found.id}")
    desk = _desk(found, whole, reviews.begin(found, whole))
    path = workspace.start(found, desk.root)
    work.ask(found, desk)
    work.point_to(found, path, desk)


@review.command(epilog=example("dl-tutor review grade random-bits"))
@click.argument("exercise", metavar="EXERCISE[.PART]")
@grading_options
@clearly
def grade(exercise: str, **options: Any) -> None:
    """Judges the EXERCISE that you are reviewing."""
    from grader.command import grade as command
    from tutor.practice.judging import notes_after
    from tutor.practice.session import remember

    course = the_course()
    found, _ = the_exercise(course, exercise)
    whole, desk, name = _under_way(course, found)
    judged: list[Verdict] = []

    def record(verdict: Verdict) -> None:
        remember(desk.progress, found, verdict, desk.root)
        judged.append(verdict)

    options["allow_level_1"] = consent.allowed(options["allow_level_1"])
    chosen = Options(targets=(exercise,), **options)
    saved = partial(work.saved, root=desk.root)
    code = command.command(chosen, course, saved=saved, program=f"{VERB} grade", on_verdict=record)
    for verdict in judged:
        for line in notes_after(desk.progress, found, verdict, VERB):
            click.echo(line, err=True)
    _say_outcome(course, whole, found, name)
    sys.exit(code)


@review.command(
    epilog=example("dl-tutor review answer mixed-list.why one-dtype"),
    context_settings={"ignore_unknown_options": True},  # -3 is an answer
)
@click.argument("question", metavar="EXERCISE.PART")
@click.argument("value", required=False)
@click.option("--essay", metavar="FILE", help="A text to keep beside the choice; - reads standard input.")
@clearly
def answer(question: str, value: str | None, essay: str | None) -> None:
    """Answers a part with VALUE; without one, shows the question."""
    course = the_course()
    found, part = the_exercise(course, question)
    whole, desk, name = _under_way(course, found)
    code = work.answer(found, part, value, essay, desk)
    _say_outcome(course, whole, found, name)
    sys.exit(code)


@review.command(epilog=example("dl-tutor review hint random-bits"))
@click.argument("exercise", metavar="EXERCISE[.PART]")
@clearly
def hint(exercise: str) -> None:
    """Shows the next hint of a part; the concepts come back sooner then."""
    course = the_course()
    found, part = the_exercise(course, exercise)
    work.hint(found, part, _under_way(course, found)[1])


@review.command(epilog=example("dl-tutor review solution random-bits --give-up"))
@click.argument("exercise")
@click.option("--give-up", is_flag=True, help="Show it although the review is not at its end.")
@clearly
def solution(exercise: str, give_up: bool) -> None:
    """Shows how the course solves an EXERCISE."""
    course = the_course()
    found, _ = the_exercise(course, exercise)
    whole, desk, name = _under_way(course, found)
    work.solution(found, give_up, desk)
    _say_outcome(course, whole, found, name)


def _desk(exercise: Exercise, whole: Progress, name: str) -> work.Desk:
    return work.Desk(reviews.progress_of(name, exercise, whole), reviews.folder(name), VERB)


def _under_way(course: Course, exercise: Exercise) -> tuple[Progress, work.Desk, str]:
    """The whole progress, and the review that is under way. Ends the command where none is."""
    whole = opened_progress(course)
    name = mastery.last_review(exercise, whole)
    if name is None:
        stop(FAILED, f"You are not reviewing {exercise.id}. Begin with: {VERB} start {exercise.id}")
    return whole, _desk(exercise, whole, name), name


def _say_outcome(course: Course, whole: Progress, exercise: Exercise, name: str) -> None:
    from tutor.text.review import outcome

    if said := outcome(course, whole, exercise, name):
        click.echo(said, err=True)


VERBS = (review,)
