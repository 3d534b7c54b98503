"""The learner's own program, run as Python runs it; and then lines that are tried in the names that it has left.

The worker is one of a demo's, which no judge asks anything: it stays until it is closed, a line costs milliseconds,
and what a line changes is there for the next one. It does nothing meanwhile, and others are judged beside it.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from grader.grading import Cancel, Cancelled, Grader, SandboxError
from grader.provision import provide
from grader.records.inspection import Inspection
from grader.records.verdict import Status
from grader.sandbox import heavy
from grader.sandbox.capture import OnOutput
from grader.sandbox.dialogue import Dialogue
from grader.sandbox.measuring import plain
from grader.sandbox.session import BEAT, Session
from lessons.data import mirror

NAME = "__main__.py"
"""What the file is called while it runs, so that `__name__` is `__main__` in it."""
SECONDS = 60.0
"""Of the reference machine, for the file and for each line."""
IN_ALL = 900
"""CPU seconds that the process may use while it lives."""
LONGEST = 4000
"""Characters of a line."""
SEED = 0
INSPECTED = "inspected()"
OnEvent = Callable[[dict[str, Any]], None]


class Ran(msgspec.Struct, frozen=True):
    """How the file or a line went; what it printed and logged has been told by then."""

    status: Status
    message: str = ""
    seconds: float = 0.0
    line: int | None = None
    """The line of the file that the message names."""


class Console:
    """One program at a time. `run` and `ask` take their time, so they belong into a thread; `close` may come from any.

    on_output, on_event: get what is printed, logged and drawn, as it comes.
    """

    def __init__(self, grader: Grader, on_output: OnOutput, on_event: OnEvent, *, hidden: Path | None = None) -> None:
        """hidden: a folder that the program must not read, such as the exercise's."""
        self.grader, self.hidden = grader, hidden
        self._tell = (on_output, on_event)
        self._session: Session | None = None
        self._channel: socket.socket | None = None
        self._open: _OpenDialogue | None = None

    @property
    def alive(self) -> bool:
        """Whether a program is there in whose names a line can be tried."""
        session = self._session
        return session is not None and session.worker is not None and not session.worker.ended

    def run(self, source: str, cancel: Cancel, *, program: int | None = None) -> Ran:
        """Runs a file from its start; what ran before is gone. Raises Cancelled and SandboxError.

        program: the number of the one that is looked at in each launch of the file's kernels; see `inspection`.
        """
        on_output, on_event = self._tell
        try:
            provide((source,), self.grader.mirror, lambda text: on_output(text, ""), on_event=on_event, cancel=cancel)
        except mirror.DataError as error:
            raise SandboxError(str(error)) from None
        with self.grader.held():
            self._end()
            if self.hidden is not None:
                self.grader.host.hide(self.hidden)
            self.grader.boot()
            self._begin(source)
            load = {"op": "load", "source": source, "name": NAME, "seed": SEED, "fixtures": "", "remember": False}
            return self._answer({**load, "inspect": program}, cancel)

    def ask(self, line: str, cancel: Cancel) -> Ran:
        """Runs a line in the program's names; the value of an expression is printed. Raises Cancelled, SandboxError."""
        with self.grader.held():
            if not self.alive:
                self._end()
                return Ran("error", "The program is not there any more. F6 runs your file again.")
            return self._answer({"op": "measure", "expression": _tried(line[:LONGEST])}, cancel)

    def inspection(self, cancel: Cancel) -> Inspection:
        """What was recorded of the kernels of the file that was run last. Raises Cancelled and SandboxError."""
        with self.grader.held():
            if self.alive and self._answer({"op": "measure", "expression": INSPECTED}, cancel).status == "passed":
                assert self._open is not None
                with contextlib.suppress(TypeError, msgspec.ValidationError):  # a process that sends something else
                    return msgspec.convert(plain(self._open.answers[-1].value), Inspection)
        return Inspection()

    def close(self) -> None:
        """Ends the program."""
        with self.grader.held():
            self._end()

    # --- the worker ---

    def _begin(self, source: str) -> None:
        session = Session(self.grader.host, cpu=IN_ALL, on_output=self._tell[0], on_event=self._tell[1])
        self._session = session
        session.imports, session.name, session.source = heavy.named(source), NAME, source
        self._channel = session.start_worker()
        assert self.grader.host.control is not None
        session.selector.register(self._channel, selectors.EVENT_READ, "channel")
        session.selector.register(self.grader.host.control, selectors.EVENT_READ, "control")

    def _end(self) -> None:
        if self._session is not None:
            self._session.__exit__()
        if self._channel is not None:
            self._channel.close()
        self._session = self._channel = self._open = None

    def _answer(self, question: dict[str, Any], cancel: Cancel) -> Ran:
        """Asks the worker one thing, and waits for its answer or its end."""
        session, channel = self._session, self._channel
        assert session is not None and session.worker is not None and channel is not None
        began, number = time.monotonic(), 0
        if self._open is None:
            self._open = _OpenDialogue(channel, question)
        else:
            number = self._open.ask(question)
        session.cancel = cancel
        session.limit(SECONDS, 5 * SECONDS)
        try:
            self._wait(session, self._open, channel)
        except Cancelled:
            self._end()
            raise
        said = self._said(session, self._open, number)
        session.limit(None)
        return msgspec.structs.replace(said, seconds=time.monotonic() - began)

    def _wait(self, session: Session, dialogue: _OpenDialogue, channel: socket.socket) -> None:
        worker, host = session.worker, session.host
        assert worker is not None
        while not worker.ended and dialogue.waiting:
            session.enforce()
            for key, _ in session.selector.select(BEAT):
                if key.data == "control":
                    host.catch_up()
                elif key.data != "channel":
                    session.take(key.fd)
                else:
                    if not dialogue.take():
                        session.selector.unregister(channel)
                    if dialogue.garbage:
                        worker.kill("channel")
        if worker.ended:
            session.pipes.drain()
        else:
            session.pipes.catch_up()  # what was printed before the answer is there by now
            session.pipes.catch_up()

    def _said(self, session: Session, dialogue: _OpenDialogue, number: int) -> Ran:
        worker = session.worker
        assert worker is not None
        if worker.reason is None and number < len(dialogue.answers):
            raised = dialogue.answers[number].raised
            if raised is None:
                return Ran("passed")
            place = f" ({raised.where})" if raised.where else ""
            return Ran("memory" if raised.memory else "error", f"{raised.sentence}{place}", line=raised.line)
        status, message, line = session.ending(dialogue.ready)
        self._end()
        return Ran(status, message, line=line)


class _OpenDialogue(Dialogue):
    """Asks what it is given, one thing after the other, and stays open; also after an exception of the file."""

    def __init__(self, channel: socket.socket, first: dict[str, Any]) -> None:
        self._all = [first]
        super().__init__(channel, self._all)

    def ask(self, question: dict[str, Any]) -> int:
        """Asks one more thing; gives the number that its answer will have."""
        self._all.append(question)
        self._ask()
        return len(self._all) - 1

    @property
    def waiting(self) -> bool:
        return len(self.answers) < len(self._all)

    @property
    def over(self) -> bool:
        return not self.waiting

    def _ask(self) -> None:
        if self.waiting:
            super()._ask()


def _tried(line: str) -> str:
    """An expression that runs a line in the program's own names, and prints its value as Python's prompt does."""
    code = f"compile({line + chr(10)!r}, '<your line>', 'single')"
    return f"(lambda program: exec({code}, program.__dict__))(__import__('sys').modules['__main__'])"
