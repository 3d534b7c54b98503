"""A worker or a judge with all that belongs to it: its folder, its channel, and the pipes that a worker writes to.

It runs nothing yet, so it may be made before it is known what it will run (grader.sandbox.ahead).
"""

from __future__ import annotations

import os
import socket
import tempfile
from dataclasses import dataclass

from grader.protocol.control import RoleConfig
from grader.sandbox import scratch
from grader.sandbox.host import Child, Host
from grader.sandbox.limits import GIB
from grader.sandbox.whereabouts import Whereabouts

MEMORY, JUDGE_MEMORY = 4 * GIB, 8 * GIB
"""Bytes of address space that a worker and a judge have beside the zygote's."""


@dataclass(frozen=True)
class Terms:
    """What a fork gets. cpu: seconds. walls: its layers above level 1. imports: what the zygote should have ready."""

    cpu: int
    walls: tuple[str, ...]
    imports: tuple[str, ...] = ()
    memory: int = MEMORY


@dataclass
class Seat:
    """A worker. room: its scratch folder. channel: our end of it. output, events: the reading ends of its pipes."""

    child: Child
    room: str
    channel: socket.socket
    output: int
    events: int
    whereabouts: Whereabouts

    def discard(self) -> None:
        """Ends the worker before it has run anything, and leaves nothing of it."""
        self.child.kill("cancelled")
        self.channel.close()
        os.close(self.output)
        os.close(self.events)
        self.whereabouts.close()
        scratch.remove(self.room)


@dataclass
class Bench:
    """A judge. room: its scratch folder. line: our end of it. course: the exercise's folder, which it may read."""

    child: Child
    room: str
    line: socket.socket
    course: str

    def discard(self) -> None:
        """Ends the judge before it has judged anything, and leaves nothing of it."""
        self.child.kill("cancelled")
        self.line.close()
        scratch.remove(self.room)


def seated(host: Host, terms: Terms) -> Seat:
    """A fresh worker. Raises SandboxError, OSError."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    (output, out), (events, live) = os.pipe(), os.pipe()
    for pipe in (output, events):
        os.set_blocking(pipe, False)
    stack = Whereabouts()
    room = tempfile.mkdtemp(dir=host.scratch)
    config = RoleConfig(scratch=room, cpu=terms.cpu, layers=terms.walls, memory=terms.memory)
    try:
        worker = host.fork("worker", config, [theirs.fileno(), out, out, live, stack.end], terms.imports)
    except BaseException:
        ours.close()
        os.close(output)
        os.close(events)
        stack.close()
        scratch.remove(room)
        raise
    finally:
        theirs.close()
        for end in (out, live, stack.end):
            os.close(end)
    return Seat(worker, room, ours, output, events, stack)


def benched(host: Host, course: str, terms: Terms) -> Bench:
    """A fresh judge. Raises SandboxError, OSError."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    room = tempfile.mkdtemp(dir=host.scratch)
    config = RoleConfig(scratch=room, cpu=terms.cpu, layers=terms.walls, memory=JUDGE_MEMORY, course=course)
    try:
        judge = host.fork("judge", config, [theirs.fileno()], terms.imports)
    except BaseException:
        ours.close()
        scratch.remove(room)
        raise
    finally:
        theirs.close()
    return Bench(judge, room, ours, course)
