"""What the verbs of the command share: finding things by name, and one sentence for what goes wrong."""

from __future__ import annotations

from collections.abc import Iterable

import click

from grader.command import exit
from grader.command.exit import FAILED, GRADER, USAGE, stop
from lessons.error import did_you_mean
from lessons.loading.cache import kept_course
from lessons.schema import Course, Exercise, Lesson, Part
from tutor.learner import locations, moves
from tutor.learner.progress import Progress, ProgressError
from tutor.learner.workspace import WorkspaceError

__all__ = [
    "FAILED",
    "GRADER",
    "USAGE",
    "clearly",
    "echo",
    "example",
    "opened_progress",
    "stop",
    "the_course",
    "the_exercise",
    "the_lesson",
]

clearly = exit.clearly(WorkspaceError, ProgressError)
"""Decorates a verb: what a user can get wrong becomes one sentence and its exit code."""


def echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def the_course() -> Course:
    """The course that is open; what the learner has lies where it belongs in it. Raises LessonError."""
    course = kept_course(locations.course_file())
    for sentence in moves.settle(course):
        click.echo(sentence, err=True)
    return course


def the_lesson(course: Course, name: str) -> Lesson:
    lesson = course.lesson(course.former["lesson"].get(name, name))
    if lesson is None:
        raise click.UsageError(f"there is no lesson {name!r}. {did_you_mean(name, [x.id for x in course.lessons])}")
    return lesson


def the_exercise(course: Course, name: str) -> tuple[Exercise, Part | None]:
    from grader.command.grade import exercise_of

    exercise, parts = exercise_of(name, course)
    return exercise, exercise.part(parts[0]) if parts else None


def opened_progress(course: Course | None = None) -> Progress:
    """The learner's progress; with the course, also what was done under ids of before counts."""
    progress = Progress(former=course.former if course else None)
    for sentence in (progress.notice, progress.trouble):
        if sentence:
            click.echo(sentence, err=True)
    return progress


def example(line: str) -> str:
    return f"Example: {line}"
