"""Many exercises proved side by side: each worker thread owns a zygote and takes the next exercise that is due."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TypeVar

from grader.grading import Cancel, Grader
from grader.proof.claims import prove
from grader.proof.facts import prove_demo
from grader.records.unproved import Unproved
from lessons.schema import Demo, Exercise

Subject = TypeVar("Subject")
Result = TypeVar("Result")

MOST_JOBS = 4
"""More zygotes than this take more memory than they save time."""


def usual_jobs() -> int:
    """As many as there are cores that this process may use, at most four."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_JOBS)


def name_of(subject: Exercise | Demo) -> str:
    """An exercise's id, a demo's as LESSON/DEMO."""
    return f"{subject.lesson}/{subject.id}" if isinstance(subject, Demo) else subject.id


def prove_all(
    subjects: Sequence[Exercise | Demo],
    jobs: int,
    say: Callable[[str], None],
    done: Callable[[Exercise | Demo, list[Unproved]], None],
    *,
    allow_level_1: bool = False,
) -> None:
    """Proves exercises and demos, `jobs` at a time; `say` and `done` are called by one thread at a time.

    Raises SandboxError. When it is interrupted the runs that are under way are stopped.
    """

    def proved(subject: Exercise | Demo, grader: Grader, cancel: Cancel) -> list[Unproved]:
        if isinstance(subject, Demo):
            return list(prove_demo(subject, grader, cancel))
        return list(prove(subject, grader, cancel))

    side_by_side(
        subjects, jobs, proved, lambda subject: say(f"proving {name_of(subject)}"), done, allow_level_1=allow_level_1
    )


def side_by_side(
    subjects: Sequence[Subject],
    jobs: int,
    work: Callable[[Subject, Grader, Cancel], Result],
    begun: Callable[[Subject], None],
    done: Callable[[Subject, Result], None],
    *,
    allow_level_1: bool = False,
) -> None:
    """Does the work on each subject, `jobs` at a time; `begun` and `done` are called by one thread at a time.

    Raises SandboxError. When it is interrupted the runs that are under way are stopped.
    """
    due, cancel, one_at_a_time = deque(subjects), Cancel(), threading.Lock()

    def worker() -> None:
        with Grader(allow_level_1=allow_level_1) as grader:
            grader.warm()
            while not cancel.is_set:
                try:
                    subject = due.popleft()
                except IndexError:
                    return
                with one_at_a_time:
                    begun(subject)
                found = work(subject, grader, cancel)
                with one_at_a_time:
                    done(subject, found)

    count = min(jobs, len(subjects))
    if not count:
        return
    with ThreadPoolExecutor(count) as pool:
        workers = [pool.submit(worker) for _ in range(count)]
        try:
            ended, _ = wait(workers, return_when=FIRST_EXCEPTION)
        finally:
            cancel.set()
    for one in ended:
        one.result()
