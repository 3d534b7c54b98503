"""How a worker's end becomes a status: one table, shown in docs/verdict.md."""

from __future__ import annotations

import signal
from typing import NamedTuple

from grader.records.verdict import Status

READY = b"+"
"""What a worker says when its layers are set up, and before it has heard of any code that is not ours."""
SETUP_FAILED = 96
"""Exit status of a worker whose layers could not be set up: the learner's code did not run."""
ROLE_FAILED = 97
"""Exit status of a fork that left its role."""


class Ending(NamedTuple):
    """The status that a worker's end gives to the step it was at, and the sentence for the learner."""

    status: Status
    message: str


REASONS: dict[str, Ending] = {
    "cpu": Ending("timeout", "Your code was stopped: it computed longer than this exercise allows ({limit})."),
    "wall": Ending("timeout", "Your code was stopped: it gave no answer for {limit}."),
    "loading": Ending(
        "timeout", "Your code was stopped: while your file was loaded it waited longer than {limit} without computing."
    ),
    "reloading": Ending(
        "timeout",
        "Your code was stopped: loading your file, again after each part that was stopped, took {limit} in all.",
    ),
    "waiting": Ending(
        "timeout", "Your code was stopped: all parts together waited longer than {limit} without computing."
    ),
    "flood": Ending("forbidden", "Your code printed more than {limit} and was stopped: a flood."),
    "events": Ending("forbidden", "Your code was stopped: it logged more than 128 MiB."),
    "scratch": Ending(
        "forbidden", "Your code was stopped: it filled its folder with more than 256 MiB or 2,000 files."
    ),
    "threads": Ending("memory", "Your code was stopped: it had more than 256 threads at a time."),
    "channel": Ending("crashed", "Your code's process sent something that is not a result."),
    "cancelled": Ending("skipped", "Cancelled."),
}
"""Why the host stopped a worker."""

SIGNALS: dict[int, Ending] = {
    signal.SIGXCPU: Ending("timeout", "Your code was stopped: it computed longer than this exercise allows."),
    signal.SIGSYS: Ending("forbidden", "Your code asked the system for something that the sandbox forbids."),
    signal.SIGXFSZ: Ending("forbidden", "Your code wrote a file that is larger than the sandbox allows."),
    signal.SIGKILL: Ending(
        "crashed", "Your code's process was killed from outside; perhaps the machine ran out of memory."
    ),
}

EARLY: dict[int, Ending] = {
    SETUP_FAILED: Ending("grader_error", "The sandbox could not be set up, so your code did not run."),
    ROLE_FAILED: Ending("grader_error", "The grader's own part of the worker failed."),
}
"""Exit statuses of a worker that has not said that it is ready; later ones are the learner's code's own doing."""


def ending(code: int, reason: str | None, limit: str = "", *, ready: bool) -> Ending:
    """The ending for a worker's exit code (negative: signal) and, where the host stopped it, the host's reason.

    ready: whether it had said that its layers are set up; from then on it may say anything.
    """
    if reason is not None:
        found = REASONS[reason]
        return Ending(found.status, found.message.format(limit=limit))
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return SIGNALS.get(-code, Ending("crashed", f"Your code crashed the Python process ({name})."))
    fallback = Ending("crashed", f"Your code ended the Python process (exit status {code}) before it gave a result.")
    return fallback if ready else EARLY.get(code, fallback)
