"""ZIP archives that others made: what could be an answer is taken out, and whatever means harm is refused by name."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from grader.handed_in import MAX_SOURCE
from grader.records.printable import one_line
from lessons import regular_file

LARGEST, ENTRIES, TAKEN = 64 << 20, 10_000, 500
"""Bytes of an archive, entries that it may have, and files that are taken out of one."""
DEEPEST = 12
"""Folders that a file may lie in."""
BROKEN = (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, ValueError, RuntimeError, struct.error)
"""What the library raises for an archive that it cannot read."""
_END, _END_SIZE = b"PK\x05\x06", 22


class BadArchive(Exception):
    """An archive that is not opened: the text says which, and why."""


def unpack(archive: Path, folder: Path, wanted: Callable[[str], bool], refused: list[str]) -> None:
    """Writes the files of an archive whose names are `wanted` into a folder.

    refused: takes a line for each entry that is not taken though it was wanted. Raises BadArchive, and OSError where
    the folder cannot be written.
    """
    said = one_line(str(archive))
    try:
        data = regular_file.read(archive, LARGEST + 1)
    except OSError as error:
        raise BadArchive(f"{said}: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise BadArchive(f"{said}: larger than {LARGEST >> 20} MB, which no set of answers is.")
    if (count := _count(data)) > ENTRIES:
        raise BadArchive(f"{said}: has {count:,} entries; {ENTRIES:,} is the most that is looked at.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            _take(opened, said, folder, wanted, refused)
    except BROKEN as error:
        raise BadArchive(f"{said}: cannot be read as a ZIP archive ({one_line(str(error))}).") from None


def _count(data: bytes) -> int:
    """How many entries an archive says that it has; 65,535 stands for that many or more."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if at < 0 or at + _END_SIZE > len(data):
        return 0
    return int(struct.unpack_from("<H", data, at + 10)[0])


def _take(opened: zipfile.ZipFile, said: str, folder: Path, wanted: Callable[[str], bool], refused: list[str]) -> None:
    taken: set[PurePosixPath] = set()
    for entry in opened.infolist():
        path = PurePosixPath(entry.filename)
        if entry.is_dir() or not wanted(path.name):
            continue
        where = f"{said}: {one_line(entry.filename)}"
        if why := _harm(entry, path):
            refused.append(f"{where}: {why}.")
        elif path in taken:
            refused.append(f"{where}: there are two files of this name; the first is judged.")
        elif len(taken) == TAKEN:
            refused.append(f"{said}: more than {TAKEN} files; the others were not looked at.")
            return
        else:
            taken.add(path)
            with opened.open(entry) as inside:
                data = inside.read(MAX_SOURCE + 1)  # what is larger is refused where it is judged, whatever it claims
            target = folder.joinpath(*path.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _harm(entry: zipfile.ZipInfo, path: PurePosixPath) -> str:
    """Why an entry is not taken, or nothing."""
    name, mode = entry.filename, entry.external_attr >> 16
    if path.is_absolute() or ".." in path.parts or "\\" in name or (path.parts and path.parts[0].endswith(":")):
        return "its path leads out of the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "not a regular file but a link or a device"
    if entry.flag_bits & 1:
        return "encrypted"
    if one_line(name) != name or len(name) > 400 or len(path.parts) > DEEPEST:
        return "its name is none that a file should have"
    return ""
