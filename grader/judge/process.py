"""The trusted process: draws the inputs, runs the reference, has the worker run the learner's code, compares.

A judge serves one job and ends. Of each answer it says its plain verdict first and only then runs the exercise's
mistakes to name what went wrong; a host that loses it in that second half keeps the first.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import traceback
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.judge.attempt import Attempt
from grader.judge.diagnose import Explanation, diagnose
from grader.judge.hints import also_opened
from grader.judge.logged import Recorder
from grader.judge.preparation import Preparation
from grader.judge.reference import ReferenceFault
from grader.judge.rehearsal import Rehearsals
from grader.judge.survey import survey
from grader.judge.worker_handle import WorkerHandle
from grader.protocol.control import RoleConfig
from grader.protocol.messages import Begin, Failed, FromHost, Judged, Line, Prepare, Surveyed
from grader.records.job import HandIn, Job, PartJob
from grader.records.printable import clean
from grader.records.verdict import Diagnosis, PartVerdict
from grader.sandbox import limits
from grader.sandbox.confinement import OF_A_JUDGE, Confinement

LINE = 3
OPEN = ("failed", "error")
"""Statuses that a mistake of the exercise may explain."""


def main(config: RoleConfig, walls: Confinement, connection: int) -> None:
    """Never returns."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    limits.die_with_parent()
    limits.not_dumpable()
    os.setsid()
    nothing = os.open("/dev/null", os.O_RDWR)
    limits.keep_descriptors({0: nothing, 1: nothing, 2: nothing, LINE: connection})
    limits.settle(config.scratch)
    limits.lock(config.cpu, config.memory)
    assert config.course is not None
    walls.enter(config.layers, write=[config.scratch], read=[config.course], calls=OF_A_JUDGE)
    gc.disable()  # short-lived, and a collection would copy the zygote's pages
    line = Line(socket.socket(fileno=LINE), FromHost)
    with contextlib.suppress(OSError, EOFError):
        message = line.next()
        scratch = Path(config.scratch)
        recorder = Recorder(scratch)  # makes `tutor.live` importable, also for a reference that is only surveyed
        preparation = Preparation(scratch, recorder)
        if isinstance(message, Prepare):
            preparation.make(message.job)
            message = line.next()
        assert isinstance(message, Begin)
        with _faults_reported(line):
            if message.job.survey:
                line.send(Surveyed(parts=survey(message.job)))
            else:
                _judge(message.job, line, preparation.rehearsals(message.job))
    os._exit(0)


@contextlib.contextmanager
def _faults_reported(line: Line, answer: int | None = None) -> Iterator[None]:
    """What fails within is told to the host, as the exercise's fault or ours."""
    try:
        yield
    except ReferenceFault as fault:
        line.send(Failed(message=clean(f"The exercise itself is at fault: {fault}"), answer=answer))
    except (OSError, EOFError):
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error} ({_innermost(error)})"
        line.send(Failed(message=clean(f"The grader itself failed: {said}"), answer=answer))


def _innermost(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _judge(job: Job, line: Line, rehearsals: Rehearsals) -> None:
    worker = WorkerHandle(line)
    for number, answer in enumerate(job.answers):
        if number:
            worker.renew()
        with _faults_reported(line, number):
            _answer(number, answer, Attempt(job, answer, rehearsals, worker), line)


def _answer(number: int, answer: HandIn, attempt: Attempt, line: Line) -> None:
    """Says the plain verdict on an answer, and then the one that names mistakes where there is something to name."""
    judged = [attempt.part(part) for part in answer.parts]
    verdicts = [verdict for verdict, _ in judged]
    unexplained = any(verdict.status in OPEN for verdict in verdicts)
    line.send(Judged(answer=number, parts=tuple(verdicts), final=not unexplained))
    if not unexplained:
        return
    for index, part in enumerate(answer.parts):
        verdict, trials = judged[index]
        if verdict.status in OPEN and trials:
            found = diagnose(attempt.rehearsals, part, trials, near=answer.near)
            if found is not None:
                verdicts[index] = _diagnosed(verdict, part, found)
    line.send(Judged(answer=number, parts=tuple(verdicts), final=True))


def _diagnosed(verdict: PartVerdict, part: PartJob, found: Explanation) -> PartVerdict:
    """The verdict with the mistake named at its first check that did not pass."""
    checks = list(verdict.checks)
    index = next(i for i, check in enumerate(checks) if check.status != "passed")
    named = (Diagnosis(name=found.name, message=found.message), *checks[index].diagnosis)[:2]
    checks[index] = msgspec.structs.replace(checks[index], diagnosis=named, hint=found.hint)
    return msgspec.structs.replace(verdict, checks=tuple(checks), opens=also_opened(verdict, part, found.name))
