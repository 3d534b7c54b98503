"""The memory that this machine has left: what only makes a verdict quicker takes none where there is little."""

from __future__ import annotations

import contextlib
from pathlib import Path

from grader.sandbox.limits import GIB

SPARE = GIB
"""Bytes that must be free for what could as well be left undone."""


def free() -> int:
    """Bytes that programs can have without others losing theirs; 0 where nothing says so."""
    with contextlib.suppress(OSError, StopIteration, ValueError):
        lines = Path("/proc/meminfo").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("MemAvailable:")).split()[1])
    return 0


def plenty() -> bool:
    """Whether there is some to spare."""
    return free() >= SPARE
