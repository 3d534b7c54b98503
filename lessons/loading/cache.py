"""The course as loaded, kept in one file, so that it is read anew only when one of its files has changed.

What is kept holds nothing that the course's own files do not; losing it costs time only.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import itertools
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from lessons import atomic, schema
from lessons.location import default_course, private_exercises
from lessons.schema import Course

CODE = (Path(__file__).parent, Path(schema.__path__[0]))
"""The rooms whose code makes a course of files."""
MAX_ENTRIES = 200_000
"""Files and folders of a course that are looked at; what has more is no course."""
STAMP = 32
"""Bytes at the start of the file that say of which files the rest was made, and by which code."""


def kept_course(kept: Path, root: Path | None = None) -> Course:
    """The course in the folder `root` (default: `default_course()`), from the file `kept` where that is of today.

    Else it is loaded and put there; where it cannot be put, it is loaded each time. Raises LessonError.
    """
    root = default_course() if root is None else root
    stamp = _stamp(root)
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        data = kept.read_bytes()
        if data[:STAMP] == stamp:
            with _uncollected():
                return msgspec.msgpack.decode(memoryview(data)[STAMP:], type=Course, dec_hook=_path)
    from lessons.loading.loader import load_course

    course = load_course(root)
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(kept, stamp + msgspec.msgpack.encode(course, enc_hook=os.fspath))
    return course


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Python looks for no garbage meanwhile: tens of thousands of objects are made, and all of them stay."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _stamp(root: Path) -> bytes:
    """Changes with every file that is added, removed or written, and with the code that loads them."""
    private = private_exercises()
    digest = hashlib.sha256(os.fsencode(root.absolute()) + b"\0" + os.fsencode(private.absolute() if private else ""))
    for folder in (*CODE, root, *([private] if private else [])):
        for name, size, changed in sorted(_files(folder, deep=folder not in CODE)):
            digest.update(f"{name}\0{size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return digest.digest()


def _files(folder: Path, *, deep: bool) -> Iterator[tuple[str, int, int]]:
    """Each file with its size and time. A folder is looked into once, however many links lead to it."""
    waiting, seen, count = [str(folder)], set(), 0
    while waiting:
        try:
            entries = list(itertools.islice(os.scandir(waiting.pop()), MAX_ENTRIES - count))
        except OSError:
            continue
        count += len(entries)
        for entry in entries:
            try:
                state = entry.stat()
            except OSError:  # a link that leads nowhere
                continue
            place = (state.st_dev, state.st_ino)
            if stat.S_ISREG(state.st_mode):
                yield entry.path, state.st_size, state.st_mtime_ns
            elif deep and stat.S_ISDIR(state.st_mode) and entry.name != "__pycache__" and place not in seen:
                seen.add(place)
                waiting.append(entry.path)


def _path(kind: type[Any], value: object) -> Path:
    if kind is not Path or not isinstance(value, str):
        raise NotImplementedError(kind)
    return Path(value)
