"""Noticing that a file was saved elsewhere, by its content and after it has settled.

The folder is watched, not the file: many editors save by writing a new file and renaming it.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from pathlib import Path

from lessons import regular_file

SETTLE_SECONDS = 0.06
"""A save is over when the content has stayed the same for this long."""

POLL_SECONDS = 1.0
"""How often to look where the system does not tell of changes, such as on network file systems."""


def content(path: Path) -> bytes | None:
    """What is in the file; None where there is none, which a save by renaming may be for a moment, or no text."""
    try:
        return regular_file.read(path)
    except OSError:
        return None


async def settled(path: Path) -> bytes | None:
    """The content once it has stopped changing."""
    seen = content(path)
    while True:
        await asyncio.sleep(SETTLE_SECONDS)
        now = content(path)
        if now == seen:
            return now
        seen = now


async def saves(path: Path, known: bytes | None) -> AsyncIterator[bytes]:
    """The file's content at each real change from what is known of it; touching it or saving it unchanged is none."""
    async with contextlib.aclosing(saves_of({path: known}, path.parent)) as saved:
        async for _, data in saved:
            yield data


async def saves_of(
    known: Mapping[Path, bytes | None], folder: Path, *, recursive: bool = False
) -> AsyncGenerator[tuple[Path, bytes], None]:
    """The same for several files in a folder, which need not be there yet; recursive: in folders of it too.

    known: their contents when they were last looked at. Whoever read them has read them before this began, and a save
    in between is one.
    """
    known = dict(known)
    async with contextlib.aclosing(_stirs(folder, recursive)) as stirs:
        async for _ in stirs:
            for path in known:
                if content(path) in (None, known[path]):
                    continue
                now = await settled(path)
                if now is not None and now != known[path]:
                    known[path] = now
                    yield path, now


async def _stirs(folder: Path, recursive: bool) -> AsyncGenerator[None, None]:
    """Something may have changed in the folder: told by the system, and looked for in any case."""
    loop = asyncio.get_running_loop()
    stirred, over = asyncio.Event(), threading.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(stirred.set)

    threading.Thread(target=_listen, args=(folder, recursive, over, tell), name="watch", daemon=True).start()
    try:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):  # wait_for may swallow a cancellation
                    await stirred.wait()
            stirred.clear()
            yield
    finally:
        over.set()


def _listen(folder: Path, recursive: bool, over: threading.Event, tell: Callable[[], None]) -> None:
    from watchfiles import watch  # here, because the app's first picture need not wait for it

    # Not awatch: a thread of our own is stopped from anywhere, and needs no loop to end.
    try:
        for _ in watch(folder, debounce=50, step=20, recursive=recursive, stop_event=over, raise_interrupt=False):
            tell()
    except (OSError, RuntimeError):
        return  # no watch to be had (too many, or an odd file system), or no loop any more: looking must do
