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
from pathlib import Path
from typing import Any

import msgspec

from grader.checks import case_checks, check_of, hinted, property_check, style_check
from grader.diagnose import Diagnosis, diagnose
from grader.findings.behaviour import STATE
from grader.job import Job, PartJob
from grader.outcome import Outcome
from grader.reference import Reference, ReferenceFault, draw, load
from grader.remote import Lost, Remote
from grader.sandbox import limits
from grader.sandbox.line import Line
from grader.spec import stream
from grader.trial import Trial, deviation, rehearse, require_sound
from grader.verdict import Check, PartVerdict, Status, worst
from grader.verdict import Finding as Named

LINE = 3
LOAD_CPU, LOAD_WALL = 8.0, 60.0
"""Seconds for the learner's imports and top-level code."""
MEMORY = 8 * limits.GIB


def main(config: dict[str, Any], connection: int) -> None:
    """Never returns. config: {"scratch", "cpu"}."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    limits.die_with_parent()
    limits.not_dumpable()
    os.setsid()
    nothing = os.open("/dev/null", os.O_RDWR)
    limits.keep_descriptors({0: nothing, 1: nothing, 2: nothing, LINE: connection})
    os.chdir(config["scratch"])
    limits.lock(config["cpu"], MEMORY)
    gc.disable()  # short-lived, and a collection would copy the zygote's pages
    line = Line(socket.socket(fileno=LINE))
    with contextlib.suppress(OSError, EOFError):
        job = msgspec.convert(line.next()["job"], type=Job)
        try:
            Judge(job, line, Path(config["scratch"])).run()
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

    def __init__(self, job: Job, line: Line, scratch: Path) -> None:
        self.job, self.line, self.scratch = job, line, scratch
        self.remote = Remote(line)
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
        self.remote.fetch()
        public = Path(self.job.folder) / "fixtures.py"
        fixtures = public.read_text(encoding="utf-8") if public.is_file() else ""
        self._limit(LOAD_CPU, LOAD_WALL)
        try:
            # the worker's own seed says nothing of the nonce, from which held-out data are drawn
            seed = stream(self.job.seed, self.job.exercise, "worker")
            outcome = self.remote.load(self.job.source, self.job.name, seed, fixtures)
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
        trials = [Trial(case, rehearse(reference, reference.namespace, case, self.scratch)) for case in cases]
        for trial in trials:
            require_sound(reference, trial.case, trial.expected)
        self._limit(part.seconds, 5 * part.seconds + 2)
        try:
            for trial in trials:
                self._play(trial)
            again = self._again(trials[0], part)
        except Lost as lost:
            self.loaded = False
            trial.lost = (lost.status, lost.message)
            again = None
        self._limit(None)
        verdict = self._judge(reference, part, trials)
        if again is not None and verdict.status == "passed":
            checks = (*verdict.checks, again)
            verdict = msgspec.structs.replace(verdict, checks=checks, status="failed", score=0.0)
        return verdict, trials

    def _play(self, trial: Trial) -> None:
        self.remote.begin()
        for step in trial.case.steps:
            trial.got.append(self.remote.play(step))

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
        named = (Named(name=STATE.name, message=STATE.summary),)
        return msgspec.structs.replace(check_of(label, 0.0, found, message), diagnosis=named, hint=STATE.hint)

    # --- what it is worth ---

    def _judge(self, reference: Reference, part: PartJob, trials: list[Trial]) -> PartVerdict:
        accepted, expectations = self._expectations(reference, part, trials)
        checks: list[Check] = []
        for trial, expected in zip(trials, expectations, strict=True):
            checks += case_checks(trial, expected, part)
        properties = [
            property_check(mark, function, trials, expectations, part, reference)
            for mark, function in reference.parts[part.id].checks
        ]
        if any(check.status != "passed" for check in (*checks, *properties) if check.cls == "value"):
            # what is only observed earns nothing where a value is wrong
            properties = [
                check if check.cls == "value" else msgspec.structs.replace(check, score=0.0) for check in properties
            ]
        checks += properties
        style = style_check(self.job.source, part)
        if style is not None:
            checks.append(style)
        status = worst([check.status for check in checks])
        total = sum(check.max for check in checks) or 1.0
        score = round(part.points * sum(check.score for check in checks) / total, 2)
        if status == "passed":
            score = part.points
        elif score == part.points:
            score = 0.0
        checks = [hinted(check, part) for check in checks]
        message = f"Judged as: {accepted}." if accepted and status == "passed" else ""
        return PartVerdict(
            part=part.id,
            kind=part.kind,
            status=status,
            score=score,
            max=part.points,
            message=message,
            checks=tuple(checks),
        )

    def _expectations(
        self, reference: Reference, part: PartJob, trials: list[Trial]
    ) -> tuple[str, list[list[Outcome]]]:
        """The reference's outcomes, or those of an accepted alternative where it explains the whole run."""
        ours = [trial.expected for trial in trials]
        if any(trial.lost for trial in trials) or not self._deviates(part, trials, ours):
            return "", ours
        for mark, function in reference.parts[part.id].alternatives:
            if not mark.accept:
                continue
            namespace = reference.overlay(part.id, function)
            theirs = [rehearse(reference, namespace, trial.case, self.scratch) for trial in trials]
            if not self._deviates(part, trials, theirs):
                return (function.__doc__ or function.__name__).strip().splitlines()[0].rstrip("."), theirs
        return "", ours

    def _deviates(self, part: PartJob, trials: list[Trial], expected: list[list[Outcome]]) -> bool:
        return any(
            deviation(trial, trial.got, wanted, part.operation, part.outputs) is not None
            for trial, wanted in zip(trials, expected, strict=True)
        )


def _whole(part: PartJob, status: Status, message: str) -> PartVerdict:
    return PartVerdict(part=part.id, kind=part.kind, status=status, score=0.0, max=part.points, message=message)


def _diagnosed(verdict: PartVerdict, found: Diagnosis) -> PartVerdict:
    """The verdict with the mistake named at its first check that did not pass."""
    checks = list(verdict.checks)
    index = next(i for i, check in enumerate(checks) if check.status != "passed")
    named = (Named(name=found.name, message=found.message), *checks[index].diagnosis)[:2]
    checks[index] = msgspec.structs.replace(checks[index], diagnosis=named, hint=found.hint)
    return msgspec.structs.replace(verdict, checks=tuple(checks))
