"""A folder as it was handed in: the files in it that are of use, each read once, and what was refused and why.

Whoever hands in has made every name and every folder in it. No link in it is followed, nothing but regular files is
opened, and neither depth nor number can keep us: what goes too far is left out, with a line that says so.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lessons import regular_file

SKIPPED_FOLDERS = {".git", ".venv", "venv", "__pycache__", "node_modules", "backups"}
MAX_DEPTH = 40
MAX_HERE, MAX_BELOW, MAX_ALL = 20_000, 100_000, 1_000_000
"""Files and folders in one folder; below each of the folders in the one that is given, such as one for each learner of
a class; and in all."""
MAX_SOURCE = regular_file.LARGEST


@dataclass(frozen=True)
class HandedIn:
    """A file, or a folder that was not looked into. data: None where it was refused; `trouble` says why."""

    path: Path
    data: bytes | None
    trouble: str = ""

    @property
    def refusal(self) -> str:
        """Which file was refused, why, and what to do, in a line."""
        return f"{self.path}: {self.trouble}."


def file(path: Path, *, folder: int | None = None, name: str = "") -> HandedIn:
    """A file by itself, or the file `name` of an open folder. It is no link; the way to it may have links in it."""
    try:
        data = regular_file.read(name or path, MAX_SOURCE, links=False, folder=folder)
        return HandedIn(path, data)
    except regular_file.NotRegular as error:
        return HandedIn(path, None, f"{error.strerror}; hand in the file itself")
    except regular_file.TooLarge as error:
        return HandedIn(path, None, f"{error.strerror}; hand in the exercise's code only")
    except OSError as error:
        return HandedIn(path, None, f"cannot be read ({error.strerror})")


def files(folder: Path, wanted: Callable[[str], bool]) -> Iterator[HandedIn]:
    """The files of a folder whose names are wanted, in the order of their names, and of the folders in it.

    Folders that were not looked into come too, as refused. The folder itself may be reached through links.
    Raises OSError where it cannot be looked into.
    """
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield from _Walk(wanted).below(folder, place, 0)
    finally:
        os.close(place)


class _Walk:
    """Goes through a folder by the descriptors of its folders, so that none can be changed for a link meanwhile."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self.wanted = wanted
        self.here = self.all = 0
        """Files and folders that were seen below one of the first folders, and in all."""

    def below(self, path: Path, place: int, depth: int) -> Iterator[HandedIn]:
        names, folders = self._listed(place)
        if len(names) > MAX_HERE:
            yield HandedIn(path, None, f"more than {MAX_HERE:,} files and folders in it; it was not looked into")
            return
        yield from (file(path / name, folder=place, name=name) for name in sorted(names - folders) if self.wanted(name))
        for name in sorted(folders - SKIPPED_FOLDERS):
            if depth == 0:
                self.here = 0
            if self.all > MAX_ALL and depth == 0:
                yield HandedIn(path, None, f"more than {MAX_ALL:,} files and folders; from {name} on all is left out")
            if max(self.here - MAX_BELOW, self.all - MAX_ALL) > 0:
                return
            yield from self._folder(path / name, place, name, depth + 1)

    def _folder(self, path: Path, parent: int, name: str, depth: int) -> Iterator[HandedIn]:
        if depth > MAX_DEPTH:
            yield HandedIn(path, None, f"more than {MAX_DEPTH} folders deep; it was not looked into")
            return
        try:
            place = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
        except OSError as error:
            changed = error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENOENT)
            why = "changed while it was looked at" if changed else f"cannot be looked into ({error.strerror})"
            yield HandedIn(path, None, why)
            return
        try:
            yield from self.below(path, place, depth)
        finally:
            os.close(place)
        if depth == 1 and self.here > MAX_BELOW:
            yield HandedIn(path, None, f"more than {MAX_BELOW:,} files and folders; not all of it was looked at")

    def _listed(self, place: int) -> tuple[set[str], set[str]]:
        """The names in a folder, and which of them are folders."""
        names: set[str] = set()
        folders: set[str] = set()
        with os.scandir(place) as entries:
            for entry in entries:
                self.here, self.all = self.here + 1, self.all + 1
                names.add(entry.name)
                if len(names) > MAX_HERE:
                    break
                if entry.is_dir(follow_symlinks=False):
                    folders.add(entry.name)
        return names, folders
