"""Messages between host and judge: tagged records with a length before them, descriptors beside it."""

from __future__ import annotations

import socket
import struct
from typing import Any

import msgspec

from grader.records.curves import Curves
from grader.records.job import Job
from grader.records.survey import PartFacts
from grader.records.verdict import PartVerdict, Status

_LENGTH = struct.Struct("<I")
MAX_MESSAGE = 64 << 20


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One message."""


# --- from the host ---


class Begin(Message, frozen=True, kw_only=True):
    """The judge's work. A first worker follows by itself."""

    job: Job


class Prepare(Message, frozen=True, kw_only=True):
    """The work that is to be expected: the judge may make itself ready. job: its one answer is empty."""

    job: Job


class Worker(Message, frozen=True, kw_only=True):
    """A fresh worker; our end of its channel comes with it."""


class Curved(Message, frozen=True, kw_only=True):
    """What the learner's code has logged since this was asked last."""

    curves: Curves


class Mourned(Message, frozen=True, kw_only=True):
    """How a lost worker ended. line: of the learner's file, where the message names one."""

    status: Status
    message: str
    line: int | None = None


# --- from the judge ---


class Limit(Message, frozen=True, kw_only=True):
    """Limits in force from now on, in seconds of the reference machine; cpu None lifts them."""

    cpu: float | None
    wall: float = 0.0
    loading: bool = False
    """Whether they are for the learner's file, and not for a part."""
    measured: bool = True
    """Whether what is used under them counts as what the answer needs."""


class WantWorker(Message, frozen=True, kw_only=True):
    """A worker is wanted. fresh: for the next answer, so that what was printed before belongs to the last one."""

    fresh: bool = False


class WantCurves(Message, frozen=True, kw_only=True):
    """What was logged is wanted."""


class Lost(Message, frozen=True, kw_only=True):
    """The worker is lost. ready: whether it had said that its layers are set up. garbage: whether it sent nonsense."""

    ready: bool
    garbage: bool


class Judged(Message, frozen=True, kw_only=True):
    """The verdict on an answer: the plain one, or with `final` the last word on it."""

    answer: int
    parts: tuple[PartVerdict, ...]
    final: bool


class Surveyed(Message, frozen=True, kw_only=True):
    """What the parts hold."""

    parts: tuple[PartFacts, ...]


class Failed(Message, frozen=True, kw_only=True):
    """There is no verdict, and that is the exercise's fault or the grader's.

    answer: the one that there is none on, and the next one follows; None where there is none on any.
    """

    message: str
    answer: int | None = None


FromHost = Prepare | Begin | Worker | Curved | Mourned
FromJudge = Limit | WantWorker | WantCurves | Lost | Judged | Surveyed | Failed


class Line:
    """One end of the connection. expected: the messages that come to it, FromHost or FromJudge.

    In msgpack and not in JSON, which has no NaN and no infinity.
    """

    def __init__(self, connection: socket.socket, expected: Any) -> None:
        self.connection, self._expected = connection, expected
        self._decode = msgspec.msgpack.Decoder(expected).decode
        self._data = bytearray()
        self._descriptors: list[int] = []
        self._messages: list[Any] = []

    def fileno(self) -> int:
        return self.connection.fileno()

    def send(self, message: Message, descriptors: list[int] | None = None) -> None:
        """Raises OSError where the other end is gone."""
        data = msgspec.msgpack.encode(message)
        data = _LENGTH.pack(len(data)) + data
        # a judge hands nobody a descriptor, and its sandbox has no call for it
        judges = self._expected is FromHost
        sent = self.connection.send(data) if judges else socket.send_fds(self.connection, [data], descriptors or [])
        if sent < len(data):  # to send nothing is an error too, where the other end has read it all and is gone
            self.connection.sendall(data[sent:])

    def receive(self) -> list[Any]:
        """Waits for bytes and gives the messages they complete. Raises EOFError at the end of the stream, and where
        what comes is no message."""
        data, descriptors, _, _ = socket.recv_fds(self.connection, 1 << 16, 8)
        if not data:
            raise EOFError
        self._data += data
        self._descriptors += descriptors
        messages = []
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            if length > MAX_MESSAGE:
                raise EOFError
            if len(self._data) < _LENGTH.size + length:
                break
            try:
                messages.append(self._decode(bytes(self._data[_LENGTH.size : _LENGTH.size + length])))
            except msgspec.MsgspecError:
                raise EOFError from None
            del self._data[: _LENGTH.size + length]
        return messages

    def next(self) -> Any:
        """Waits for one message."""
        while not self._messages:
            self._messages += self.receive()
        return self._messages.pop(0)

    def descriptor(self) -> int:
        """The next descriptor that came beside a message."""
        return self._descriptors.pop(0)

    def close(self) -> None:
        self.connection.close()
