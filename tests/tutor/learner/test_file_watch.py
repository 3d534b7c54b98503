"""A save is noticed by content, however the editor saves."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tutor.learner import file_watch


@contextlib.asynccontextmanager
async def watching(path: Path) -> AsyncIterator[asyncio.Queue[bytes]]:
    seen: asyncio.Queue[bytes] = asyncio.Queue()
    known = path.read_bytes()

    async def collect() -> None:
        async for data in file_watch.saves(path, known):
            seen.put_nowait(data)

    task = asyncio.create_task(collect())
    await asyncio.sleep(0.3)
    try:
        yield seen
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def soon(seen: asyncio.Queue[bytes]) -> bytes:
    return await asyncio.wait_for(seen.get(), 12)


async def test_a_plain_save_and_a_save_by_renaming(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("one")
    async with watching(path) as seen:
        path.write_text("two")
        assert await soon(seen) == b"two"
        draft = tmp_path / "a.py.new"
        draft.write_text("three")
        draft.replace(path)
        assert await soon(seen) == b"three"
        path.rename(tmp_path / "a.py~")  # the vim way: away, then anew
        path.write_text("four")
        assert await soon(seen) == b"four"


async def test_a_save_between_reading_and_watching_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("two")
    async for data in file_watch.saves(path, b"one"):
        assert data == b"two"
        return


async def test_what_is_no_change_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("one")
    async with watching(path) as seen:
        path.touch()
        path.write_text("one")
        (tmp_path / "b.py").write_text("another file")
        path.unlink()
        await asyncio.sleep(1.5)
        assert seen.empty()
        path.write_text("two")
        assert await soon(seen) == b"two"


async def test_a_slow_save_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("")
    async with watching(path) as seen:
        with path.open("w") as file:
            for _ in range(10):
                file.write("x")
                file.flush()
                await asyncio.sleep(0.02)
        assert (await soon(seen)).startswith(b"xxxxx")


async def test_looking_does_where_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(*_: object, **__: object) -> None:
        raise OSError("no watch")

    monkeypatch.setattr("watchfiles.watch", deaf)
    monkeypatch.setattr(file_watch, "POLL_SECONDS", 0.1)
    path = tmp_path / "a.py"
    path.write_text("one")
    os.utime(path, (0, 0))
    async with watching(path) as seen:
        path.write_text("two")
        assert await soon(seen) == b"two"
