"""The judge's end of a worker: steps go out one by one, outcomes come back, a loss is explained by the host."""

from __future__ import annotations

import contextlib
import os
import select
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from grader.protocol import tensors, wire
from grader.protocol.messages import Curved, Line, Lost, Mourned, WantCurves, WantWorker, Worker
from grader.protocol.outcome import Outcome, answers, parse
from grader.protocol.steps import message_of
from grader.records.curves import Curves
from grader.records.verdict import Status
from grader.sandbox.endings import READY
from grader.spec.script import Step

M = TypeVar("M")


class WorkerLost(Exception):
    """The worker ended or was stopped while it was at a step."""

    def __init__(self, ended: Mourned) -> None:
        super().__init__(ended.message)
        self.status: Status = ended.status
        self.message = ended.message
        self.where = f"line {ended.line}" if ended.line is not None else None


class WorkerHandle:
    """A worker with the learner's file loaded, fetched from the host when one is needed."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.channel: int | None = None
        self.nonce = b""
        self.ready = False
        self.number = 0
        self.asked = True  # the host sends the first worker by itself
        self.begins = False
        """Whether the next step is the first of a case."""

    def fetch(self) -> None:
        """A fresh worker with its layers set up, where there is none. Raises WorkerLost."""
        if self.channel is not None:
            return
        if not self.asked:
            self.line.send(WantWorker())
        self.asked = False
        self._hear(Worker)
        self.channel = self.line.descriptor()
        self.nonce, self.number = os.urandom(16), 0
        try:
            self.ready = wire.received_from(self.channel)(1) == READY
        except OSError:
            self.ready = False
        if not self.ready:
            raise self._lost(garbage=False)
        self._write(self.nonce)

    def renew(self) -> None:
        """A fresh worker for another answer; the one that is left ends."""
        if self.channel is not None:
            os.close(self.channel)
            self.channel = None
        if not self.asked:
            self.line.send(WantWorker(fresh=True))
            self.asked = True

    def _hear(self, kind: type[M]) -> M:
        """The next message of a kind; others were asked for by nobody any more."""
        while True:
            message = self.line.next()
            if isinstance(message, kind):
                return message

    def load(self, source: str, name: str, seed: int, fixtures: str) -> None:
        """Has the worker run the learner's file; what came of it is its next answer."""
        self._say({"op": "load", "source": source, "name": name, "seed": seed, "fixtures": fixtures})

    def begin(self) -> None:
        """Starts a case."""
        self.begins = True

    def play(self, step: Step, forbidden: Sequence[str] = ()) -> Outcome:
        """One step, with an ear on the calls of functions that are forbidden. Raises WorkerLost."""
        began = time.perf_counter()
        begins, self.begins = self.begins, False
        self._say({**message_of(step, 0, forbidden), "begins": begins})
        return replace(self.answer(), seconds=time.perf_counter() - began)

    def logged(self) -> Curves:
        """The curves that the learner's code has logged since this was asked last; the host reads them."""
        self.line.send(WantCurves())
        return self._hear(Curved).curves

    def _say(self, message: dict[str, Any]) -> None:
        self.number += 1
        self._write(wire.pack({**message, "number": self.number}, self.nonce, tensors.dump))

    @property
    def answered(self) -> bool:
        """Whether there is an answer to read, or the worker has ended."""
        assert self.channel is not None
        return bool(select.select([self.channel], [], [], 0)[0])

    def answer(self) -> Outcome:
        """Waits for the answer to what was said last. Raises WorkerLost."""
        assert self.channel is not None
        try:
            answer = wire.read(wire.received_from(self.channel), self.nonce, tensors.load)
            if not answers(answer, self.number):
                raise wire.WireError("the answer is not to this step")
            return parse(answer)
        except (EOFError, OSError):
            raise self._lost(garbage=False) from None
        except ValueError:  # WireError is one
            raise self._lost(garbage=True) from None

    def _write(self, data: bytes) -> None:
        assert self.channel is not None
        with contextlib.suppress(OSError):  # the read that follows finds the end of the stream
            wire.send_to(self.channel, data)

    def _lost(self, garbage: bool) -> WorkerLost:
        self.line.send(Lost(garbage=garbage, ready=self.ready))
        ended = self._hear(Mourned)
        assert self.channel is not None
        os.close(self.channel)
        self.channel = None
        return WorkerLost(ended)
