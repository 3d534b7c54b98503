"""Grading an exercise: the one core behind the screen, the command and CI. No torch in this process."""

from __future__ import annotations

import contextlib
import math
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import metadata
from typing import Any

import msgspec

from grader import answers as values
from grader.provision import provide
from grader.questions import QuestionFault
from grader.sandbox.host import Host, SandboxError
from grader.sandbox.limits import LAYERS, STRONGER_LAYERS
from grader.sandbox.run import Cancel, Cancelled, Measurement, Run
from grader.sandbox.session import Session
from grader.submission import Given
from grader.survey import PartFacts, Unsurveyed
from grader.verdict import DataUse, Output, PartVerdict, Sandbox, Status, Verdict, worst
from lessons.data import mirror
from lessons.schema import RUN_KINDS, Exercise, Part

SEEDS = 1 << 40
"""More nonces than learner code can try in its time."""
IDLE_SECONDS = 600.0
LOAD_SECONDS = 10
"""CPU seconds a worker may use beyond the parts' budgets: imports and top-level code."""


class Refused(SandboxError):
    """Nothing was run: a required layer is not active, or the machine has level 1 only and nobody has allowed that."""


def known(layers: Iterable[str]) -> None:
    """Raises ValueError where one of these is no layer."""
    for layer in layers:
        if layer not in LAYERS + STRONGER_LAYERS:
            raise ValueError(f"{layer!r} is no layer; there are {', '.join(LAYERS + STRONGER_LAYERS)}")


class Grader:
    """Owns a zygote, started at first use and ended after ten idle minutes. One job at a time, from any thread.

    allow_level_1: whether learner code may run where the machine does not give level 2; it may be changed any time.
    host: a host of other levels, for tests; by default one that sets up whatever the machine gives.
    """

    def __init__(self, *, optimizer: bool = False, allow_level_1: bool = False, host: Host | None = None) -> None:
        self.mirror = mirror.default()
        self._host = host or Host(optimizer=optimizer, data=[self.mirror])
        self.allow_level_1 = allow_level_1
        self._lock = threading.Lock()
        self._idle: threading.Timer | None = None
        self.used = 0.0
        """CPU seconds of the part that was judged last, the loading of the file left out; what the linter measures."""

    def warm(self) -> None:
        """Starts the zygote, which takes a second or two. Raises SandboxError."""
        with self._lock:
            self._start()
            self._rest()

    def close(self) -> None:
        """Ends the zygote."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
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

    def _boot(self) -> None:
        """Starts the zygote, where it is not, for a run. Raises Refused and SandboxError."""
        self._start()
        if why := self._refusal():
            raise Refused(why)

    def grade(
        self,
        exercise: Exercise,
        source: str | None,
        answers: Mapping[str, Given] | None = None,
        *,
        parts: Sequence[str] | None = None,
        seed: int | None = None,
        on_verdict: Callable[[Verdict], None] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cancel: Cancel | None = None,
    ) -> Verdict:
        """The verdict on an exercise, or on some of its parts.

        source: the learner's file, None where there is none. answers: by part, for parts that take a value.
        seed: the nonce that inputs are drawn from; fresh unless given.
        on_verdict: gets the plain verdict as soon as it is there; the one returned may name mistakes in addition.
        on_event: gets what the learner's code logs and draws while it runs; and before that, where a stand-in for a
        data set is made, how far that is (see grader.provision).
        Raises Cancelled and Refused. Whatever else goes wrong is a verdict.
        """
        began = time.perf_counter()
        seed = secrets.randbelow(SEEDS) if seed is None else seed
        wanted = [part for part in exercise.parts if parts is None or part.id in parts]
        judged: dict[str, PartVerdict] = {}
        run = [part for part in wanted if part.kind in RUN_KINDS]
        for part in wanted:
            if part.kind not in RUN_KINDS:
                judged[part.id] = _value(exercise, part, (answers or {}).get(part.id))
        unfit = {part.id: why for part in run if (why := self._unfit(part))}
        ready = [part for part in run if part.id not in unfit]
        ran = bool(ready) and bool((source or "").strip())
        output = Output()
        used: tuple[DataUse, ...] = ()

        def verdict() -> Verdict:
            ordered = tuple(judged[part.id] for part in wanted if part.id in judged)
            return self._verdict(exercise, ordered, output, time.perf_counter() - began, seed, ran, used)

        judged.update({part.id: _skipped(part, unfit[part.id]) for part in run if part.id in unfit})
        if not ran:
            message = "Nothing handed in yet: the file is empty or absent."
            judged.update({part.id: _whole(part, "failed", message) for part in ready})
        else:
            assert source is not None

            def plain(message: dict[str, Any]) -> None:
                judged.update(_parts(message))
                if on_verdict:
                    on_verdict(verdict())

            try:
                used = provide((source, *exercise.trusted), self.mirror, on_event=on_event, cancel=cancel)
                last, output = self._judge(exercise, ready, source, seed, plain, cancel, on_event=on_event)
            except mirror.DataError as error:
                last = {"failed": str(error)}
            if "failed" in last:
                judged.update({part.id: _whole(part, "grader_error", last["failed"]) for part in ready})
            else:
                judged.update(_parts(last))
        return verdict()

    def survey(self, exercise: Exercise, *, seed: int = 0, cancel: Cancel | None = None) -> tuple[PartFacts, ...]:
        """What the parts that run code hold, as their judge sees it. Raises Unsurveyed, Cancelled."""
        run = [part for part in exercise.parts if part.kind in RUN_KINDS]
        message, _ = self._judge(exercise, run, "", seed, lambda _: None, cancel, survey=True)
        if "failed" in message:
            raise Unsurveyed(message["failed"])
        return msgspec.convert(message["survey"], type=tuple[PartFacts, ...])

    def _judge(
        self,
        exercise: Exercise,
        parts: list[Part],
        source: str,
        seed: int,
        on_plain: Callable[[dict[str, Any]], None],
        cancel: Cancel | None,
        survey: bool = False,
        on_event: Callable[[dict[str, Any]], None] | None = None,
    ) -> tuple[dict[str, Any], Output]:
        seconds = sum(part.budget.seconds for part in parts)
        job = {
            "exercise": exercise.id,
            "folder": str(exercise.folder.resolve()),
            "parts": [_part_job(part) for part in parts],
            "entries": {part.id: part.entry or "" for part in exercise.parts if part.kind in RUN_KINDS},
            "source": source,
            "name": f"{exercise.id}.py",
            "seed": seed,
            "seconds": seconds,
            "survey": survey,
        }
        with self._lock:
            try:
                self._host.hide(exercise.folder)
                self._boot()
                cpu = math.ceil(seconds) + LOAD_SECONDS
                with Session(self._host, cpu=cpu, cancel=cancel, on_event=on_event) as session:
                    message = session.judge(job, on_plain)
                    self.used = session.used
                    return message, session.capture.output
            except Refused:
                raise
            except SandboxError as error:
                return {"failed": str(error)}, Output()
            except OSError as error:
                return {"failed": f"The sandbox could not be set up: {error}"}, Output()
            finally:
                self._rest()

    def _verdict(
        self,
        exercise: Exercise,
        parts: tuple[PartVerdict, ...],
        output: Output,
        seconds: float,
        seed: int,
        ran: bool,
        used: tuple[DataUse, ...],
    ) -> Verdict:
        versions = {"dl-tutor": metadata.version("dl-tutor"), "python": sys.version.split()[0]}
        return Verdict(
            exercise=exercise.id,
            score=round(sum(part.score for part in parts), 2),
            max=sum(part.max for part in parts),
            parts=parts,
            status=worst([part.status for part in parts]),
            output=output,
            seconds=round(seconds, 4),
            seed=seed,
            sandbox=self._sandbox() if ran else Sandbox(level=0, layers=()),
            versions={**versions, **(self._host.versions if ran else {})},
            data=used,
        )

    def _sandbox(self) -> Sandbox:
        host = self._host
        return Sandbox(level=host.level, layers=host.layers, landlock_abi=host.abi or None)

    def _unfit(self, part: Part) -> str:
        """Why this machine cannot judge the part, or nothing."""
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
        on_output: Callable[[str], None] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cancel: Cancel | None = None,
    ) -> Run:
        """Runs a demo or scratch code, with the limits of learner code and no judge. Raises Cancelled, SandboxError.

        measure: expressions that its process evaluates when it has run, under the same limits (docs/lesson-format.md).
        """
        try:
            used = provide((source,), self.mirror, on_output, on_event=on_event, cancel=cancel)
        except mirror.DataError as error:
            raise SandboxError(str(error)) from None
        with self._lock:
            try:
                self._boot()
                cpu = math.ceil(seconds) + 1
                with Session(self._host, cpu=cpu, cancel=cancel, on_output=on_output, on_event=on_event) as session:
                    run = session.script(source, name=name, seed=seed, seconds=seconds, measure=measure)
                    return replace(run, data=used)
            finally:
                self._rest()


def _part_job(part: Part) -> dict[str, Any]:
    return {
        "id": part.id,
        "kind": part.kind,
        "entry": part.entry or "",
        "outputs": part.outputs,
        "points": float(part.points),
        "seconds": part.budget.seconds,
        "operation": part.operation,
        "precision": part.precision,
        "forbid": part.forbid,
        "hints": [{"when": hint.when, "text": hint.text} for hint in part.hints if hint.when],
    }


def _parts(message: dict[str, Any]) -> dict[str, PartVerdict]:
    parts = msgspec.convert(message["parts"], type=list[PartVerdict])
    return {part.part: part for part in parts}


def _whole(part: Part, status: Status, message: str) -> PartVerdict:
    return PartVerdict(part=part.id, kind=part.kind, status=status, score=0.0, max=float(part.points), message=message)


def _skipped(part: Part, why: str) -> PartVerdict:
    return _whole(part, "skipped", f"Skipped: it {why}.")


def _value(exercise: Exercise, part: Part, given: Given | None) -> PartVerdict:
    try:
        return values.judge(exercise, part, given)
    except QuestionFault as fault:
        return _whole(part, "grader_error", f"The exercise itself is at fault: {fault}")


__all__ = ["Cancel", "Cancelled", "Grader", "Measurement", "Refused", "Run", "SandboxError", "known"]
