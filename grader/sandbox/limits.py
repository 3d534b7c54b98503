"""What a process gives up before it runs code it does not trust: its share of level 1.

Each function is a layer by itself; `lock` applies them in the order that matters. Linux only.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path

LAYERS = (
    "session",
    "descriptors",
    "environment",
    "rlimits",
    "capabilities",
    "no_new_privs",
    "output",
    "clock",
)
"""The layers of level 1, as they are named in verdicts and by `--require`."""

STRONGER_LAYERS = ("landlock", "seccomp", "namespaces")
"""Layers of the levels above, known by name so that they can be asked for and refused."""


def known(layers: Iterable[str]) -> None:
    """Raises ValueError where one of these is no layer."""
    for layer in layers:
        if layer not in LAYERS + STRONGER_LAYERS:
            raise ValueError(f"{layer!r} is no layer; there are {', '.join(LAYERS + STRONGER_LAYERS)}")


GIB = 1 << 30
FILE_SIZE = 64 << 20
"""Bytes of the largest file that a worker may write."""
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38
_CAPABILITY_VERSION_3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(*(ctypes.c_ulong(number) for number in (option, value, 0, 0, 0))) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}, {value})")


def die_with_parent() -> None:
    """SIGKILL when the zygote ends. The zygote forks from its only thread, so the signal means the process."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Makes the zygote the parent of whatever a worker leaves behind, so that it can be swept away."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def not_dumpable() -> None:
    """Nobody of the same user may read this process's memory or descriptors through /proc."""
    _prctl(_PR_SET_DUMPABLE, 0)


def no_new_privs() -> None:
    """No set-user-id program gives anything back."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Root without capabilities cannot raise its limits again; containers often run as root."""
    header, none = struct.pack("Ii", _CAPABILITY_VERSION_3, 0), bytes(24)
    if _libc.capset(header, none) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def address_space() -> int:
    """Bytes of address space that the process uses now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGESIZE")


def set_rlimits(cpu: int, memory: int, file_size: int = FILE_SIZE, files: int = 256) -> None:
    """CPU seconds, bytes of address space beyond today's, bytes of a file, open files."""

    def put(which: int, soft: int, hard: int | None = None) -> None:
        ceiling = resource.getrlimit(which)[1]
        hard = soft if hard is None else hard
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(which, (soft, hard))

    put(resource.RLIMIT_CORE, 1)  # a core handler behind a pipe ignores 0, and 1 aborts the dump
    put(resource.RLIMIT_CPU, cpu, cpu + 1)
    put(resource.RLIMIT_FSIZE, file_size)
    put(resource.RLIMIT_NOFILE, files)
    put(resource.RLIMIT_MSGQUEUE, 0)
    put(resource.RLIMIT_MEMLOCK, 0)
    put(resource.RLIMIT_SIGPENDING, 0)  # a queue that all of the user's programs share: signals still come, unqueued
    put(resource.RLIMIT_RTPRIO, 0)
    put(resource.RLIMIT_NICE, 0)
    put(resource.RLIMIT_AS, address_space() + memory)


def cpu_limit(pid: int, cpu: int) -> bool:
    """Lowers the CPU seconds of a process that waits; whether that worked."""
    try:
        ceiling = resource.prlimit(pid, resource.RLIMIT_CPU)[1]
        hard = cpu + 1 if ceiling == resource.RLIM_INFINITY else min(cpu + 1, ceiling)
        resource.prlimit(pid, resource.RLIMIT_CPU, (min(cpu, hard), hard))
    except OSError:
        return False
    return True


def settle(scratch: str) -> None:
    """Makes a folder the process's working directory and home, and the place of its temporary files."""
    os.environ.update(HOME=scratch, TMPDIR=scratch)
    tempfile.tempdir = scratch  # torch made tempfile remember another one
    os.chdir(scratch)


def keep_descriptors(wanted: dict[int, int]) -> None:
    """Moves descriptors to their places ({place: descriptor}) and closes all others."""
    high = {place: os.dup2(descriptor, 500 + place) for place, descriptor in wanted.items()}
    for place, descriptor in high.items():
        os.dup2(descriptor, place)
    first = max(wanted) + 1
    for place in range(first):
        if place not in wanted:
            try:
                os.close(place)
            except OSError:
                pass
    os.closerange(first, 1 << 16)


def lock(cpu: int, memory: int) -> None:
    """The irrevocable layers, in order. Raises OSError where one cannot be set up: then no code may run."""
    set_rlimits(cpu, memory)
    drop_capabilities()
    no_new_privs()
