"""What a neighbour has beside files: queues, semaphores and memory of both kinds that Unix has, locks, attributes.

Made by this process for the attacks to go for, and looked at by it: of each, whether it is there and as it was.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p
LIBC.sem_open.restype = ctypes.c_void_p
LIBC.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
PRIVATE, CREATE, REMOVE, GET_VALUE, SET_VALUE, NOT_WAITING = 0, 0o1000, 0, 12, 16, 0o4000
GET_FLAGS, GET_VERSION = 0x80086601, 0x80087601
_KEPT = 5
"""The value of the semaphore, and how many messages are in each queue."""


class _Attributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_long) for name in ("flags", "most", "size", "waiting")] + [
        ("unused", ctypes.c_long * 4)
    ]


class Belongings:
    """Two queues, a semaphore and a segment, each of which holds a secret or a number. close() takes them away."""

    def __init__(self, secret: str) -> None:
        text = secret.encode()
        self.semaphore = LIBC.semget(PRIVATE, 1, CREATE | 0o666)
        LIBC.semctl(self.semaphore, 0, SET_VALUE, _KEPT)
        self.queue = LIBC.msgget(PRIVATE, CREATE | 0o666)
        for _ in range(_KEPT):
            LIBC.msgsnd(self.queue, struct.pack("l", 1) + text, len(text), NOT_WAITING)
        self.segment = LIBC.shmget(PRIVATE, 4096, CREATE | 0o666)
        self.memory = LIBC.shmat(self.segment, None, 0)
        ctypes.memmove(self.memory, text, len(text))
        self.name = f"/dl-tutor-{secret[-8:]}"
        shape = _Attributes(0, 10, 100)
        self.posix = LIBC.mq_open(self.name.encode(), os.O_RDWR | os.O_CREAT, 0o666, ctypes.byref(shape))
        for _ in range(_KEPT):
            LIBC.mq_send(self.posix, text, len(text), 0)
        self.named = f"/dl-tutor-{secret[-16:-8]}"
        self.counted = ctypes.c_void_p(LIBC.sem_open(self.named.encode(), os.O_CREAT, 0o666, _KEPT))
        self.kept = self.state()

    def known(self) -> dict[str, Any]:
        """What an attack must know to find them."""
        return {
            "SEMAPHORE": self.semaphore,
            "QUEUE": self.queue,
            "SEGMENT": self.segment,
            "POSIX_QUEUE": self.name,
            "NAMED_SEMAPHORE": self.named,
        }

    def state(self) -> dict[str, Any]:
        waiting = _Attributes()
        LIBC.mq_getattr(self.posix, ctypes.byref(waiting))
        named = LIBC.mq_open(self.name.encode(), os.O_RDONLY)
        if named >= 0:
            os.close(named)
        value = ctypes.c_int(-1)
        if self.counted:
            LIBC.sem_getvalue(self.counted, ctypes.byref(value))
        return {
            "a named semaphore": (value.value, os.path.exists(f"/dev/shm/sem.{self.named[1:]}")),
            "the value of a semaphore": LIBC.semctl(self.semaphore, 0, GET_VALUE),
            "a queue and its messages": _row("msg", self.queue)[:6],
            "a segment": (_row("shm", self.segment)[:4], ctypes.string_at(self.memory, 100)),
            "a POSIX queue and its messages": (waiting.waiting, waiting.flags, named >= 0),
        }

    def changes(self) -> Iterator[str]:
        for what, now in self.state().items():
            if now != self.kept[what]:
                yield f"of a neighbour, {what} changed: {now} instead of {self.kept[what]}"

    def close(self) -> None:
        LIBC.shmdt(ctypes.c_void_p(self.memory))
        LIBC.shmctl(self.segment, REMOVE, None)
        LIBC.msgctl(self.queue, REMOVE, None)
        LIBC.semctl(self.semaphore, 0, REMOVE)
        if self.posix >= 0:
            os.close(self.posix)
        LIBC.mq_unlink(self.name.encode())
        LIBC.sem_unlink(self.named.encode())


def _row(kind: str, number: int) -> list[str]:
    """What the kernel says of one of System V's objects: its key, number, mode and sizes first."""
    with open(f"/proc/sysvipc/{kind}") as rows:
        return next((row.split() for row in list(rows)[1:] if row.split()[1] == str(number)), [])


def made(key: int) -> list[str]:
    """Which kinds of System V's objects there are with a key."""
    return [kind for kind in ("msg", "sem", "shm") if key in _keys(kind)]


def _keys(kind: str) -> list[int]:
    return [int(line.split()[0]) for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]]


def attributes(path: Path) -> tuple[Any, ...]:
    """What is said of a file beside its mode and times: extended attributes, flags and generation."""
    found: list[Any] = []
    with contextlib.suppress(OSError):
        found += [(name, os.getxattr(path, name)) for name in sorted(os.listxattr(path, follow_symlinks=False))]
    with contextlib.suppress(OSError):  # a link that leads nowhere, or one's own folder that an attack has closed
        place = os.open(path, os.O_RDONLY)
        for request in (GET_FLAGS, GET_VERSION):
            with contextlib.suppress(OSError):
                found.append(fcntl.ioctl(place, request, bytes(8)))
        os.close(place)
    return tuple(found)


def locked(path: Path) -> bool:
    """Whether somebody holds a lock of either kind on a file, so that its owner cannot have it."""
    with open(path, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(file, fcntl.LOCK_UN)
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(file, fcntl.LOCK_UN)
        except BlockingIOError:
            return True
    return False
