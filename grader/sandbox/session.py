"""A session: one worker at a time, started, limited and watched until it is over; and runs without a judge.

It stops a worker that computes or waits too long, prints a flood, or is cancelled, and says how it ended. The
conversation with a judge is in `grader.sandbox.judged_run`.
"""

from __future__ import annotations

import math
import selectors
import socket
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from grader.records.verdict import Status
from grader.sandbox import heavy, scratch
from grader.sandbox.account import Account
from grader.sandbox.ahead import Ahead
from grader.sandbox.capture import ENDLESS, FLOOD, Capture, OnOutput
from grader.sandbox.dialogue import Dialogue
from grader.sandbox.endings import REASONS, ending
from grader.sandbox.host import Child, Host, SandboxError
from grader.sandbox.measuring import measurement
from grader.sandbox.pipes import Pipes
from grader.sandbox.run import Cancel, Cancelled, Run
from grader.sandbox.seat import MEMORY, Seat, Terms, seated
from grader.sandbox.whereabouts import Whereabouts, quoted

TICK = 0.05
"""Seconds between two looks at the size of a worker's folder."""
BEAT = 0.01
"""Seconds between two looks at its time and its threads, where nothing else happens."""
MAX_THREADS = 256


@dataclass
class Watch:
    """The limits in force while learner code runs."""

    cpu: float
    wall: float
    cpu_start: float
    start: float
    beside: float = 0.0
    """CPU seconds that the judge had used by then."""
    loading: bool = False
    measured: bool = True
    """Whether what is used under them counts as what the answer needs."""


class Session:
    """Runs one worker at a time for one job.

    walls: the layers above level 1 to put on; by default all that are active, and fewer only where they are attacked
    one by one. ahead: who may have been forked already.
    """

    def __init__(
        self,
        host: Host,
        *,
        cpu: int,
        memory: int = MEMORY,
        cancel: Cancel | None = None,
        on_output: OnOutput | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        walls: Collection[str] | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self.walls = tuple(host.walls if walls is None else walls)
        self.host, self.memory, self.cancel, self.ahead = host, memory, cancel, ahead
        self.cpu = math.ceil(cpu * host.scale)
        self.worker: Child | None = None
        self.room = ""
        """The worker's scratch folder."""
        self.rooms: list[str] = []
        """Folders of others that end with this session."""
        self.imports: tuple[str, ...] = ()
        """What the code looks as if it imported, so that the zygote should have it ready."""
        self.name, self.source = "", ""
        """The file that the worker runs: its name, and its text."""
        self._whereabouts: Whereabouts | None = None
        self.line: int | None = None
        """The line of that file which the time went into, where it was stopped for that."""
        self._looked = self._timed = 0.0
        """When its folder was looked at last, and its time."""
        self.watch: Watch | None = None
        self.judge: Child | None = None
        """Whoever else is waited for: what it computes is no waiting of the worker's."""
        self.account: Account | None = None
        """What the answer may cost in all, where that is limited."""
        self.used = 0.0
        """CPU seconds under the limits that were lifted last, as the reference machine would have taken them."""
        host.tidy()
        self.selector = selectors.DefaultSelector()
        self._listeners = (on_output, on_event)
        self.pipes = Pipes(self.selector, on_output, on_event)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        if self.worker is not None:
            self.worker.kill("cancelled")
        self.pipes.close()
        if self._whereabouts is not None:
            self._whereabouts.close()
        self.selector.close()
        for room in filter(None, (self.room, *self.rooms)):
            self.host.leave(room)

    # --- the worker ---

    def start_worker(self) -> socket.socket:
        """A fresh worker; gives our end of its channel. What the last one kept goes first: it is not to add up."""
        if self.room:
            scratch.remove(self.room)
        self._looked = time.monotonic()  # there is nothing to see yet
        seat = self._seat()
        scratch.link(seat.room, self.host.data)  # it runs nothing yet
        self.pipes.add(seat.output, seat.events)
        if self._whereabouts is not None:
            self._whereabouts.close()
        self._whereabouts, self.line = seat.whereabouts, None
        self.worker, self.room = seat.child, seat.room
        return seat.channel

    def _seat(self) -> Seat:
        terms = Terms(cpu=self.cpu, walls=self.walls, imports=self.imports, memory=self.memory)
        return (self.ahead.seat(terms) if self.ahead else None) or seated(self.host, terms)

    def renew(self) -> None:
        """Ends the worker and forgets what it has printed: another answer comes."""
        if self.worker is not None:
            self.worker.kill("cancelled")
        self.used = 0.0
        if self.account is not None:
            self.account = Account(self.host.scale)
        self.pipes.close()
        self.pipes = Pipes(self.selector, *self._listeners)

    def take(self, pipe: int) -> None:
        """Reads what has come through a pipe of the worker, and ends one that floods it."""
        self.pipes.take(pipe)
        if (reason := self.pipes.flooded) and self.worker:
            self._stop(self.worker, reason)

    @property
    def capture(self) -> Capture:
        """What was printed."""
        return self.pipes.capture

    # --- limits ---

    def limit(self, cpu: float | None, wall: float = 0.0, *, loading: bool = False, measured: bool = True) -> None:
        """Puts limits in force from now on, in seconds of the reference machine, or lifts them (None)."""
        if self.watch is not None and self.worker is not None:
            computed, busy, wall_used = self._since(self.watch)
            if self.account is not None:
                self.account.charge(loading=self.watch.loading, cpu=computed, busy=busy, wall=wall_used)
            if self.watch.measured:
                self.used = computed / self.host.scale
        if cpu is None or self.worker is None:
            self.watch = None
        else:
            scale, beside = self.host.scale, self.judge.seconds() if self.judge else 0.0
            self.watch = Watch(
                cpu * scale, wall * scale, self.worker.seconds(), time.monotonic(), beside, loading, measured
            )

    def _since(self, watch: Watch) -> tuple[float, float, float]:
        """Seconds under a watch: that the worker computed, that it and the judge did, and that passed."""
        assert self.worker is not None
        computed = self.worker.seconds() - watch.cpu_start
        beside = self.judge.seconds() - watch.beside if self.judge else 0.0
        return computed, computed + beside, time.monotonic() - watch.start

    def enforce(self) -> None:
        """Stops a worker that is over a limit. Raises Cancelled."""
        worker = self.worker
        if self.cancel is not None and self.cancel.is_set:
            if worker is not None:
                worker.kill("cancelled")
            raise Cancelled
        if worker is None or worker.ended or worker.reason is not None or time.monotonic() - self._timed < BEAT:
            return
        self._timed = time.monotonic()
        if reason := self._exceeded(worker):
            self._stop(worker, reason)

    def _stop(self, worker: Child, reason: str) -> None:
        """Ends a worker; where it was at it without an end, it is asked first in which line. Who runs out of time while
        they print and print, flood."""
        timed = REASONS[reason].status == "timeout"
        reason = "flood" if timed and self.capture.bytes > ENDLESS else reason
        if (timed or reason == "flood") and not worker.ended and worker.reason is None and self._whereabouts:
            self.line = self._whereabouts.line(worker.pidfd, self.name)
        self.capture.endless = self.capture.endless or reason == "flood"
        worker.kill(reason)

    def _exceeded(self, worker: Child) -> str | None:
        """Which limit a worker is over. Threads and its folder are looked at also while nothing is asked of it."""
        worker.seconds()
        if (watch := self.watch) is not None:
            cpu, busy, wall = self._since(watch)
            if cpu > watch.cpu:
                return "cpu"
            if wall > watch.wall:
                return "wall"
            if self.account and (empty := self.account.empty(loading=watch.loading, cpu=cpu, busy=busy, wall=wall)):
                return empty
        if worker.threads > MAX_THREADS:
            return "threads"
        if time.monotonic() - self._looked > TICK:
            self._looked = time.monotonic()
            if scratch.overflows(self.room, worker.pid):
                return "scratch"
        return None

    def ending(self, ready: bool) -> tuple[Status, str, int | None]:
        """How the worker ended, in words, and the line of its file that this names. ready: whether it had said that its
        layers are set up."""
        assert self.worker is not None and self.worker.status is not None
        watch, reason = self.watch, self.worker.reason
        limit = self.account.limit(reason or "") if self.account is not None else ""
        if reason == "flood":
            limit = f"{(FLOOD if self.capture.flooded else ENDLESS) // 1000:,} kB"
        elif watch is not None and not limit:
            limit = f"{watch.cpu:.3g} s" if reason == "cpu" else f"{watch.wall:.3g} s"
        status, message = ending(self.worker.status, reason, limit, ready=ready)
        place = quoted(self.source, self.line) if self.line is not None else ""
        return status, f"{message} It was in {place}." if place else message, self.line if place else None

    # --- a run without a judge ---

    def script(self, source: str, *, name: str, seed: int, seconds: float, measure: Sequence[str] = ()) -> Run:
        """Runs source as a demo or scratch code, and then measures expressions in its namespace.

        Raises Cancelled and SandboxError.
        """
        began = time.monotonic()
        self.imports, self.name, self.source = heavy.named(source), name, source
        channel = self.start_worker()
        worker = self.worker
        assert worker is not None and self.host.control is not None
        load = {"op": "load", "source": source, "name": name, "seed": seed, "fixtures": "", "remember": bool(measure)}
        dialogue = Dialogue(channel, [load, *({"op": "measure", "expression": one} for one in measure)])
        self.selector.register(channel, selectors.EVENT_READ, "channel")
        self.selector.register(self.host.control, selectors.EVENT_READ, "control")
        self.limit(seconds, 5 * seconds)
        while not worker.ended:
            self.enforce()
            for key, _ in self.selector.select(BEAT):
                if key.data == "control":
                    self.host.catch_up()
                elif key.data != "channel":
                    self.take(key.fd)
                else:
                    if not dialogue.take():
                        self.selector.unregister(channel)
                    if dialogue.garbage:
                        worker.kill("channel")
        self.pipes.drain()
        status, message, line = self._scripted(dialogue, measure)
        channel.close()
        taken = time.monotonic() - began
        measured = dict(zip(measure, map(measurement, measure, dialogue.answers[1:]), strict=False))
        return Run(status, message, self.capture.output, self.pipes.events.kept, taken, line, measured=measured)

    def _scripted(self, dialogue: Dialogue, measure: Sequence[str]) -> tuple[Status, str, int | None]:
        assert self.worker is not None
        raised = dialogue.answers[0].raised if dialogue.answers else None
        if self.worker.reason is None and raised is not None:
            place = f" ({raised.where})" if raised.where else ""
            status: Status = "memory" if raised.memory else "error"
            return status, f"{raised.sentence}{place}", raised.line
        if self.worker.reason is None and dialogue.over:
            return "passed", "", None
        status, message, line = self.ending(dialogue.ready)
        if dialogue.answers and not dialogue.over:
            message += f" That was while `{measure[len(dialogue.answers) - 1]}` was measured."
        return status, message, line


__all__ = ["Cancel", "Cancelled", "Run", "SandboxError", "Session"]
