"""Grading an exercise: the one core behind the screen, the command and CI. No torch in this process."""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import math
import secrets
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from typing import Any

import msgspec

from grader import secret
from grader.protocol.messages import Judged
from grader.provision import provide
from grader.questions.sheet import Answer, Sheet, job_of, part_job
from grader.records.given import Given
from grader.records.job import HandIn, Job
from grader.records.survey import PartFacts, Unsurveyed
from grader.records.verdict import Sandbox, Verdict
from grader.sandbox import heavy
from grader.sandbox.ahead import Ahead
from grader.sandbox.capture import OnOutput
from grader.sandbox.host import Host, SandboxError
from grader.sandbox.judged_run import JudgedRun, Judgement, OnJudged
from grader.sandbox.limits import STRONGER_LAYERS, known
from grader.sandbox.run import Cancel, Cancelled, Measurement, Run
from grader.sandbox.session import Session
from lessons.data import mirror
from lessons.error import LessonError
from lessons.schema import RUN_KINDS, Exercise, Part

SEEDS = 1 << 40
"""More seeds than learner code can try in its time."""
IDLE_SECONDS = 600.0
LOAD_SECONDS = 10
"""CPU seconds a worker may use beyond the parts' budgets: imports and top-level code."""


class Refused(SandboxError):
    """Nothing was run: a required layer is not active, or the machine has level 1 only and nobody has allowed that."""


@dataclass(frozen=True)
class Graded:
    """A verdict, and how much its last part computed: CPU seconds of the reference machine, loading left out."""

    verdict: Verdict
    cpu: float


@functools.cache
def _versions() -> dict[str, str]:
    """Of what judges, as it was when it was loaded: finding it out takes half a millisecond."""
    return {"dl-tutor": metadata.version("dl-tutor"), "python": sys.version.split()[0]}


class Grader:
    """Owns a zygote, started at first use and ended after ten idle minutes. One job at a time, from any thread.

    allow_level_1: whether learner code may run where the machine does not give level 2; it may be changed any time.
    host: a host of other levels, for tests; by default one that sets up whatever the machine gives.
    """

    def __init__(self, *, allow_level_1: bool = False, host: Host | None = None) -> None:
        self.mirror = mirror.default()
        self._host = host or Host(data=[self.mirror])
        self._ahead = Ahead(self._host)
        self.allow_level_1 = allow_level_1
        self._lock = threading.Lock()
        self._idle: threading.Timer | None = None

    def warm(self) -> None:
        """Starts the zygote, which takes a second or two. Raises SandboxError."""
        with self.held():
            self._start()

    def close(self) -> None:
        """Ends the zygote."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._ahead.drop()
            self._host.close()

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rest(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(IDLE_SECONDS, self.close)
        self._idle.daemon = True
        self._idle.start()

    @property
    def host(self) -> Host:
        """The zygote's owner, for the doctor and for tests."""
        return self._host

    def require(self, layers: Iterable[str]) -> None:
        """Raises Refused where a layer is not active, ValueError where it is none, SandboxError."""
        layers = list(layers)
        known(layers)
        if layers:
            self.warm()
        for layer in layers:
            if layer not in self._host.layers:
                why = self._host.off.get(layer, "this version of dl-tutor does not set it up")
                raise Refused(f"The layer {layer} is not active here, so nothing was run: {why}.")

    def refusal(self) -> str:
        """Why learner code is not run on this machine, or nothing. Starts the zygote. Raises SandboxError."""
        self.warm()
        return self._refusal()

    def _refusal(self) -> str:
        if self.allow_level_1 or self._host.level >= 2:
            return ""
        reasons = "; ".join(f"{layer}: {why}" for layer, why in self._host.off.items())
        return (
            "Nothing was run: here the sandbox has level 1 only, which contains mistakes and not hostile code "
            f"({reasons}). To run code all the same, say --allow-level-1."
        )

    def _start(self) -> None:
        with contextlib.suppress(OSError):  # a folder that is not there cannot be granted
            self.mirror.mkdir(parents=True, exist_ok=True)
        self._host.boot()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else's meanwhile: for a run that is no grading, such as a console's. It is not idle before its end."""
        with self._lock:
            try:
                yield
            finally:
                if self._host.alive:
                    self._rest()

    def boot(self) -> None:
        """Starts the zygote, where it is not, for a run. Raises Refused and SandboxError."""
        self._start()
        if why := self._refusal():
            raise Refused(why)

    def prepare(self, exercise: Exercise, source: str | None = None) -> None:
        """Has a judge and a worker wait for the next answer to an exercise: only its verdict comes sooner. source: what
        the learner has written so far, which may import what takes long. Nothing that goes wrong here is said: it is
        said where something is judged."""
        with self.held(), contextlib.suppress(SandboxError, OSError, LessonError):
            self._host.hide(exercise.folder)
            self.boot()
            job = _expected(exercise)
            self._ahead.prepare(job, heavy.named(job.reference, job.fixtures, source or exercise.starter))

    def grade(
        self,
        exercise: Exercise,
        source: str | None,
        answers: Mapping[str, Given] | None = None,
        *,
        parts: Sequence[str] | None = None,
        seed: int | None = None,
        trust_numbers: bool = False,
        on_verdict: Callable[[Verdict], None] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cancel: Cancel | None = None,
    ) -> Verdict:
        """The verdict on an exercise, or on some of its parts.

        source: the learner's file, None where there is none. answers: by part, for parts that take a value.
        seed: what inputs are drawn from; fresh unless given. The same seed draws the same on this machine.
        trust_numbers: whether an answer may say which numbers its question had, also where they were not issued here.
        on_verdict: gets the plain verdict as soon as it is there; the one returned may name mistakes in addition.
        on_event: gets what the learner's code logs and draws while it runs; and before that, where a stand-in for a
        data set is made, how far that is (see grader.provision).
        Raises Cancelled and Refused. Whatever else goes wrong is a verdict.
        """
        wanted = tuple(part for part in exercise.parts if parts is None or part.id in parts)
        seed = secret.GUESSABLE + secrets.randbelow(SEEDS - secret.GUESSABLE) if seed is None else seed
        one = Answer.of(exercise, seed, source=source, given=answers or {}, parts=wanted, trusted=trust_numbers)
        return self.grade_all(exercise, [one], on_verdict=on_verdict, on_event=on_event, cancel=cancel)[0].verdict

    def grade_all(
        self,
        exercise: Exercise,
        answers: Sequence[Answer],
        *,
        on_verdict: Callable[[Verdict], None] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cancel: Cancel | None = None,
    ) -> list[Graded]:
        """The same for several answers, judged one after the other by one judge: what the linter hands in. It says what
        they are drawn from, so that what it proves on one machine it proves on every other.
        """
        sheets = [Sheet(exercise, answer, self._unfit) for answer in answers]
        ran = [sheet for sheet in sheets if sheet.ready]

        def plain(message: Judged) -> None:
            if on_verdict and not message.final:
                sheet = ran[message.answer]
                sheet.take(message.parts)
                on_verdict(self._verdict(sheet))

        if ran:
            try:
                job = job_of(exercise, [sheet.hand_in() for sheet in ran])
                entries = set(job.entries.values())
                used = provide(job.sources, self.mirror, entries=entries, on_event=on_event, cancel=cancel)
                for sheet in ran:
                    sheet.data = used
                judgement = self._judge(exercise, job, plain, cancel, on_event)
            except mirror.DataError as error:
                judgement = Judgement(failed=str(error))
            except LessonError as error:
                judgement = Judgement(failed=f"The exercise itself is at fault: {error}")
            for sheet, answered in zip(ran, judgement.answers, strict=False):
                sheet.take(answered.parts)
                if answered.failed:
                    sheet.fail(answered.failed)
                sheet.output, sheet.cpu = answered.output, answered.seconds
            for sheet in ran[len(judgement.answers) :]:
                sheet.fail(judgement.failed)
        return [Graded(self._verdict(sheet), sheet.cpu) for sheet in sheets]

    def survey(self, exercise: Exercise, *, seed: int = 0, cancel: Cancel | None = None) -> tuple[PartFacts, ...]:
        """What the parts that run code hold, as their judge sees it. Raises Unsurveyed, Cancelled."""
        job = msgspec.structs.replace(_expected(exercise, seed), survey=True)
        judgement = self._judge(exercise, job, None, cancel, None)
        if judgement.failed:
            raise Unsurveyed(judgement.failed)
        return judgement.facts

    def _judge(
        self,
        exercise: Exercise,
        job: Job,
        on_judged: OnJudged | None,
        cancel: Cancel | None,
        on_event: Callable[[dict[str, Any]], None] | None,
    ) -> Judgement:
        with self.held():
            try:
                self._host.hide(exercise.folder)
                self.boot()
                cpu = math.ceil(job.seconds) + LOAD_SECONDS
                with Session(self._host, cpu=cpu, cancel=cancel, on_event=on_event, ahead=self._ahead) as session:
                    return JudgedRun(session, job, on_judged).run()
            except Refused:
                raise
            except SandboxError as error:
                return Judgement(failed=str(error))
            except OSError as error:
                return Judgement(failed=f"The sandbox could not be set up: {error}")

    def _verdict(self, sheet: Sheet) -> Verdict:
        ran = bool(sheet.ready)
        return sheet.verdict(
            sandbox=self._sandbox() if ran else Sandbox(level=0, layers=()),
            versions={**_versions(), **(self._host.versions if ran else {})},
            scale=self._host.scale if ran else 1.0,
        )

    def _sandbox(self) -> Sandbox:
        host = self._host
        return Sandbox(level=host.level, layers=host.layers, landlock_abi=host.abi or None)

    def _unfit(self, part: Part) -> str:
        """Why this machine cannot judge the part, or nothing."""
        if part.kind == "kernel" and importlib.util.find_spec("triton") is None:
            return "needs Triton, which is not installed here: pip install 'dl-tutor[kernels]'"
        for need in part.needs:
            if need == "procs":
                return "needs processes, which the sandbox does not allow yet"
            if need in STRONGER_LAYERS:
                with contextlib.suppress(SandboxError):  # said where the part is run
                    self.warm()
                    if need not in self._host.layers:
                        return f"needs {need}, which is not active here"
            elif need != "files":
                return f"needs {need}, which is not active here"
        return ""

    def run(
        self,
        source: str,
        *,
        name: str,
        seed: int = 0,
        seconds: float = 10.0,
        measure: Sequence[str] = (),
        on_output: OnOutput | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cancel: Cancel | None = None,
    ) -> Run:
        """Runs a demo or scratch code, with the limits of learner code and no judge. Raises Cancelled, SandboxError.

        on_output: gets the lines that are finished, and the one that is not, as they come.
        measure: expressions that its process evaluates when it has run, under the same limits (docs/lesson-format.md).
        """
        try:
            say = (lambda text: on_output(text, "")) if on_output else None
            used = provide((source,), self.mirror, say, on_event=on_event, cancel=cancel)
        except mirror.DataError as error:
            raise SandboxError(str(error)) from None
        with self.held():
            self.boot()
            cpu = math.ceil(seconds) + 1
            with Session(
                self._host, cpu=cpu, cancel=cancel, on_output=on_output, on_event=on_event, ahead=self._ahead
            ) as session:
                run = session.script(source, name=name, seed=seed, seconds=seconds, measure=measure)
                return replace(run, data=used)


def _expected(exercise: Exercise, seed: int = 0) -> Job:
    """The job of an answer that is not there yet. Raises LessonError."""
    parts = tuple(part_job(part) for part in exercise.parts if part.kind in RUN_KINDS)
    return job_of(exercise, [HandIn(source="", seed=seed, randomness=0, parts=parts)])


__all__ = [
    "Answer",
    "Cancel",
    "Cancelled",
    "Graded",
    "Grader",
    "Measurement",
    "Refused",
    "Run",
    "SandboxError",
]
