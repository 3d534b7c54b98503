"""The verbs around an exercise: start, reset, predict, grade, watch, note, answer, hint, solution."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from grader.command.options import Options, again, allow_level_1, grading_options
from grader.records.verdict import Verdict
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
from tutor.learner import consent, workspace

if TYPE_CHECKING:  # as all that is heavy, imported where it is needed: the app waits for this module
    from grader.submission import Submission


@click.command(epilog=example("dl-tutor start random-bits"))
@click.argument("exercise")
@clearly
def start(exercise: str) -> None:
    """Prints an EXERCISE and puts its starter into the workspace, never over your work."""
    from tutor.learner import notes

    course = the_course()
    found, _ = the_exercise(course, exercise)
    desk = work.learning(course)
    path = workspace.start(found)
    work.ask(found, desk, notes.read(found))
    work.point_to(found, path, desk)


@click.command(epilog=example("dl-tutor reset random-bits"))
@click.argument("exercise")
@clearly
def reset(exercise: str) -> None:
    """Puts an EXERCISE's starter back; what you wrote is kept as a dated backup."""
    course = the_course()
    found, _ = the_exercise(course, exercise)
    if not found.runs_code:
        raise click.UsageError(f"{exercise} has no file; answer it again with: dl-tutor answer {exercise}.PART VALUE")
    kept = workspace.reset(found)
    if kept is not None:
        click.echo(f"Your version is kept as {kept}", err=True)
    click.echo(workspace.path_of(found))


@click.command(epilog=example('dl-tutor predict backward-twice "a RuntimeError"'))
@click.argument("exercise", metavar="EXERCISE[.PART]")
@click.argument("text", required=False)
@clearly
def predict(exercise: str, text: str | None) -> None:
    """Writes down what you expect before your code runs; without TEXT, shows the question. It is never judged."""
    from tutor.practice import prediction

    course = the_course()
    found, part = the_exercise(course, exercise)
    progress = opened_progress(course)
    asking = [one for one in ([part] if part else found.parts) if one.predict is not None]
    if not asking:
        raise click.UsageError(f"{exercise} asks for no prediction.")
    part = prediction.due(progress, found, asking) or asking[0]
    known = progress.prediction(found.id, part.id)
    if text is None:
        echo(prediction.question_lines(part))
        if known is not None:
            click.echo(f"You expected: {known or '(no idea)'}", err=True)
        return
    if known is not None:
        stop(FAILED, f"You have already said what you expect: {known or '(no idea)'}")
    if progress.part(found.id, part.id).attempts:
        stop(FAILED, f"{found.id}.{part.id} has already been judged; a prediction comes first.")
    prediction.record(progress, found, part, text)
    click.echo(f"Written down. Now: dl-tutor grade {found.id}", err=True)


@click.command(epilog=example("dl-tutor grade random-bits"))
@click.argument("targets", nargs=-1, required=True, metavar="EXERCISE[.PART] | PATH...")
@grading_options
@click.option("--no-record", is_flag=True, help="Leave your progress as it is.")
@clearly
def grade(no_record: bool, **options: Any) -> None:
    """Judges exercises of the workspace, files named after exercises, or folders of them."""
    from grader.command import grade as command
    from tutor.practice import prediction
    from tutor.practice.judging import notes_after
    from tutor.practice.session import remember

    course = the_course()
    progress = None if no_record else opened_progress(course)
    judged: list[Verdict] = []
    options["allow_level_1"] = consent.allowed(options["allow_level_1"])

    waits = progress is not None and options["file"] != "-" and sys.stdin.isatty() and sys.stderr.isatty()

    def ask(submission: Submission) -> None:
        if progress is not None and waits and submission.source is not None:
            prediction.ask(progress, [submission.exercise])

    def record(verdict: Verdict) -> None:
        one = course.exercise(verdict.exercise)
        if progress is not None and one is not None:
            remember(progress, one, verdict)
            judged.append(verdict)

    code = command.command(
        Options(**options), course, saved=work.saved, program=again("dl-tutor grade"), before=ask, on_verdict=record
    )
    for verdict in judged:
        one = course.exercise(verdict.exercise)
        assert progress is not None and one is not None
        for line in notes_after(progress, one, verdict):
            click.echo(line, err=True)
    sys.exit(code)


@click.command(epilog=example('dl-tutor note random-bits "Booleans are one byte each."'))
@click.argument("exercise")
@click.argument("text", required=False)
@clearly
def note(exercise: str, text: str | None) -> None:
    """Adds TEXT to your note on an EXERCISE (- reads it from stdin); without one, shows the note."""
    from tutor.learner import notes

    course = the_course()
    found, _ = the_exercise(course, exercise)
    if text is None:
        if kept := notes.read(found):
            click.echo(kept)
        else:
            click.echo(f'There is no note on {found.id}. To write one: dl-tutor note {found.id} "TEXT"', err=True)
        return
    added = (sys.stdin.read() if text == "-" else text).strip("\n")
    if not added.strip():
        raise click.UsageError("there is nothing to add: TEXT is empty.")
    click.echo(f"Added to {notes.add(found, added)}", err=True)


@click.command(epilog=example("dl-tutor watch random-bits"))
@click.argument("exercise", required=False)
@click.option("--no-record", is_flag=True, help="Leave your progress as it is.")
@allow_level_1
@clearly
def watch(exercise: str | None, no_record: bool, allow_level_1: bool) -> None:
    """Judges on every save, until Ctrl-C: the file of an EXERCISE, or whichever of your files is saved."""
    from tutor.practice import prediction
    from tutor.practice.watch import watch_files

    course = the_course()
    watched = [one for one in course.exercises if one.runs_code]
    if exercise is not None:
        found, _ = the_exercise(course, exercise)
        if not found.runs_code:
            raise click.UsageError(f"{found.id} has no file; answer it with: dl-tutor answer {found.id}.PART VALUE")
        workspace.start(found)
        watched = [found]
    progress = None if no_record else opened_progress(course)
    if exercise is not None and progress is not None and sys.stdin.isatty() and sys.stderr.isatty():
        prediction.ask(progress, watched)
    watch_files(watched, progress, allow_level_1=consent.allowed(allow_level_1))


@click.command(
    epilog=example("dl-tutor answer mixed-list.why one-dtype"),
    context_settings={"ignore_unknown_options": True},  # -3 is an answer
)
@click.argument("question", metavar="EXERCISE.PART")
@click.argument("value", required=False)
@click.option("--essay", metavar="FILE", help="A text to keep beside the choice; - reads standard input.")
@clearly
def answer(question: str, value: str | None, essay: str | None) -> None:
    """Answers a part with VALUE; without one, shows the question."""
    course = the_course()
    sys.exit(work.answer(*the_exercise(course, question), value, essay, work.learning(course)))


@click.command(epilog=example("dl-tutor hint random-bits"))
@click.argument("exercise", metavar="EXERCISE[.PART]")
@clearly
def hint(exercise: str) -> None:
    """Shows the next hint of a part, by default the first that is not passed."""
    course = the_course()
    work.hint(*the_exercise(course, exercise), work.learning(course))


@click.command(epilog=example("dl-tutor solution random-bits --give-up"))
@click.argument("exercise")
@click.option("--give-up", is_flag=True, help="Show it although the exercise is not passed yet.")
@clearly
def solution(exercise: str, give_up: bool) -> None:
    """Shows how the course solves an EXERCISE, once you have passed it."""
    course = the_course()
    work.solution(the_exercise(course, exercise)[0], give_up, work.learning(course))


VERBS = (start, reset, predict, grade, watch, note, answer, hint, solution)
