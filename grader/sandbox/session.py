"""One run: a worker, with a judge or without, watched until it is over.

The session owns the limits. It stops a worker that computes or waits too long, prints a flood, or is cancelled; it
tells the judge how the worker ended; and it takes the judge's verdicts in.
"""

from __future__ import annotations

import contextlib
import os
import select
import selectors
import socket
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.protocol.line import Line
from grader.records.verdict import Status
from grader.sandbox import heavy, scratch
from grader.sandbox.capture import Capture
from grader.sandbox.dialogue import Dialogue
from grader.sandbox.endings import EARLY, SETUP_FAILED, ending
from grader.sandbox.host import Child, Host, SandboxError
from grader.sandbox.limits import GIB
from grader.sandbox.measuring import measurement
from grader.sandbox.pipes import Pipes
from grader.sandbox.run import Cancel, Cancelled, Run

TICK = 0.05
DIAGNOSIS_SECONDS = 5.0
JUDGE_SECONDS = 60.0
"""How long a judge may be silent while no learner code runs, beside five times the parts' budgets."""


@dataclass
class Watch:
    """The limits in force while learner code runs."""

    cpu: float
    wall: float
    cpu_start: float
    start: float


class Session:
    """Runs one worker at a time for one job.

    walls: the layers above level 1 to put on; by default all that are active, and fewer only where they are attacked
    one by one.
    """

    def __init__(
        self,
        host: Host,
        *,
        cpu: int,
        memory: int = 4 * GIB,
        cancel: Cancel | None = None,
        on_output: Callable[[str], None] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        walls: Collection[str] | None = None,
    ) -> None:
        self.walls = list(host.walls if walls is None else walls)
        self.host, self.cpu, self.memory, self.cancel = host, cpu, memory, cancel
        self.worker: Child | None = None
        self.room = ""
        """The worker's scratch folder."""
        self.imports: list[str] = []
        """What the code looks as if it imported, so that the zygote should have it ready."""
        self._measured = 0.0
        self.watch: Watch | None = None
        self.used = 0.0
        """CPU seconds under the limits that were lifted last."""
        self.scratch = tempfile.mkdtemp(dir=host.scratch)
        self.selector = selectors.DefaultSelector()
        self.pipes = Pipes(self.selector, on_output, on_event)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        if self.worker is not None:
            self.worker.kill("cancelled")
        self.pipes.close()
        self.selector.close()
        scratch.remove(self.scratch)

    # --- the worker ---

    def start_worker(self) -> socket.socket:
        """A fresh worker; gives our end of its channel."""
        self.room = tempfile.mkdtemp(dir=self.scratch)
        scratch.link(self.room, self.host.data)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        out, live = self.pipes.pair()
        config = {
            "cpu": self.cpu,
            "memory": self.memory,
            "scratch": self.room,
            "layers": self.walls,
            "imports": self.imports,
        }
        try:
            self.worker = self.host.fork("worker", config, [theirs.fileno(), out, out, live])
        finally:
            theirs.close()
            os.close(out)
            os.close(live)
        return ours

    def _take(self, pipe: int) -> None:
        self.pipes.take(pipe)
        if (reason := self.pipes.flooded) and self.worker:
            self.worker.kill(reason)

    @property
    def capture(self) -> Capture:
        """What was printed."""
        return self.pipes.capture

    # --- limits ---

    def limit(self, cpu: float | None, wall: float = 0.0) -> None:
        """Puts limits in force from now on, or lifts them (None)."""
        if cpu is None or self.worker is None:
            if self.watch is not None and self.worker is not None:
                self.used = self.worker.seconds() - self.watch.cpu_start
            self.watch = None
        else:
            self.watch = Watch(cpu, wall, self.worker.seconds(), time.monotonic())

    def _enforce(self) -> None:
        worker, watch = self.worker, self.watch
        if self.cancel is not None and self.cancel.is_set:
            if worker is not None:
                worker.kill("cancelled")
            raise Cancelled
        if worker is None or watch is None or worker.ended:
            return
        if worker.seconds() - watch.cpu_start > watch.cpu:
            worker.kill("cpu")
        elif time.monotonic() - watch.start > watch.wall:
            worker.kill("wall")
        elif time.monotonic() - self._measured > TICK:
            self._measured = time.monotonic()
            if scratch.overflows(self.room, worker.pid):
                worker.kill("scratch")

    def _ending(self, ready: bool) -> tuple[Status, str]:
        assert self.worker is not None and self.worker.status is not None
        watch, reason = self.watch, self.worker.reason
        limit = ""
        if watch is not None:
            limit = f"{watch.cpu:g} s" if reason == "cpu" else f"{watch.wall:g} s"
        return ending(self.worker.status, reason, limit, ready=ready)

    # --- a judged run ---

    def judge(self, job: dict[str, Any], on_verdict: Callable[[dict[str, Any]], None] | None = None) -> dict[str, Any]:
        """The judge's last word: {"parts": [...]} or {"failed": sentence}. on_verdict gets the plain verdict first.

        Raises Cancelled, and SandboxError when the zygote is gone.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        line = Line(ours)
        home = tempfile.mkdtemp(dir=self.scratch)
        self.imports = heavy.named(job["source"], *_texts(job["folder"]))
        cpu = int(job["seconds"] * 10 + JUDGE_SECONDS)
        config = {"scratch": home, "cpu": cpu, "layers": self.walls, "course": job["folder"]}
        config["imports"] = self.imports
        try:
            judge = self.host.fork("judge", config, [theirs.fileno()])
        finally:
            theirs.close()
        try:
            return self._judged(line, judge, job, on_verdict)
        finally:
            self.pipes.catch_up()
            judge.kill("cancelled")
            line.close()

    def _judged(
        self,
        line: Line,
        judge: Child,
        job: dict[str, Any],
        on_verdict: Callable[[dict[str, Any]], None] | None,
    ) -> dict[str, Any]:
        with contextlib.suppress(OSError):  # a judge that could not be set up is gone already; that is read next
            line.send({"job": job})
        self._hand_over(line)
        self.selector.register(line, selectors.EVENT_READ, "judge")
        assert self.host.control is not None
        self.selector.register(self.host.control, selectors.EVENT_READ, "control")
        plain: dict[str, Any] | None = None
        ready = False
        owed = False  # the judge has lost its worker and waits to hear how it ended
        heard = time.monotonic()
        while True:
            self._enforce()
            for key, _ in self.selector.select(TICK):
                if key.data == "control":
                    self.host.hear()
                elif key.data != "judge":
                    self._take(key.fd)
                else:
                    heard = time.monotonic()
                    try:
                        messages = line.receive()
                    except (EOFError, OSError):
                        return plain or {"failed": self._mourned(judge)}
                    for message in messages:
                        if "limits" in message:
                            self.limit(*(message["limits"] or (None,)))
                        elif "lost" in message:
                            owed = True
                            heard_loss, ready = time.monotonic(), message["ready"]
                            if message["garbage"] and self.worker is not None:
                                self.worker.kill("channel")
                        elif "want" in message:
                            self._hand_over(line)
                        elif "logged" in message:
                            line.send({"logged": self.pipes.logged()})
                        elif "failed" in message:
                            return plain or message
                        elif message["final"]:
                            return message
                        else:
                            plain = message
                            self.limit(None)
                            if on_verdict:
                                on_verdict(message)
            if owed and self.worker is not None:
                if self.worker.ended:
                    self.pipes.drain()
                    status, text = self._ending(ready)
                    with contextlib.suppress(OSError):
                        line.send({"ended": {"status": status, "message": text}})
                    self.watch, owed, heard = None, False, time.monotonic()
                elif time.monotonic() - heard_loss > 1.0:
                    self.worker.kill("channel")
            silence = DIAGNOSIS_SECONDS if plain else JUDGE_SECONDS + 5 * job["seconds"]
            if self.watch is None and not owed and time.monotonic() - heard > silence:
                judge.kill("wall")
                return plain or {"failed": f"The reference took longer than {silence:g} s."}

    def _mourned(self, judge: Child) -> str:
        """What is said of a judge whose line has ended."""
        assert self.host.control is not None
        until = time.monotonic() + 1.0
        while not judge.ended and select.select([self.host.control], [], [], max(0.0, until - time.monotonic()))[0]:
            self.host.hear()
        if judge.status == SETUP_FAILED:
            return EARLY[SETUP_FAILED].message
        return "The judge's process ended before it reached a verdict."

    def _hand_over(self, line: Line) -> None:
        channel = self.start_worker()
        with contextlib.suppress(OSError):  # a judge that has failed already has said why; that is read next
            line.send({"worker": True}, [channel.fileno()])
        channel.close()

    # --- a run without a judge ---

    def script(self, source: str, *, name: str, seed: int, seconds: float, measure: Sequence[str] = ()) -> Run:
        """Runs source as a demo or scratch code, and then measures expressions in its namespace.

        Raises Cancelled and SandboxError.
        """
        began = time.monotonic()
        self.imports = heavy.named(source)
        channel = self.start_worker()
        worker = self.worker
        assert worker is not None and self.host.control is not None
        load = {"op": "load", "source": source, "name": name, "seed": seed, "fixtures": "", "remember": bool(measure)}
        dialogue = Dialogue(channel, [load, *({"op": "measure", "expression": one} for one in measure)])
        self.selector.register(channel, selectors.EVENT_READ, "channel")
        self.selector.register(self.host.control, selectors.EVENT_READ, "control")
        self.limit(seconds, 5 * seconds)
        while not worker.ended:
            self._enforce()
            for key, _ in self.selector.select(TICK):
                if key.data == "control":
                    self.host.hear()
                elif key.data != "channel":
                    self._take(key.fd)
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
        status, message = self._ending(dialogue.ready)
        if dialogue.answers and not dialogue.over:
            message += f" That was while `{measure[len(dialogue.answers) - 1]}` was measured."
        return status, message, None


def _texts(folder: str) -> Iterator[str]:
    """What a judge and a worker will read of an exercise."""
    for name in ("reference.py", "fixtures.py"):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            yield Path(folder, name).read_text(encoding="utf-8")


__all__ = ["Cancel", "Cancelled", "Run", "SandboxError", "Session"]
