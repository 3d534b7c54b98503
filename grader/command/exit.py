"""How a command ends: its exit codes, and one sentence for everything that a user can get wrong.

`dl-grader` and `dl-tutor` both end here. Light: it imports no grader before something has gone wrong.
"""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click

from grader.records.printable import one_line

PASSED, FAILED, USAGE, GRADER = 0, 1, 2, 3
"""Exit codes: nothing failed; something failed; bad usage or input; the grader could not judge."""
STOPPED = 130
"""As a shell has it for Ctrl-C."""
UNWRITABLE = (errno.ENOSPC, errno.EDQUOT)
"""What a full disk says where the output goes to a file."""


def stop(code: int, sentence: str) -> NoReturn:
    """Ends the command with a sentence on stderr, which is one line whoever named what is in it."""
    click.echo(one_line(sentence), err=True)
    sys.exit(code)


def clearly(*bad_input: type[Exception]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates a command: what a user can get wrong becomes one sentence and its exit code.

    bad_input: exceptions of the caller's whose text is such a sentence, beside those of the lessons and the grader.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except (click.ClickException, click.exceptions.Exit, click.Abort):
                raise
            except Exception as error:
                _end(error, bad_input)
            except KeyboardInterrupt:
                stop(STOPPED, "Stopped.")

        return wrapped

    return decorate


def _end(error: Exception, bad_input: tuple[type[Exception], ...]) -> NoReturn:
    """Ends the command for an error that is the user's to mend; raises every other one."""
    from grader.grading import SandboxError
    from grader.questions.sampling import QuestionFault
    from grader.submission import BadSubmission
    from lessons.error import LessonError

    if isinstance(error, BrokenPipeError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the reader has gone; nothing is left to say
        sys.exit(PASSED)
    if isinstance(error, (*bad_input, BadSubmission, LessonError)):
        stop(USAGE, str(error))
    if isinstance(error, UnicodeDecodeError):
        stop(USAGE, f"What was handed in is not UTF-8 text ({error.reason}); save it as UTF-8.")
    if isinstance(error, SandboxError | QuestionFault):  # a refusal is a SandboxError
        stop(GRADER, str(error))
    if isinstance(error, OSError) and error.filename is None and error.errno in UNWRITABLE:
        stop(USAGE, f"The output cannot be written: {error.strerror}.")
    if isinstance(error, OSError) and error.filename is not None:
        stop(USAGE, f"{error.filename}: {error.strerror}.")
    raise error
