"""SQLite locks its file against other processes, and the sandbox lets code lock nothing. In a worker there is no other
process, so its files are opened as SQLite opens those of a file system that has no locks.
"""

from __future__ import annotations

import functools
import os
from typing import Any
from urllib.parse import quote

from grader.sandbox.packages.hook import at_import

ALONE = "nolock=1"
_URI = 6
"""The place of `uri` among the arguments that follow the file's name."""


def install() -> None:
    """Makes `sqlite3.connect` work from now on."""
    at_import("sqlite3", mend)


def mend() -> None:
    import _sqlite3

    connect: Any = _sqlite3.connect
    if hasattr(connect, "__wrapped__"):
        return

    @functools.wraps(connect)
    def alone(database: Any, *args: Any, **options: Any) -> Any:
        is_uri = args[_URI] if len(args) > _URI else options.pop("uri", False)
        name = unlocked(os.fsdecode(database), is_uri=bool(is_uri))
        return connect(name, *args[:_URI], uri=True, **options)

    _sqlite3.connect = alone


def unlocked(name: str, *, is_uri: bool) -> str:
    """The URI of a database that is opened without locks."""
    if name in ("", ":memory:"):
        return f"file:{name}"
    if not (is_uri and name.startswith("file:")):
        return f"file:{quote(name)}?{ALONE}"
    place, mark, section = name.partition("#")
    return f"{place}{'&' if '?' in place else '?'}{ALONE}{mark}{section}"
