"""The connection between host and judge: whole messages, and an end that goes as soon as it has read its last one."""

from __future__ import annotations

import math
import os
import socket
import threading
from collections.abc import Iterator

import pytest

from grader.protocol.messages import Curved, FromHost, FromJudge, Line, WantCurves, Worker
from grader.records.curves import Curves


@pytest.fixture
def ends() -> Iterator[tuple[Line, Line]]:
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    ours, theirs = Line(one, FromJudge), Line(other, FromHost)
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_long_message_comes_whole_with_its_descriptor(ends: tuple[Line, Line]) -> None:
    ours, theirs = ends
    reading, writing = os.pipe()
    message = Curved(curves={"x" * 3_000_000: [(1, 0.5)]})
    sender = threading.Thread(target=ours.send, args=(message, [writing]))
    sender.start()
    assert theirs.next() == message
    sender.join()
    descriptor = theirs.descriptor()
    os.write(descriptor, b"here")
    assert os.read(reading, 4) == b"here"
    for one in (reading, writing, descriptor):
        os.close(one)


def test_who_reads_and_goes_at_once_has_been_told(ends: tuple[Line, Line], monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a judge reads, says its last word and ends before its host's `send` has returned."""
    ours, theirs = ends
    send, read = socket.send_fds, []

    def sent_and_read(*args: object) -> int:
        count = send(*args)  # type: ignore[arg-type]
        read.append(theirs.next())
        theirs.close()
        return count

    monkeypatch.setattr(socket, "send_fds", sent_and_read)
    ours.send(Worker())
    assert read == [Worker()]


def test_who_has_gone_before_cannot_be_told(ends: tuple[Line, Line]) -> None:
    ours, theirs = ends
    theirs.close()
    with pytest.raises(BrokenPipeError):
        ours.send(Worker())


def test_what_is_not_finite_arrives_as_it_was(ends: tuple[Line, Line]) -> None:
    ours, theirs = ends
    curves: Curves = {"loss": [(0, 1.5), (1, math.inf), (2, math.nan)]}
    ours.send(Curved(curves=curves))
    assert repr(theirs.next().curves) == repr(curves)


def test_a_message_of_the_other_side_is_none(ends: tuple[Line, Line]) -> None:
    ours, theirs = ends
    ours.send(WantCurves())
    with pytest.raises(EOFError):
        theirs.next()
