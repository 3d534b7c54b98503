"""The trusted process: draws the inputs, runs the reference, has the worker run the learner's code, compares.

A judge serves one job and ends. It says its plain verdict first and only then runs the exercise's mistakes to name
what went wrong; a host that loses it in that second half keeps the first.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import traceback
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from grader.judge.checks import check_of, speed_check
from grader.judge.diagnose import Explanation, diagnose
from grader.judge.findings.behaviour import STATE
from grader.judge.logged import Recorder, drawn_curves
from grader.judge.properties import Property
from grader.judge.reference import Reference, ReferenceFault, draw, load
from grader.judge.scoring import part_verdict
from grader.judge.speed import REPETITIONS, timing
from grader.judge.survey import survey
from grader.judge.trial import Trial, deviation, rehearse, require_sound, unrun
from grader.judge.worker_handle import Lost, WorkerHandle
from grader.protocol.line import Line
from grader.protocol.outcome import Outcome
from grader.records.job import Job, PartJob
from grader.records.verdict import Check, Diagnosis, PartVerdict, Status
from grader.sandbox import limits
from grader.spec.rng import stream
from grader.spec.script import Case

LINE = 3
EXPERIMENT = "experiment"
"""The kind of part whose curves are looked at."""
LOAD_CPU, LOAD_WALL = 8.0, 60.0
"""Seconds for the learner's imports and top-level code."""
OWN_WALL = 30.0
"""Seconds of wall time for what the reference computes between the calls of properties and of timing."""
MEMORY = 8 * limits.GIB


def main(config: dict[str, Any], connection: int) -> None:
    """Never returns. config: {"scratch", "cpu", "layers", "course", "confinement"}."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    limits.die_with_parent()
    limits.not_dumpable()
    os.setsid()
    nothing = os.open("/dev/null", os.O_RDWR)
    limits.keep_descriptors({0: nothing, 1: nothing, 2: nothing, LINE: connection})
    limits.settle(config["scratch"])
    limits.lock(config["cpu"], MEMORY)
    config["confinement"].enter(config["layers"], write=[config["scratch"]], read=[config["course"]])
    gc.disable()  # short-lived, and a collection would copy the zygote's pages
    line = Line(socket.socket(fileno=LINE))
    with contextlib.suppress(OSError, EOFError):
        job = msgspec.convert(line.next()["job"], type=Job)
        recorder = Recorder(Path(config["scratch"]))
        try:
            if job.survey:
                line.send({"survey": msgspec.to_builtins(survey(job)), "final": True})
            else:
                Judge(job, line, Path(config["scratch"]), recorder).run()
        except ReferenceFault as fault:
            line.send({"failed": f"The exercise itself is at fault: {fault}"})
        except (OSError, EOFError):
            raise
        except Exception as error:
            line.send({"failed": f"The grader itself failed: {type(error).__name__}: {error} ({_innermost(error)})"})
    os._exit(0)


def _innermost(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


class Judge:
    """Judges the parts of one job."""

    def __init__(self, job: Job, line: Line, scratch: Path, recorder: Recorder) -> None:
        self.job, self.line, self.scratch = job, line, scratch
        self.worker = WorkerHandle(line)
        self.recorder = recorder
        self.loaded = False
        self.loading = Outcome()
        self.spent: Lost | None = None
        """How loading the file ended the worker, if it did: it would do so again."""

    def run(self) -> None:
        reference = load(Path(self.job.folder), self.job.entries)
        verdicts: list[PartVerdict] = []
        trials: list[list[Trial]] = []
        for part in self.job.parts:
            verdict, tried = self._part(reference, part)
            verdicts.append(verdict)
            trials.append(tried)
        open_ends = any(verdict.status in ("failed", "error") for verdict in verdicts)
        self._send(verdicts, final=not open_ends)
        if open_ends:
            for index, part in enumerate(self.job.parts):
                if verdicts[index].status in ("failed", "error") and trials[index]:
                    found = diagnose(reference, part, trials[index], self.scratch)
                    if found is not None:
                        verdicts[index] = _diagnosed(verdicts[index], found)
            self._send(verdicts, final=True)

    def _send(self, verdicts: list[PartVerdict], final: bool) -> None:
        self.line.send({"parts": msgspec.to_builtins(verdicts), "final": final})

    def _limit(self, cpu: float | None, wall: float = 0.0) -> None:
        self.line.send({"limits": None if cpu is None else [cpu, wall]})

    # --- the learner's file ---

    def _load(self, reference: Reference) -> Outcome:
        """Has the worker run the learner's file, where it has not yet. Raises Lost."""
        if self.spent is not None:
            raise self.spent
        try:
            self.worker.fetch()
        except Lost as lost:
            self.spent = lost
            raise
        public = Path(self.job.folder) / "fixtures.py"
        fixtures = public.read_text(encoding="utf-8") if public.is_file() else ""
        self._limit(LOAD_CPU, LOAD_WALL)
        try:
            # the worker's own seed says nothing of the nonce, from which held-out data are drawn
            seed = stream(self.job.seed, self.job.exercise, "worker")
            outcome = self.worker.load(self.job.source, self.job.name, seed, fixtures)
        except Lost as lost:
            self.spent = lost
            raise
        self._limit(None)
        self.loaded = True
        return outcome

    # --- a part ---

    def _part(self, reference: Reference, part: PartJob) -> tuple[PartVerdict, list[Trial]]:
        cases = draw(reference, part.id, self.job.exercise, self.job.seed)
        if not self.loaded:
            try:
                self.loading = self._load(reference)
            except Lost as lost:
                return _whole(part, lost.status, lost.message), []
        if self.loading.raised is not None:
            raised = self.loading.raised
            status: Status = "memory" if raised.memory else "error"
            place = f" ({raised.where})" if raised.where else ""
            return _whole(part, status, f"Your file stops before it is read to its end: {raised.sentence}{place}"), []
        trials = [self._trial(reference, part, case) for case in cases]
        shown: list[Trial] = []
        beside: list[Check] = []
        own = reference.parts[part.id].properties or any(case.slower for case in cases)
        self._limit(part.seconds, 5 * part.seconds + 2 + (OWN_WALL if own else 0))
        try:
            if part.kind == EXPERIMENT:
                self.worker.logged()  # by what ran before: the file's top level, a case that was played again
            for trial in trials:
                self._play(trial)
                if part.kind == EXPERIMENT:
                    trial.logged = self.worker.logged()
            again = self._again(trials[0], part)
            beside = self._timed(reference, part, trials)
        except Lost as lost:
            self.loaded = False
            trial.lost = (lost.status, lost.message)
            if part.kind == EXPERIMENT:
                trial.logged = self.worker.logged()
            again = None
        else:
            found, shown = self._properties(reference, part)
            beside += found
        self._limit(None)
        verdict = part_verdict(reference, part, trials, beside, self.job, self.scratch)
        if again is not None and verdict.status == "passed":
            checks = (*verdict.checks, again)
            verdict = msgspec.structs.replace(verdict, checks=checks, status="failed", score=0.0)
        return msgspec.structs.replace(verdict, curves=drawn_curves(trials)), trials + shown

    def _trial(self, reference: Reference, part: PartJob, case: Case) -> Trial:
        """A case with what the reference yields for it. Raises ReferenceFault."""
        precise = part.precision == "float64"
        with self.recorder.recording(part.kind == EXPERIMENT) as logged:
            trial = Trial(case, rehearse(reference, reference.namespace, case, self.scratch, precise=precise))
        trial.reference_logged = logged
        require_sound(reference, case, trial.expected)
        return trial

    def _play(self, trial: Trial) -> None:
        self.worker.begin()
        for step in trial.case.steps:
            trial.got.append(self.worker.play(step))

    def _again(self, first: Trial, part: PartJob) -> Check | None:
        """The first case once more: a result that depends on how often one asks is no result."""
        if first.case.scripted or not first.case.steps[0].compare:
            return None
        second = Trial(first.case, first.got)
        self._play(second)
        if first.got[0].raised is not None:
            return None
        try:
            found = deviation(second, second.got, first.got, part.operation, part.outputs)
        except TypeError:  # what cannot be compared has failed the first time already
            return None
        if found is None:
            return None
        label = f"{first.case.label}, once more"
        message = f"The same input gave another result the second time: {found.message}"
        named = (Diagnosis(name=STATE.name, message=STATE.summary),)
        return msgspec.structs.replace(check_of(label, 0.0, found, message), diagnosis=named, hint=STATE.hint)

    # --- what is looked at beside the cases ---

    def _timed(self, reference: Reference, part: PartJob, trials: list[Trial]) -> list[Check]:
        """A check for each case whose time is limited, where its values are right. May raise Lost."""
        checks = []
        for number, trial in enumerate(trials):
            limit = trial.case.slower
            if limit is None or deviation(trial, trial.got, trial.expected, part.operation, part.outputs):
                continue
            timed = [Trial(self._fresh(reference, part, number, again), []) for again in range(REPETITIONS)]
            found = timing((partial(self._play, one), partial(self._expect, reference, one)) for one in timed)
            wrong = (deviation(one, one.got, one.expected, part.operation, part.outputs) for one in timed)
            first = next((one for one in wrong if one is not None), None)
            label, weight = f"{trial.case.label}: time", trial.case.weight
            if first is not None:
                checks.append(check_of(label, weight, first, f"While it was timed: {first.message}"))
            else:
                checks.append(speed_check(label, weight, found, limit, part))
        return checks

    def _fresh(self, reference: Reference, part: PartJob, number: int, again: int) -> Case:
        """A case as drawn from another seed, so that an answer that was kept is of no use."""
        seed = stream(self.job.seed, "time", str(again))
        return draw(reference, part.id, self.job.exercise, seed)[number]

    def _expect(self, reference: Reference, trial: Trial) -> None:
        trial.expected = rehearse(reference, reference.namespace, trial.case, self.scratch)

    def _properties(self, reference: Reference, part: PartJob) -> tuple[list[Check], list[Trial]]:
        """A check for each property, and the trials that show where one does not hold."""
        checks: list[Check] = []
        shown: list[Trial] = []

        def play(case: Case) -> Trial:
            trial = self._trial(reference, part, case)
            self._play(trial)
            return trial

        for mark, function in reference.parts[part.id].properties:
            label = mark.label
            if not self.loaded:
                checks.append(unrun(label, "failed", "Not run: your code had been stopped before.", mark.weight))
                continue
            tried = Property(mark, function, reference, part, self.job.seed, play)
            try:
                check, trial = tried.check()
            except Lost as lost:
                self.loaded = False
                check, trial = unrun(label, lost.status, f"{tried.place}: {lost.message}", mark.weight), None
            checks.append(check)
            shown += [trial] if trial is not None else []
        return checks, shown


def _whole(part: PartJob, status: Status, message: str) -> PartVerdict:
    return PartVerdict(part=part.id, kind=part.kind, status=status, score=0.0, max=part.points, message=message)


def _diagnosed(verdict: PartVerdict, found: Explanation) -> PartVerdict:
    """The verdict with the mistake named at its first check that did not pass."""
    checks = list(verdict.checks)
    index = next(i for i, check in enumerate(checks) if check.status != "passed")
    named = (Diagnosis(name=found.name, message=found.message), *checks[index].diagnosis)[:2]
    checks[index] = msgspec.structs.replace(checks[index], diagnosis=named, hint=found.hint)
    return msgspec.structs.replace(verdict, checks=tuple(checks))
