"""Noticing that a file was saved elsewhere, by its content and after it has settled.

The folder is watched, not the file: many editors save by writing a new file and renaming it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

SETTLE_SECONDS = 0.06
"""A save is over when the content has stayed the same for this long."""

POLL_SECONDS = 1.0
"""How often to look where the system does not tell of changes, such as on network file systems."""


def content(path: Path) -> bytes | None:
    """What is in the file; None where it is not there, which a save by renaming may be for a moment."""
    try:
        return path.read_bytes()
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


async def saves(path: Path, stop: asyncio.Event | None = None) -> AsyncIterator[bytes]:
    """The file's content at each real change; touching it or saving it unchanged is none."""
    stop = stop or asyncio.Event()
    known = content(path)
    async for _ in _stirs(path.parent, stop):
        now = await settled(path)
        if now is not None and now != known:
            known = now
            yield now


async def _stirs(folder: Path, stop: asyncio.Event) -> AsyncIterator[None]:
    """Something may have changed in the folder: told by the system, and looked for in any case."""
    stirred = asyncio.Event()

    async def listen() -> None:
        try:
            async for _ in awatch(folder, debounce=50, step=20, recursive=False, stop_event=stop):
                stirred.set()
        except (OSError, RuntimeError):
            return  # no watch to be had (too many already, or an odd file system): looking must do

    listener = asyncio.create_task(listen())
    try:
        while not stop.is_set():
            try:
                await asyncio.wait_for(stirred.wait(), POLL_SECONDS)
            except TimeoutError:
                pass
            stirred.clear()
            if not stop.is_set():
                yield
    finally:
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)
