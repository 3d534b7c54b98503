"""A class judged on this machine: as many zygotes as are asked for, side by side."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from itertools import islice

from grader.batch.chunk import Chunk, Judged, judge
from grader.grading import Cancel, Grader

AHEAD = 4
"""Chunks for each zygote that are read before it needs them."""


class LocalEngine:
    """Judges chunks in threads, each with a zygote of its own. jobs: how many."""

    def __init__(self, jobs: int, *, allow_level_1: bool = False) -> None:
        self.jobs, self.allow_level_1 = jobs, allow_level_1
        self._stack = ExitStack()

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def judged(self, chunks: Iterator[Chunk], cancel: Cancel) -> Iterator[Judged]:
        """See Engine."""
        free: queue.SimpleQueue[Grader] = queue.SimpleQueue()
        for _ in range(self.jobs):
            free.put(self._stack.enter_context(Grader(allow_level_1=self.allow_level_1)))
        pool = self._stack.enter_context(ThreadPoolExecutor(self.jobs))
        self._stack.callback(cancel.set)  # before the pool is waited for, where something has been raised

        def one(chunk: Chunk) -> Judged:
            grader = free.get()
            try:
                return chunk, judge(grader, chunk.exercise, chunk.answers, cancel)
            finally:
                free.put(grader)

        waiting: set[Future[Judged]] = set()
        while True:
            waiting |= {pool.submit(one, chunk) for chunk in islice(chunks, AHEAD * self.jobs - len(waiting))}
            if not waiting:
                return
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                yield future.result()
