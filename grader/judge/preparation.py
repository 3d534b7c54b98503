"""What a judge has ready before an answer comes: the reference, loaded, and a case of each part, played for once.

Nobody is judged by what it computes then: from the answer on, all is as if it had not been.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch

from grader.judge.attempt import EXPERIMENT
from grader.judge.logged import Recorder
from grader.judge.reference import load
from grader.judge.rehearsal import Rehearsals
from grader.records.job import Job

SEED = 0
"""What the cases are drawn from that nobody is judged by."""


class Preparation:
    """The rehearsals of a job, made when it is judged or before. scratch: the judge's folder."""

    def __init__(self, scratch: Path, recorder: Recorder) -> None:
        self.scratch, self.recorder = scratch, recorder
        self._job: Job | None = None
        self._ready: Rehearsals | None = None

    def make(self, job: Job) -> None:
        """Loads the reference of a job to come and plays it, but for experiments, which take long. Where that fails,
        nothing is ready: whoever is judged by it is told. Generators of random numbers stay as they were."""
        with contextlib.suppress(Exception), _randomness_kept():
            rehearsals = self._new(job)
            for part in job.answers[0].parts:
                first = rehearsals.cases(part.id, SEED)[0]
                if part.kind != EXPERIMENT:
                    rehearsals.expected(first, precise=part.precision == "float64")
            self._job, self._ready = job, rehearsals

    def rehearsals(self, job: Job) -> Rehearsals:
        """What the answers of a job are judged by. Raises ReferenceFault."""
        if self._ready and self._job and _reference(self._job) == _reference(job):
            return self._ready
        return self._new(job)

    def _new(self, job: Job) -> Rehearsals:
        return Rehearsals(load(job), job.exercise, self.scratch, self.recorder)


def _reference(job: Job) -> Job:
    return msgspec.structs.replace(job, answers=())


@contextlib.contextmanager
def _randomness_kept() -> Iterator[None]:
    python, numpy, pytorch = random.getstate(), np.random.get_state(), torch.get_rng_state()
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
        torch.set_rng_state(pytorch)
