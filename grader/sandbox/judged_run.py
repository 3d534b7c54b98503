"""A judged run: the conversation with a judge, which is handed workers, told how they end, and heard to its end."""

from __future__ import annotations

import contextlib
import select
import selectors
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grader.protocol.messages import (
    Begin,
    Curved,
    Failed,
    FromJudge,
    Judged,
    Limit,
    Line,
    Lost,
    Mourned,
    Surveyed,
    WantCurves,
    WantWorker,
    Worker,
)
from grader.records.job import Job
from grader.records.survey import PartFacts
from grader.records.verdict import Output, PartVerdict
from grader.sandbox import heavy
from grader.sandbox.account import Account
from grader.sandbox.endings import EARLY, SETUP_FAILED
from grader.sandbox.host import Child
from grader.sandbox.seat import Bench, Terms, benched
from grader.sandbox.session import BEAT, Session

DIAGNOSIS_SECONDS = 5.0
JUDGE_SECONDS = 60.0
"""How long a judge may be silent while no learner code runs, beside five times the parts' budgets."""
MOURNING_SECONDS = 1.0
"""How long a worker that the judge has lost may take to end by itself."""

OnJudged = Callable[[Judged], None]


@dataclass(frozen=True)
class Answered:
    """What came of one answer."""

    parts: tuple[PartVerdict, ...]
    failed: str
    """Why there is no verdict, where there is none."""
    output: Output
    seconds: float
    """CPU seconds of the part that was judged last, loading left out, as the reference machine would take them."""


@dataclass
class Judgement:
    """What a judge has said. failed: why there is no more, where it did not come to its end."""

    answers: list[Answered] = field(default_factory=list)
    facts: tuple[PartFacts, ...] = ()
    failed: str = ""


class JudgedRun:
    """One job, in a session that starts and limits the workers."""

    def __init__(self, session: Session, job: Job, on_judged: OnJudged | None) -> None:
        self.session, self.job, self.on_judged = session, job, on_judged
        self.seconds = job.seconds
        self.judgement = Judgement()
        self.plain: Judged | None = None
        """The plain verdict on the answer that is judged now, once it is there."""
        self.lost: Lost | None = None
        """The judge has lost its worker, and waits to hear how it ended."""
        self.heard = self.lost_at = time.monotonic()

    def run(self) -> Judgement:
        """Raises Cancelled and SandboxError."""
        session, job, host = self.session, self.job, self.session.host
        session.imports = heavy.named(*job.sources)
        bench = self._bench()
        session.rooms.append(bench.room)
        self.judge, self.line = bench.child, Line(bench.line, FromJudge)
        session.judge, session.account = self.judge, Account(host.scale)
        try:
            self._converse()
        finally:
            session.pipes.catch_up()
            self.judge.kill("cancelled")
            self.line.close()
        return self.judgement

    def _bench(self) -> Bench:
        session, job = self.session, self.job
        course, host = str(Path(job.path).parent), session.host
        cpu = int((self.seconds * 10 + JUDGE_SECONDS) * host.scale) * len(job.answers)
        terms = Terms(cpu=cpu, walls=session.walls, imports=session.imports)
        waiting = session.ahead.bench(course, terms) if session.ahead else None
        return waiting or benched(host, course, terms)

    def _converse(self) -> None:
        session, host = self.session, self.session.host
        with contextlib.suppress(OSError):  # a judge that could not be set up is gone already; that is read next
            self.line.send(Begin(job=self.job))
        self._hand_over()
        session.selector.register(self.line, selectors.EVENT_READ, "judge")
        assert host.control is not None
        session.selector.register(host.control, selectors.EVENT_READ, "control")
        over = False
        while not over:
            session.enforce()
            for key, _ in session.selector.select(BEAT):
                if key.data == "control":
                    host.catch_up()
                elif key.data == "judge":
                    over = self._listen() or over
                elif key.fd in session.selector.get_map():  # it may have been closed meanwhile
                    session.take(key.fd)
            over = over or self._watch()

    def _listen(self) -> bool:
        """Takes in what the judge says; whether that was its last word."""
        self.heard = time.monotonic()
        try:
            messages = self.line.receive()
        except (EOFError, OSError):
            return self._ended(_mourned(self.judge, self.session))
        over = [self._hear(message) for message in messages]  # each is heard, also after the last word
        return any(over)

    def _hear(self, message: FromJudge) -> bool:
        session = self.session
        if isinstance(message, Limit):
            session.limit(message.cpu, message.wall, loading=message.loading, measured=message.measured)
        elif isinstance(message, Lost):
            self.lost, self.lost_at = message, time.monotonic()
            if message.garbage and session.worker is not None:
                session.worker.kill("channel")
        elif isinstance(message, WantWorker):
            if message.fresh:
                session.renew()
            self._hand_over()
        elif isinstance(message, WantCurves):
            self.line.send(Curved(curves=session.pipes.logged()))
        elif isinstance(message, Surveyed):
            self.judgement.facts = message.parts
            return True
        elif isinstance(message, Failed):
            return self._failed(message)
        else:
            return self._judged(message)
        return False

    def _judged(self, message: Judged) -> bool:
        if self.on_judged:
            self.on_judged(message)
        if not message.final:
            self.session.limit(None)
            self.plain = message
            return False
        return self._answered(message.parts)

    def _failed(self, message: Failed) -> bool:
        """A fault of the exercise or of ours. A plain verdict that is there counts."""
        if message.answer is None:
            return self._ended(message.message)
        parts = self.plain.parts if self.plain else ()
        return self._answered(parts, "" if self.plain else message.message)

    def _answered(self, parts: tuple[PartVerdict, ...], failed: str = "") -> bool:
        """Nothing more comes of this answer; whether it was the last."""
        self.session.limit(None)
        self.session.pipes.catch_up()
        output, used = self.session.capture.output, self.session.used
        self.judgement.answers.append(Answered(parts, failed, output, used))
        self.plain = None
        return len(self.judgement.answers) == len(self.job.answers)

    def _ended(self, why: str) -> bool:
        """The judge says no more. A plain verdict that is there counts; of further answers there is none."""
        if self.plain is not None:
            self._answered(self.plain.parts)
        if len(self.judgement.answers) < len(self.job.answers):
            self.judgement.failed = why
        return True

    def _watch(self) -> bool:
        """Tells the judge how a lost worker ended, and ends a judge that is silent too long; whether it is over."""
        session = self.session
        if self.lost is not None and session.worker is not None:
            if session.worker.ended:
                session.pipes.drain()
                status, text, line = session.ending(self.lost.ready)
                with contextlib.suppress(OSError):
                    self.line.send(Mourned(status=status, message=text, line=line))
                session.limit(None)
                self.lost, self.heard = None, time.monotonic()
            elif time.monotonic() - self.lost_at > MOURNING_SECONDS:
                session.worker.kill("channel")
        silence = JUDGE_SECONDS + 5 * self.seconds
        if self.plain is not None and len(self.job.answers) == 1:
            silence = DIAGNOSIS_SECONDS
        silence *= session.host.scale
        if session.watch is None and self.lost is None and time.monotonic() - self.heard > silence:
            self.judge.kill("wall")
            return self._ended(f"The reference took longer than {silence:g} s.")
        return False

    def _hand_over(self) -> None:
        session, answers = self.session, self.job.answers
        session.name, session.source = self.job.name, answers[min(len(self.judgement.answers), len(answers) - 1)].source
        channel = session.start_worker()
        with contextlib.suppress(OSError):  # a judge that has failed already has said why; that is read next
            self.line.send(Worker(), [channel.fileno()])
        channel.close()


def _mourned(judge: Child, session: Session) -> str:
    """What is said of a judge whose line has ended."""
    host = session.host
    assert host.control is not None
    until = time.monotonic() + MOURNING_SECONDS
    while not judge.ended and select.select([host.control], [], [], max(0.0, until - time.monotonic()))[0]:
        host.hear()
    if judge.status == SETUP_FAILED:
        return EARLY[SETUP_FAILED].message
    return "The judge's process ended before it reached a verdict."
