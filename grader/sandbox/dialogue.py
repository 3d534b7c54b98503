"""A run without a judge, in messages: the worker is asked one thing at a time, and its answers are taken in."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Sequence
from typing import Any

from grader.protocol import wire
from grader.protocol.outcome import Outcome, answers, parse
from grader.sandbox.endings import READY


class Dialogue:
    """Asks the first question at once and each further one when the last has been answered.

    Where the first is answered with an exception, nothing more is asked.
    """

    def __init__(self, channel: socket.socket, questions: Sequence[dict[str, Any]]) -> None:
        self.channel, self.questions = channel, questions
        self.answers: list[Outcome] = []
        self.ready = False
        """Whether the worker has said that its layers are set up."""
        self.garbage = False
        """Whether something came that is no answer."""
        self._nonce = os.urandom(16)
        self._data = bytearray()
        self._send(self._nonce)
        self._ask()

    @property
    def over(self) -> bool:
        """Whether nothing more is asked: the worker ends by itself."""
        failed = bool(self.answers) and self.answers[0].raised is not None
        return failed or len(self.answers) == len(self.questions)

    def take(self) -> bool:
        """Takes in what has come. False at the end of the stream."""
        try:
            data = self.channel.recv(1 << 20)
        except OSError:  # it ended before it had read what was sent
            data = b""
        self._data += data
        if self._data and not self.ready:
            self.ready = self._data[:1] == READY
            self.garbage = not self.ready
            del self._data[:1]
        while not self.over and not self.garbage and (frame := self._frame()):
            self._answered(frame)
        self.garbage = self.garbage or len(self._data) > wire.MAX_HEADER
        return bool(data)

    def _frame(self) -> bytes:
        """The first whole frame of what has come, or nothing."""
        if len(self._data) < wire.PREFIX.size:
            return b""
        _, stamp, header, body = wire.PREFIX.unpack_from(self._data)
        size = wire.PREFIX.size + int(header) + int(body)
        if stamp != self._nonce:
            self.garbage = True
        if self.garbage or len(self._data) < size:
            return b""
        frame = bytes(self._data[:size])
        del self._data[:size]
        return frame

    def _answered(self, frame: bytes) -> None:
        try:
            answer = wire.read(wire.received_of(frame), self._nonce)
            if not answers(answer, len(self.answers)):
                raise wire.WireError("the answer is not to this question")
            outcome = parse(answer)
        except (ValueError, EOFError):  # WireError is a ValueError
            self.garbage = True
            return
        self.answers.append(outcome)
        self._ask()

    def _ask(self) -> None:
        if self.over:
            with contextlib.suppress(OSError):
                self.channel.shutdown(socket.SHUT_WR)
        else:
            number = len(self.answers)
            self._send(wire.pack({**self.questions[number], "number": number}, self._nonce))

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended; the next `take` finds the end of the stream
            self.channel.sendall(data)
