"""seccomp: which system calls a process may make from now on. A program in the kernel's packet-filter language.

It is a list of what is allowed: a call that nobody thought of does not exist. What is refused by name is answered so
that Python raises a PermissionError that can be read. Another architecture's calls kill. Which file is opened is not
seen here: that is Landlock's part.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from grader.sandbox.system_calls import ABSENT, ALLOWED, NEWEST, NO_LINK, REFUSED, UNSUPPORTED

ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, AND, JUMP, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x05, 0x15, 0x35, 0x06
FARTHEST = 255
"""How many instructions a comparison can jump over."""
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Where the kernel's record of a call holds what; arguments are 8 bytes each, their low half first."""


class Architecture(NamedTuple):
    """How the kernel names it, the number of seccomp(2) there, and its column in the tables of system calls."""

    audit: int
    seccomp: int
    column: int


ARCHITECTURES = {"x86_64": Architecture(0xC000003E, 317, 0), "aarch64": Architecture(0xC00000B7, 277, 1)}

SELF = -1
"""Stands for the process's own number, which is known when the program is made."""


class Test(NamedTuple):
    """What `argument & mask` must be; with `never`, what it must not be."""

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    never: bool = False


_OWN = (Test(0, (0, SELF)),)
_TRUNCATE, _ACCESS = 0x200, 0x3
_THREAD = 0x003D0F00
"""The flags of a thread that shares all it has with its process. One with descriptors of its own could hide files."""
_DETACHED = 0x00400000
_HUGE_PAGES, _NOTIFICATIONS = 0x40000, 0x80


def _opening(flags: int) -> tuple[Test, ...]:
    # access mode 3 asks Landlock for no right at all; truncation without the right to write is Landlock's from ABI 3
    return Test(flags, (3,), _ACCESS, never=True), Test(flags, (_TRUNCATE,), _TRUNCATE | _ACCESS, never=True)


RULES: dict[str, tuple[Test, ...]] = {
    "kill": _OWN,  # 0 is the own process group
    "tgkill": _OWN,
    "prlimit64": _OWN,
    "sched_setaffinity": _OWN,
    "clone": (Test(0, (_THREAD, _THREAD | _DETACHED)),),
    "close_range": (Test(2, (0, 4)),),  # 2 gives the thread descriptors of its own
    "mmap": (Test(3, (0,), _HUGE_PAGES),),  # the machine has few of them, for all
    "pipe2": (Test(1, (0,), _NOTIFICATIONS),),
    # a pair of datagram sockets can send to any address of the machine, such as the system's log
    "socketpair": (Test(0, (1,)), Test(1, (1, 5), 0xF)),
    # type, errors, sizes and times: others name the process at the other end, or run a filter in the kernel
    "getsockopt": (Test(1, (1,)), Test(2, (2, 3, 4, 7, 8, 9, 13, 20, 21, 30, 38, 39, 66, 67))),
    "setsockopt": (Test(1, (1,)), Test(2, (2, 7, 8, 9, 13, 20, 21, 66, 67))),
    "open": _opening(1),
    "openat": _opening(2),
    # TCGETS (old and new), TIOCGPGRP, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX. Others change flags of files
    # that may only be read, type into a terminal or aim signals
    "ioctl": (Test(1, (0x5401, 0x802C542A, 0x540F, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),),
    # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ. Others lock, lease and watch
    # files, aim signals, and enlarge pipes, of which a user may have so much
    "fcntl": (Test(1, (0, 1, 2, 3, 4, 1030, 1032)),),
    # names of threads and of memory, large pages, timers' slack, the length of Arm's vectors; and questions
    "prctl": (Test(0, (2, 3, 15, 16, 21, 23, 29, 30, 38, 39, 41, 42, 50, 51, 0x53564D41)),),
}
"""Calls of ALLOWED that are allowed for some arguments, and refused with EPERM for others."""


def answer(error: int) -> int:
    """The verdict that makes a call fail with this errno."""
    return REFUSE | error


ANSWERS = (
    (ALLOWED, ALLOW),
    (REFUSED, answer(errno.EPERM)),
    (UNSUPPORTED, answer(errno.EOPNOTSUPP)),
    (NO_LINK, answer(errno.EINVAL)),
    (ABSENT, answer(errno.ENOSYS)),
)


def program(process: int, machine: str, also: Collection[str] = ()) -> bytes:
    """The program for the process of this number, for a machine of ARCHITECTURES. also: calls that are allowed too."""
    whole, places = _written(machine, frozenset(also))
    code = bytearray(whole)
    for place in places:
        struct.pack_into("<I", code, place, process)
    return bytes(code)


@cache
def _written(machine: str, also: frozenset[str]) -> tuple[bytes, list[int]]:
    """The program for any process, and where the process's number is to be put."""
    audit, _, column = ARCHITECTURES[machine]
    parts = [
        _instruction(LOAD, _ARCHITECTURE),
        _instruction(EQUAL, audit, 1, 0),
        _instruction(RETURN, KILL),
        _instruction(LOAD, _NUMBER),
    ]
    decided = {
        number: _body(name, ALLOW if name in also else verdict)
        for table, verdict in ANSWERS
        for name, numbers in table.items()
        if (number := numbers[column]) is not None
    }
    absent = [_instruction(RETURN, answer(errno.ENOSYS))]
    bodies = [decided.get(number, absent) for number in range(NEWEST + 1)] + [absent]
    # the last stretch has no end; x32 is in it, whose numbers have a high bit set
    stretches = [(0, bodies[0])] + [
        (number + 1, now) for number, (before, now) in enumerate(pairwise(bodies)) if now != before
    ]
    parts += _search(stretches)
    places = [8 * place + 4 for place, part in enumerate(parts) if part[4:] == _instruction(RETURN, SELF)[4:]]
    return b"".join(parts), places


def _search(stretches: Sequence[tuple[int, list[bytes]]]) -> list[bytes]:
    """Finds the stretch of numbers that a call is in by halving, and does what it begins with."""
    if len(stretches) == 1:
        return stretches[0][1]
    middle = len(stretches) // 2
    lower, upper = _search(stretches[:middle]), _search(stretches[middle:])
    begin = stretches[middle][0]
    if len(lower) <= FARTHEST:
        return [_instruction(AT_LEAST, begin, len(lower), 0), *lower, *upper]
    return [_instruction(AT_LEAST, begin, 0, 1), _instruction(JUMP, len(lower)), *lower, *upper]


def _instruction(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("<HBBI", code, then, otherwise, value & 0xFFFFFFFF)


def _body(name: str, verdict: int) -> list[bytes]:
    """What is done about a call, once it is known to be this one; always ends in a verdict."""
    body: list[bytes] = []
    refuse = _instruction(RETURN, answer(errno.EPERM))
    for test in RULES.get(name, ()):
        body.append(_instruction(LOAD, _ARGUMENTS + 8 * test.argument))
        if test.mask != 0xFFFFFFFF:
            body.append(_instruction(AND, test.mask))
        for place, value in enumerate(test.values):
            left = len(test.values) - place - 1
            # past the refusal where it is one of the values that it must be, else onto it
            body.append(
                _instruction(EQUAL, value, left if test.never else left + 1, 0 if left or not test.never else 1)
            )
        body.append(refuse)
    return [*body, _instruction(RETURN, verdict)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def lacking() -> str | None:
    """Why there can be no filter here, or None. Whether the kernel takes one shows when it is installed."""
    machine = platform.machine()
    if machine not in ARCHITECTURES or struct.calcsize("P") != 8:
        return f"there is no filter for {machine} with {8 * struct.calcsize('P')}-bit Python yet"
    return None


def prepare(*kinds: Collection[str]) -> None:
    """Writes the programs that forks of this process will need. kinds: the calls that each of them also allows."""
    for also in kinds:
        program(os.getpid(), platform.machine(), also)


def install(also: Collection[str] = ()) -> None:
    """Puts the filter in force for this process, all its threads, for good. also: see `program`. Raises OSError."""
    machine = platform.machine()
    code = program(os.getpid(), machine, also)
    memory = ctypes.create_string_buffer(code, len(code))
    described = _Program(len(code) // 8, ctypes.addressof(memory))
    library = ctypes.CDLL(None, use_errno=True)
    set_filter, all_threads = 1, 1
    number = ARCHITECTURES[machine].seccomp
    result = library.syscall(number, set_filter, all_threads, ctypes.byref(described))
    if result != 0:  # a positive number is a thread that could not be brought along
        error = ctypes.get_errno() if result < 0 else errno.EBUSY
        raise OSError(error, f"seccomp: {os.strerror(error)}")
