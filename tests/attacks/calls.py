"""What an attack needs that asks the kernel by number, past the C library; and a bell for what got through.

Run in front of the attacks that say `# with: calls`, in their process.
"""

import ctypes
import platform
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)
COLUMN = ("x86_64", "aarch64").index(platform.machine())


def call(x86: int, arm: int, *arguments: Any) -> int:
    """What the call of these numbers returns; where it fails, its errno, negative."""
    result = LIBC.syscall(ctypes.c_long((x86, arm)[COLUMN]), *arguments)
    return int(result) if result >= 0 else -ctypes.get_errno()


def harmed_by(what: str, *results: int) -> None:
    """Says which of these attempts were let through."""
    for number, result in enumerate(results):
        if result >= 0:
            print("HARMED:", what, number, result)
