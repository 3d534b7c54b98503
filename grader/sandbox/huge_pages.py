"""The zygote's memory in huge pages, so that a fork copies and drops a few hundred entries and not forty thousand.

Most of what a fork costs goes by the number of pages that its parent has written: each has an entry in the page table,
which is copied at the fork and dropped at its end. A huge page has one for 2 MiB, and is divided where a fork writes.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from pathlib import Path

from grader.sandbox import memory

SIZE = 2 << 20
"""Bytes of a huge page, on x86-64 and on arm64 whose small pages have 4 KiB."""
_COLLAPSE = 25
"""MADV_COLLAPSE of madvise(2), from Linux 6.1 on: the memory is copied to huge pages at once."""
_libc = ctypes.CDLL(None, use_errno=True)


def collapse() -> Iterator[bool]:
    """Moves this process's memory to huge pages, one at each step, and says of each whether that was done.

    A step takes some milliseconds. Where the system has no such pages, or memory is short, all stays as it is.
    """
    for start, end in written():
        for place in range(-(-start // SIZE) * SIZE, end // SIZE * SIZE, SIZE):
            if not memory.plenty():
                return
            yield _libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(SIZE), _COLLAPSE) == 0


def written() -> Iterator[tuple[int, int]]:
    """Start and end of each region of this process that belongs to no file and may be written."""
    with contextlib.suppress(OSError):  # no /proc
        for line in Path("/proc/self/maps").read_text().splitlines():
            place, mode, _, _, _, *name = line.split(maxsplit=5)
            if mode == "rw-p" and name in ([], ["[heap]"]):
                start, end = (int(number, 16) for number in place.split("-"))
                yield start, end
