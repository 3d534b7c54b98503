"""A small class, judged in the way that a cluster's worker does it, and what that took.

The answers are those of benchmarks/fairness, right ones and wrong ones. The worker's half of the way runs in this
process, on one zygote, one chunk after the other: what is left of the time is the client's half.
"""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from benchmarks.fairness.answer import answers
from benchmarks.grader import memory, own_memory
from grader import secret
from grader.batch import errand
from grader.batch.chunk import Chunk, Judged
from grader.batch.class_run import ClassRun
from grader.batch.cluster import DEEP
from grader.batch.errand import Reply, errand_of, terms_of
from grader.batch.learners import learners
from grader.batch.ledger import Ledger
from grader.grading import Cancel
from lessons.loading.loader import load_course

ROUND_TRIPS = 300


@dataclass
class Measured:
    """Seconds, but for memory in MiB. services: of each chunk on its worker. client: of each chunk beside that.

    wire: of each errand that dask carries, where several are under way; 0 where distributed is not installed.
    """

    answers: int
    services: list[float] = field(default_factory=list)
    boot: float = 0.0
    client: float = 0.0
    cpu: float = 0.0
    """Of one answer: worker, judge, zygote and the process beside them."""
    wire: float = 0.0
    zygote: float = 0.0
    own: float = 0.0
    program: float = 0.0

    @property
    def service(self) -> float:
        """Of one answer on its worker."""
        return sum(self.services) / self.answers


def measured(count: int, exercises: int, seed: int) -> Measured:
    """count: learners, each with an answer to each of so many exercises. seed: which, and whose answers."""
    chance, course = random.Random(seed), load_course()
    by: dict[str, list[str]] = defaultdict(list)
    for one in answers():
        by[one.exercise].append(one.source)
    drawn = set(chance.sample(sorted(by), exercises))
    chosen = [one for one in course.exercises if one.id in drawn]
    if len(chosen) != exercises:
        raise SystemExit("benchmarks/fairness has answers to exercises that the course does not have.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(count):
            own = folder / "in" / f"learner-{number:05}"
            own.mkdir(parents=True)
            for exercise in chosen:
                (own / f"{exercise.id}.py").write_text(chance.choice(by[exercise.id]), encoding="utf-8")
        with contextlib.closing(Ledger(folder / "out", "scale", secret.GUESSABLE + seed)) as ledger:
            run = ClassRun(course, chosen, ledger)
            engine = _InThisProcess(run)
            found = Measured(answers=count * exercises, boot=engine.boot)
            before, cpu = time.perf_counter(), engine.cpu()
            run.run(learners(folder / "in", course, []), engine, Cancel(), lambda done, total: None)
            whole = time.perf_counter() - before
            found.services = engine.services
            found.client = (whole - sum(engine.services)) / len(engine.services)
            found.cpu = (engine.cpu() - cpu) / found.answers
            found.zygote, found.own = memory(engine.grader.host.pid, "Rss"), own_memory(engine.grader)
            found.program = memory(os.getpid(), "Rss")
            engine.grader.close()
    found.wire = _wire()
    return found


class _InThisProcess:
    """An engine that takes the way of an errand, without a network."""

    def __init__(self, run: ClassRun) -> None:
        self.terms = terms_of(run.course, run.by, run.ledger.seed)
        self.services: list[float] = []
        began = time.perf_counter()
        if why := errand.refusal(msgspec.json.encode(self.terms)).decode():
            raise SystemExit(f"Nothing can be measured: {why}.")
        self.boot = time.perf_counter() - began
        self.grader = errand._bench.set_up(self.terms)[1]

    def judged(self, chunks: Iterator[Chunk], cancel: Cancel) -> Iterator[Judged]:
        for chunk in chunks:
            sent = errand_of(chunk, self.terms)
            began = time.perf_counter()
            data = errand.judged(sent)
            self.services.append(time.perf_counter() - began)
            reply = msgspec.json.decode(data, type=Reply)
            if reply.refusal or reply.fault:
                raise SystemExit(f"{chunk.exercise.id}: {reply.refusal or reply.fault}.")
            yield chunk, reply.verdicts

    def cpu(self) -> float:
        """CPU seconds so far: this process, the zygote, and all its forks that have ended."""
        fields = Path(f"/proc/{self.grader.host.pid}/stat").read_text().rpartition(")")[2].split()
        return time.process_time() + sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _wire() -> float:
    """Of one errand by way of a scheduler and two workers: refused at once, so that nothing but the way takes time."""
    try:
        from distributed import LocalCluster
    except ImportError:
        return 0.0
    from grader.batch.dask_carrier import DaskCarrier

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as cluster,
        DaskCarrier(cluster.scheduler_address) as carrier,
    ):
        there, data = carrier.workers(), b"{}" + b" " * 12_000
        under_way, done, sent, began = 0, 0, 0, 0.0
        while done < ROUND_TRIPS + 20:
            while under_way < DEEP * len(there) and sent < ROUND_TRIPS + 20:
                carrier.send("judged", data, there)
                under_way, sent = under_way + 1, sent + 1
            if carrier.news(10.0) is not None:
                under_way, done = under_way - 1, done + 1
            if done == 20 and not began:  # the workers have imported what they need
                began = time.perf_counter()
        return (time.perf_counter() - began) / ROUND_TRIPS
