"""Scratch folders: how full one is while a worker writes in it, and how it is taken away whatever lies in it.

Nothing here opens a file or follows a link, because the folder's content is the worker's to choose.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox.limits import FILE_SIZE

MAX_BYTES, MAX_ENTRIES = 256 << 20, 2000


def link(folder: str, data: Iterable[Path]) -> None:
    """Shows what lies in folders of data sets in a scratch folder, under its own name and as `data/`."""
    for mirror in data:
        with contextlib.suppress(OSError):
            Path(folder, "data").symlink_to(mirror)
            for place in mirror.iterdir():
                if not place.name.startswith("."):
                    Path(folder, place.name).symlink_to(place)


def overflows(folder: str, pid: int) -> bool:
    """Whether a worker keeps more than it may: in its folder, or in files that it has deleted and still holds.

    What cannot be looked into counts as too much. Costs microseconds for an empty folder, a few milliseconds at most.
    """
    size, entries = 0, 0
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as listing:
                for entry in listing:
                    entries += 1
                    if entries > MAX_ENTRIES:
                        return True
                    with contextlib.suppress(FileNotFoundError):
                        found = entry.stat(follow_symlinks=False)
                        size += found.st_blocks * 512
                        if stat.S_ISDIR(found.st_mode):
                            folders.append(entry.path)
        except FileNotFoundError:
            continue
        except OSError:  # nested too deeply, or closed to us
            return True
    return size + _deleted(folder, pid) > MAX_BYTES


def _deleted(folder: str, pid: int) -> int:
    """Bytes in files and folders that lie nowhere any more and that the process has open, or mapped into its memory.

    A thread has no descriptors of its own, and none is on its way in a message: the filter sees to that.
    """
    sizes: dict[int, int] = {}
    place = f"/proc/{pid}/fd"
    with contextlib.suppress(OSError):  # it has ended
        for name in os.listdir(place):
            with contextlib.suppress(OSError):
                found = Path(place, name).stat()
                if found.st_nlink == 0 and (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
                    sizes[found.st_ino] = found.st_blocks * 512
        for inode in _mapped(folder, Path(f"/proc/{pid}/maps").read_bytes()):
            sizes.setdefault(inode, FILE_SIZE)  # how large one is that is not open, only root is told
    return sum(sizes.values())


GONE = b" (deleted)"


def _mapped(folder: str, maps: bytes) -> set[int]:
    """The inodes of files of a folder that have been deleted and are mapped, by what /proc says of a process."""
    if GONE not in maps:
        return set()
    within = os.fsencode(os.path.realpath(folder)) + b"/"
    fields = (line.split(None, 5) for line in maps.splitlines() if line.endswith(GONE))
    return {int(field[4]) for field in fields if field[5].startswith(within)}


def empty(folder: str) -> None:
    """Takes away what lies in a folder, however deeply it is nested; what cannot be removed is left."""
    above, name = os.path.split(folder)
    with contextlib.suppress(OSError):
        within = os.open(above, os.O_PATH | os.O_DIRECTORY)
        try:
            top = _opened(name, within)
        finally:
            os.close(within)
        try:
            _empty(top)
        finally:
            os.close(top)


def remove(folder: str) -> None:
    """Takes a folder away with all that lies in it; what cannot be removed is left."""
    empty(folder)
    with contextlib.suppress(OSError):
        Path(folder).rmdir()


def _empty(top: int) -> None:
    """Removes the entries of an open folder. Folders in folders are first moved up, so that nothing is deep."""
    number = 0
    while names := os.listdir(top):
        left = len(names)
        for name in names:
            with contextlib.suppress(OSError):
                if not _is_folder(name, top):
                    os.unlink(name, dir_fd=top)
                    left -= 1
                    continue
                inner = _opened(name, top)
                try:
                    for deeper in os.listdir(inner):
                        if _is_folder(deeper, inner):
                            number += 1
                            os.close(_opened(deeper, inner))
                            os.rename(deeper, f".{number}", src_dir_fd=inner, dst_dir_fd=top)
                            left -= 1
                        else:
                            os.unlink(deeper, dir_fd=inner)
                finally:
                    os.close(inner)
                os.rmdir(name, dir_fd=top)
                left -= 1
        if left == len(names):
            return


def _is_folder(name: str, within: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=within, follow_symlinks=False).st_mode)


def _opened(name: str, within: int) -> int:
    """An open folder, which its owner may now read, write and move: it may have been closed even to us."""
    place = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=within)
    try:
        Path(f"/proc/self/fd/{place}").chmod(0o700)
        return os.open(f"/proc/self/fd/{place}", os.O_RDONLY | os.O_DIRECTORY)
    finally:
        os.close(place)
