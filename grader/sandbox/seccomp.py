"""seccomp: which system calls a process may make from now on. A program in the kernel's packet-filter language.

What is refused is answered with EPERM, so that Python raises a PermissionError that can be read; a call that
programs try and can do without is answered with ENOSYS, as an older kernel would. Another architecture's calls kill.
Which file is opened is not seen here: that is Landlock's part.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from typing import NamedTuple

from grader.sandbox.system_calls import NEWEST, NUMBERS

ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Where the kernel's record of a call holds what; arguments are 8 bytes each, their low half first."""


class Architecture(NamedTuple):
    """How the kernel names it, the number of seccomp(2) there, and its column in NUMBERS."""

    audit: int
    seccomp: int
    column: int


ARCHITECTURES = {"x86_64": Architecture(0xC000003E, 317, 0), "aarch64": Architecture(0xC00000B7, 277, 1)}

SELF = -1
"""Stands for the process's own number, which is known when the program is made."""


class Test(NamedTuple):
    """What `argument & mask` must not be; with `only`, what it must be."""

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    only: bool = False


_OWN = (Test(0, (0, SELF), only=True),)
_THREAD, _NAMESPACES = 0x00010000, 0x7E020000
_TRUNCATE, _ACCESS = 0x200, 0x3


def _opening(flags: int) -> tuple[Test, ...]:
    # access mode 3 asks Landlock for no right at all; truncation without the right to write is Landlock's from ABI 3
    return Test(flags, (3,), _ACCESS), Test(flags, (_TRUNCATE,), _TRUNCATE | _ACCESS)


RULES: dict[str, tuple[Test, ...]] = {
    "kill": _OWN,  # 0 is the own process group
    "tgkill": _OWN,
    "prlimit64": _OWN,
    "sched_setaffinity": _OWN,
    "sched_setscheduler": _OWN,
    "sched_setparam": _OWN,
    "sched_setattr": _OWN,
    "clone": (Test(0, (_THREAD,), _THREAD | _NAMESPACES, only=True),),
    # a pair of datagram sockets can send to any address of the machine, such as the system's log
    "socketpair": (Test(0, (1,), only=True), Test(1, (0,), 0x2, only=True)),
    "open": _opening(1),
    "openat": _opening(2),
    # TIOCSTI, TIOCLINUX and TIOCSETD type into a terminal; FIOSETOWN and SIOCSPGRP aim a signal at a neighbour
    "ioctl": (Test(1, (0x5412, 0x541C, 0x5423, 0x8901, 0x8902)),),
    # F_SETOWN, F_SETSIG and F_SETOWN_EX aim a signal; F_SETLEASE and F_NOTIFY tell of others' work on a file
    "fcntl": (Test(1, (8, 10, 15, 1024, 1026)),),
    # PDEATHSIG and DUMPABLE are ours to set; MM and PTRACER open the process
    "prctl": (Test(0, (1, 4, 35, 0x59616D61)),),
}
"""Calls that are refused for some arguments. All others in NUMBERS are refused whatever they ask."""

ABSENT = ("clone3", "openat2", "memfd_create")
"""Refused as if the kernel did not know them: programs then take another way."""


def answer(error: int) -> int:
    """The verdict that makes a call fail with this errno."""
    return REFUSE | error


def program(process: int, machine: str) -> bytes:
    """The program for the process of this number, for a machine of ARCHITECTURES."""
    audit, _, column = ARCHITECTURES[machine]
    parts = [
        _instruction(LOAD, _ARCHITECTURE),
        _instruction(EQUAL, audit, 1, 0),
        _instruction(RETURN, KILL),
        _instruction(LOAD, _NUMBER),
        _instruction(AT_LEAST, NEWEST + 1, 0, 1),  # x32 too: its numbers have a high bit set
        _instruction(RETURN, answer(errno.ENOSYS)),
    ]
    for name, numbers in NUMBERS.items():
        number = numbers[column]
        if number is not None:
            body = _body(name, process)
            parts += [_instruction(EQUAL, number, 0, len(body)), *body]
    return b"".join([*parts, _instruction(RETURN, ALLOW)])


def _instruction(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("<HBBI", code, then, otherwise, value & 0xFFFFFFFF)


def _body(name: str, process: int) -> list[bytes]:
    """What is done about a call, once it is known to be this one; always ends in a verdict."""
    refuse = _instruction(RETURN, answer(errno.ENOSYS if name in ABSENT else errno.EPERM))
    if name not in RULES:
        return [refuse]
    body: list[bytes] = []
    for test in RULES[name]:
        body.append(_instruction(LOAD, _ARGUMENTS + 8 * test.argument))
        if test.mask != 0xFFFFFFFF:
            body.append(_instruction(AND, test.mask))
        for place, value in enumerate(test.values):
            left = len(test.values) - place - 1
            here = process if value == SELF else value
            # past the refusal where it is one of the values that it must be, else onto it
            body.append(_instruction(EQUAL, here, left + 1 if test.only else left, 0 if test.only or left else 1))
        body.append(refuse)
    return [*body, _instruction(RETURN, ALLOW)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def lacking() -> str | None:
    """Why there can be no filter here, or None. Whether the kernel takes one shows when it is installed."""
    machine = platform.machine()
    if machine not in ARCHITECTURES or struct.calcsize("P") != 8:
        return f"there is no filter for {machine} with {8 * struct.calcsize('P')}-bit Python yet"
    return None


def install() -> None:
    """Puts the filter in force for this process, all its threads, for good. Raises OSError."""
    machine = platform.machine()
    code = program(os.getpid(), machine)
    memory = ctypes.create_string_buffer(code, len(code))
    described = _Program(len(code) // 8, ctypes.addressof(memory))
    library = ctypes.CDLL(None, use_errno=True)
    set_filter, all_threads = 1, 1
    number = ARCHITECTURES[machine].seccomp
    result = library.syscall(number, set_filter, all_threads, ctypes.byref(described))
    if result != 0:  # a positive number is a thread that could not be brought along
        error = ctypes.get_errno() if result < 0 else errno.EBUSY
        raise OSError(error, f"seccomp: {os.strerror(error)}")
