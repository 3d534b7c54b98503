"""What the verbs of the command share: finding things by name, and one sentence for what goes wrong."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import click

from lessons.error import LessonError, did_you_mean
from lessons.loading.cache import kept_course
from lessons.schema import Course, Exercise, Lesson, Part
from tutor.learner import locations
from tutor.learner.progress import Progress, ProgressError
from tutor.learner.workspace import WorkspaceError

FAILED, USAGE, GRADER = 1, 2, 3
"""Exit codes beside 0: something failed; bad usage or input; the grader could not judge."""
BAD_INPUT = (LessonError, WorkspaceError, ProgressError)


def stop(code: int, sentence: str) -> NoReturn:
    """Ends the command with a sentence on stderr."""
    click.echo(sentence, err=True)
    sys.exit(code)


def echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def clearly(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turns what a user can get wrong into one sentence and its exit code."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from grader.grading import Refused, SandboxError
        from grader.questions.sampling import QuestionFault
        from grader.submission import BadSubmission

        try:
            return function(*args, **kwargs)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader has gone; nothing is left to say
            sys.exit(0)
        except (*BAD_INPUT, BadSubmission) as error:
            stop(USAGE, str(error))
        except UnicodeDecodeError as error:
            stop(USAGE, f"What was handed in is not UTF-8 text ({error.reason}); save it as UTF-8.")
        except (SandboxError, QuestionFault, Refused) as error:
            stop(GRADER, str(error))
        except OSError as error:
            if error.filename is None:
                raise
            stop(USAGE, f"{error.filename}: {error.strerror}.")
        except KeyboardInterrupt:
            stop(130, "Stopped.")

    return wrapped


def the_course() -> Course:
    """The course that is open. Raises LessonError."""
    return kept_course(locations.course_file())


def the_lesson(course: Course, name: str) -> Lesson:
    lesson = course.lesson(name)
    if lesson is None:
        raise click.UsageError(f"there is no lesson {name!r}. {did_you_mean(name, [x.id for x in course.lessons])}")
    return lesson


def the_exercise(course: Course, name: str) -> tuple[Exercise, Part | None]:
    from grader.command.grade import exercise_of

    exercise, parts = exercise_of(name, course)
    return exercise, exercise.part(parts[0]) if parts else None


def opened_progress() -> Progress:
    progress = Progress()
    for sentence in (progress.notice, progress.trouble):
        if sentence:
            click.echo(sentence, err=True)
    return progress


def example(line: str) -> str:
    return f"Example: {line}"
