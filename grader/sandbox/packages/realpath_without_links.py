"""Where links lead to is nothing that code in the sandbox is told: for it they are files and folders like others.

Python's own `realpath` does not expect that, and `Path.resolve` and many packages call it.
"""

from __future__ import annotations

import errno
import os
from typing import Any


def install() -> None:
    """From now on `os.path.realpath` leaves a link in place where the system does not say where it leads to."""
    follow: Any = os.path.realpath
    if hasattr(follow, "__wrapped__"):
        return

    def realpath(filename: Any, *, strict: Any = False) -> Any:
        try:
            return follow(filename, strict=strict)
        except OSError as error:
            if strict or error.errno != errno.EINVAL:
                raise
            return os.path.abspath(filename)  # noqa: PTH100  # Path.resolve asks here again

    realpath.__wrapped__ = follow  # type: ignore[attr-defined]
    os.path.realpath = realpath
