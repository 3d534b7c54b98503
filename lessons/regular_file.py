"""Reading a file that others have made: a regular file, no more of it than is wanted, and without ever waiting for it.

A name may lead to a pipe, which waits for a writer, to a device, which has no end, or by a link to a file that its
reader may read and its maker may not. What was opened is looked at, not what the name stood for before.
"""

from __future__ import annotations

import errno
import os
import stat

LARGEST = 1 << 20
"""Bytes of a file that a person writes."""
KINDS = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
CHUNK = 1 << 16


class NotRegular(OSError):
    """What the name leads to is no regular file."""


class TooLarge(OSError):
    """The file is larger than what is read of it."""


def read(path: str | os.PathLike[str], most: int = LARGEST, *, links: bool = True, folder: int | None = None) -> bytes:
    """The bytes of a file. links: whether the name may be a symbolic link, as the way to it always may.

    folder: the descriptor of the folder that a relative path is looked up in.
    Raises NotRegular, TooLarge and other OSErrors; their strerror says what is the matter.
    """
    name = os.fspath(path)
    try:
        _insist(os.stat(name, dir_fd=folder, follow_symlinks=links).st_mode, name)  # a device is not even opened
        place = os.open(name, FLAGS | (0 if links else getattr(os, "O_NOFOLLOW", 0)), dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP and not links:
            raise NotRegular(errno.EINVAL, "not a regular file but a symbolic link", name) from None
        raise
    try:
        state = os.fstat(place)
        _insist(state.st_mode, name)
        if state.st_size > most:
            raise _too_large(most, name)
        return _all(place, most, name)
    finally:
        os.close(place)


def _insist(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory", name)
    for of_this_kind, kind in KINDS:
        if of_this_kind(mode):
            raise NotRegular(errno.EINVAL, f"not a regular file but {kind}", name)
    if not stat.S_ISREG(mode):
        raise NotRegular(errno.EINVAL, "not a regular file", name)


def _all(place: int, most: int, name: str) -> bytes:
    """What can be read, which need not be what the size said: a file may grow meanwhile, and some have no size."""
    pieces, have = [], 0
    while piece := os.read(place, min(CHUNK, most + 1 - have)):
        pieces.append(piece)
        have += len(piece)
        if have > most:
            raise _too_large(most, name)
    return b"".join(pieces)


def _too_large(most: int, name: str) -> TooLarge:
    return TooLarge(errno.EFBIG, f"larger than {most >> 10} KiB", name)
