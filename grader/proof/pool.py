"""Many exercises proved side by side: each worker thread owns a zygote and takes the next exercise that is due."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from grader.grading import Cancel, Grader
from grader.proof.claims import Unproved, prove
from lessons.schema import Exercise

MOST_JOBS = 4
"""More zygotes than this take more memory than they save time."""


def usual_jobs() -> int:
    """As many as there are cores that this process may use, at most four."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_JOBS)


def prove_all(
    exercises: Sequence[Exercise],
    jobs: int,
    say: Callable[[str], None],
    done: Callable[[Exercise, list[Unproved]], None],
    *,
    allow_level_1: bool = False,
) -> None:
    """Proves exercises, `jobs` at a time; `say` and `done` are called by one thread at a time.

    Raises SandboxError. When it is interrupted the runs that are under way are stopped.
    """
    due, cancel, one_at_a_time = deque(exercises), Cancel(), threading.Lock()

    def work() -> None:
        with Grader(allow_level_1=allow_level_1) as grader:
            grader.warm()
            while not cancel.is_set:
                try:
                    exercise = due.popleft()
                except IndexError:
                    return
                with one_at_a_time:
                    say(f"proving {exercise.id}")
                found = list(prove(exercise, grader, cancel))
                with one_at_a_time:
                    done(exercise, found)

    count = min(jobs, len(exercises))
    if not count:
        return
    with ThreadPoolExecutor(count) as pool:
        workers = [pool.submit(work) for _ in range(count)]
        try:
            ended, _ = wait(workers, return_when=FIRST_EXCEPTION)
        finally:
            cancel.set()
    for worker in ended:
        worker.result()
