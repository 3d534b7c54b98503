"""The layers above level 1: which of them this machine gives, tried once, and how a process puts them on.

The zygote tries them before it says that it is ready. A layer that it has announced and that cannot be set up in a
fork raises there, and the fork ends before any code that is not ours.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.sandbox import landlock, limits, readable, seccomp

WANTED = ("landlock", "seccomp")
"""The layers of level 2, in the order in which they are put on: seccomp would forbid what Landlock still needs."""

OF_A_JUDGE = ("recvmsg",)
"""The system call that a judge may make and a worker may not: it is handed the channels of workers."""

FILES = "The sandbox lets your code read Python and its packages, and read and write its own folder; nothing else"
CALLS = "The sandbox allows no network, no other processes or programs, and no change of a file's mode, owner or times"


def explanation(raised: dict[str, Any], layers: Collection[str]) -> str:
    """What these layers have to do with an exception, in a sentence; or nothing. raised: from `raised.describe`."""
    if "OSError" not in raised["bases"]:
        return ""
    if "landlock" in layers and f"[Errno {errno.EACCES}]" in raised["message"]:
        return FILES
    refused = f"[Errno {errno.EPERM}]" in raised["message"] or "socket.gaierror" in raised["bases"]
    return CALLS if "seccomp" in layers and refused else ""


@dataclass(frozen=True)
class Confinement:
    """What was found out on this machine. `off`: layer -> why it cannot be had. `readable`: what workers may read."""

    readable: list[str]
    abi: int = 0
    off: dict[str, str] = field(default_factory=dict)

    def enter(
        self, layers: Collection[str], write: Iterable[str], read: Iterable[str] = (), calls: Collection[str] = ()
    ) -> None:
        """Puts the named layers on, for good. Raises OSError where one cannot be: then no code may run.

        write: scratch folders. read: what this process may read beside `readable`. calls: system calls that it may make
        beside those of a worker.
        """
        if missing := set(layers) - set(WANTED):
            raise OSError(errno.EINVAL, f"no such layer: {', '.join(sorted(missing))}")
        if "landlock" in layers:
            landlock.restrict(self.abi, [*self.readable, *(os.path.realpath(path) for path in read)], write)
        if "seccomp" in layers:
            seccomp.install(calls)


def examine(hidden: Iterable[Path], homes: Iterable[Path], more: Iterable[Path], newest_abi: int) -> Confinement:
    """Tries each layer in a throw-away fork. newest_abi: the newest Landlock to use, 0 for none (tests pretend)."""
    off: dict[str, str] = {}
    abi = 0
    try:
        if newest_abi < 1:
            raise OSError(errno.ENOSYS, "switched off by whoever started the grader")
        abi = min(newest_abi, landlock.kernel_abi())
        _tried(lambda: _try_landlock(abi))
    except OSError as error:
        off["landlock"] = error.strerror or str(error)
    try:
        if why := seccomp.lacking():
            raise OSError(errno.ENOSYS, why)
        _tried(_try_seccomp)
        seccomp.prepare((), OF_A_JUDGE)
    except OSError as error:
        off["seccomp"] = error.strerror or str(error)
    may_read = readable.readable(hidden, homes, more) if "landlock" not in off else []
    return Confinement(may_read, 0 if "landlock" in off else abi, off)


def _tried(attempt: Callable[[], None]) -> None:
    """Does something irrevocable in a fork. Raises OSError with what the fork said, where it did not succeed."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        said = "it ended early"
        try:
            limits.no_new_privs()
            attempt()
            said = ""
        except BaseException as error:
            said = getattr(error, "strerror", None) or str(error)
        finally:
            os.write(write, said.encode()[:1000] or b"\0")
            os._exit(0)
    os.close(write)
    with open(read, "rb") as end:
        answer = end.read()
    os.waitpid(pid, 0)
    if answer != b"\0":
        raise OSError(errno.EIO, answer.decode("utf-8", "replace") or "the kernel killed the process that tried it")


def _try_landlock(abi: int) -> None:
    landlock.restrict(abi, [], [])
    try:
        os.listdir("/")
    except PermissionError:
        return
    raise OSError(errno.EIO, "the kernel accepts Landlock and does not enforce it")


def _try_seccomp() -> None:
    seccomp.install()
    try:
        socket.socket().close()
    except PermissionError:
        return
    raise OSError(errno.EIO, "the kernel accepts seccomp and does not enforce it")
