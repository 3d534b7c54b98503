"""A file that is written whole or not at all, and is on disk for certain when the call returns."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Writes a file by way of a draft beside it. A link stays a link, and the rights of a file that is there stay.

    The folder must be there. Raises OSError, and then the file is as it was.
    """
    real = path.resolve()
    made = draft(real, data, real.stat().st_mode & 0o777 if real.exists() else 0o644)
    try:
        os.replace(made, real)
    except OSError:
        made.unlink(missing_ok=True)
        raise
    _sync_folder(real.parent)


def draft(path: Path, data: bytes, mode: int) -> Path:
    """The data in a file beside `path`, on disk for certain. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(mode)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    return made


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every file system lets a folder be synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
