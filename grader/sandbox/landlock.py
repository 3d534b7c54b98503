"""Landlock: which files a process may open from now on; and, where the kernel can, no TCP, no signals to the outside.

No program may be executed at all: loading a library needs the right to read only.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import stat
import struct
from collections.abc import Iterable

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""System calls; the same numbers on every architecture."""

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REGULAR = 1 << 7, 1 << 8
REFER, TRUNCATE, IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15

READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REGULAR | REFER | TRUNCATE
"""In a scratch folder: files and folders; no devices, pipes, sockets or symbolic links."""
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
OF_ITSELF = (
    "auxv",
    "cmdline",
    "comm",
    "environ",
    "fd",
    "fdinfo",
    "io",
    "limits",
    "maps",
    "schedstat",
    "smaps",
    "smaps_rollup",
    "stat",
    "statm",
    "status",
)
"""What a process may read of itself in /proc. Not `net`, `mounts` and their like, which tell of the machine."""
THREADS = "task"
"""Its threads there: they can be counted, and what is said of one - `net` again - cannot be read."""
_TCP, _ABSTRACT_SOCKETS, _SIGNALS = 0b11, 0b01, 0b10


def kernel_abi() -> int:
    """The kernel's version of Landlock, from 1 on. Raises OSError, whose text says why there is none."""
    version = 1
    try:
        return _call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(version))
    except OSError as error:
        reasons = {
            errno.ENOSYS: "this kernel has no Landlock; Linux 5.13 and newer can have it",
            errno.EOPNOTSUPP: "Landlock was not started with this kernel; add it to the boot parameter lsm=",
            errno.EPERM: "the container that this runs in forbids Landlock",
        }
        raise OSError(error.errno, reasons.get(error.errno or 0, f"the kernel refuses Landlock: {error}")) from None


def handled(abi: int) -> int:
    """Every right on files that this version knows: whatever is not granted is refused."""
    return (
        (1 << 13) - 1 | (REFER if abi >= 2 else 0) | (TRUNCATE if abi >= 3 else 0) | (IOCTL_DEVICE if abi >= 5 else 0)
    )


def attributes(abi: int, scope: int) -> bytes:
    """The ruleset's description, as long as this version takes it."""
    whole = struct.pack("<QQQ", handled(abi), _TCP if abi >= 4 else 0, scope)
    return whole[: 24 if abi >= 6 else 16 if abi >= 4 else 8]


def restrict(abi: int, read: Iterable[str], write: Iterable[str]) -> None:
    """Leaves this process what is named, for good. Call it from the only thread, after no_new_privs.

    read: files and folders with all that is below them, without symbolic links; what is absent by now is left out.
    Some of what /proc says of this process itself is always to be read.
    write: folders to read and write in; they must be there. Raises OSError.
    """
    ruleset = _ruleset(abi)
    try:
        itself = os.path.realpath("/proc/self")
        for path in (*read, *(f"{itself}/{name}" for name in OF_ITSELF)):
            with contextlib.suppress(FileNotFoundError):
                _grant(ruleset, path, READ & handled(abi))
        _grant(ruleset, f"{itself}/{THREADS}", READ_DIR)
        for path in DEVICES:
            with contextlib.suppress(FileNotFoundError):
                _grant(ruleset, path, READ_FILE | WRITE_FILE)
        for path in write:
            _grant(ruleset, path, WRITE & handled(abi))
        _call(_RESTRICT, ruleset, ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _ruleset(abi: int) -> int:
    # some kernels say 6 and know one of the two scopes or none: they are asked, not believed
    scopes = (_ABSTRACT_SOCKETS | _SIGNALS, _ABSTRACT_SOCKETS, 0) if abi >= 6 else (0,)
    for scope in scopes:
        described = attributes(abi, scope)
        try:
            return _call(_CREATE, described, ctypes.c_size_t(len(described)), ctypes.c_uint32(0))
        except OSError as error:
            if error.errno != errno.EINVAL or not scope:
                raise
    raise AssertionError("the last scope is 0")


def _grant(ruleset: int, path: str, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= ON_FILES
        beneath = 1
        _call(_ADD, ruleset, beneath, struct.pack("=Qi", rights, place), ctypes.c_uint32(0))
    finally:
        os.close(place)


_library = ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    result = int(_library.syscall(number, *arguments))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"landlock: {os.strerror(error)}")
    return result
