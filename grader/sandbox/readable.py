"""What learner code may read here: Python, its packages, the system's libraries - and nothing near an answer.

A rule of Landlock holds for a folder with all that is below it and knows no exceptions. So a folder that holds
something forbidden is granted child by child.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""Where this installation's rooms lie: a checkout, or site-packages."""
ROOMS = ("lessons", "tutor", "grader", "tests", "benchmarks", "docs")
OPEN_ROOMS = ("kernels",)

SYSTEM = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/fonts",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/pki/tls/certs",
    "/etc/pki/ca-trust/extracted",
    "/etc/mime.types",
    "/usr/share/zoneinfo",
    "/usr/share/fonts",
    "/usr/share/fontconfig",
    "/usr/share/ca-certificates",
    "/usr/share/locale",
    "/usr/local/share/fonts",
    "/usr/local/share/ca-certificates",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
)
"""What numerical programs read outside Python. Not /etc/passwd, not /dev/shm, no other process."""

_OF_A_PREFIX = ("lib", "lib64", "include", "ssl", "fonts", "share/zoneinfo", "share/fonts")


def interpreter(homes: Iterable[Path] = ()) -> Iterator[Path]:
    """Where this Python keeps its library and packages. Of a prefix that is a home, only Python's own folders."""
    homes = [home.resolve() for home in homes]
    for prefix in {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}:
        folder = Path(prefix).resolve()
        if not any(home.is_relative_to(folder) for home in homes):
            yield from (folder / name for name in _OF_A_PREFIX)
    for name in ("stdlib", "platstdlib", "purelib", "platlib", "include"):
        yield Path(sysconfig.get_path(name))
    # packages may lie outside every prefix; other entries are somebody's projects
    kinds = ("site-packages", "dist-packages")
    yield from (Path(entry) for entry in sys.path if entry.endswith((".zip", *kinds)))


def private() -> Iterator[Path]:
    """The parts of this installation that are not for learner code."""
    packages = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")}
    if ROOT not in packages:
        yield ROOT  # a checkout: its history and its builds hold the lessons too
    yield from (ROOT / room for room in ROOMS)


def readable(hidden: Iterable[Path], homes: Iterable[Path], more: Iterable[Path] = ()) -> list[str]:
    """The files and folders to grant a worker. hidden: folders never to grant. more: data sets and the like."""
    homes = list(homes)
    roots = [*map(Path, SYSTEM), *interpreter(homes), *(ROOT / room for room in OPEN_ROOMS), *more]
    return [str(path) for path in grants(roots, [*private(), *homes, *hidden])]


def grants(roots: Iterable[Path], forbidden: Iterable[Path]) -> list[Path]:
    """The largest files and folders that lie in the roots and hold nothing that is forbidden.

    The deepest of the folders that a place lies in decides: a root in a forbidden folder is granted, a forbidden
    folder in a root is not, and what is both is forbidden. A symbolic link is followed where it is a root itself;
    in a folder that is gone through, its target counts only where that lies in a root of its own.
    """
    closed = {_real(path) for path in forbidden}
    opened = {_real(path) for path in roots} - closed
    found: set[Path] = set()
    for root in opened:
        if root.exists():
            found.update(_granted(root, closed))
    return sorted(path for path in found if not any(parent in found for parent in path.parents))


def _granted(path: Path, closed: set[Path]) -> Iterator[Path]:
    if path in closed:
        return
    if not any(one.is_relative_to(path) for one in closed):
        yield path
        return
    try:
        children = sorted(path.iterdir())
    except OSError:
        return
    for child in children:
        if not child.is_symlink():
            yield from _granted(child, closed)


def covers(granted: Iterable[str], path: Path) -> bool:
    """Whether these grants let a process read what lies in a folder."""
    return any(_real(path).is_relative_to(one) for one in granted)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
