"""Files of others are read where they are regular files, as far as is wanted, and nothing waits for them."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lessons import regular_file
from lessons.regular_file import NotRegular, TooLarge, read


@pytest.fixture
def nearby(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    return tmp_path


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def tuned(path: Path) -> None:
    one = socket.socket(socket.AF_UNIX)
    one.bind(path.name)
    one.close()


ODD = {"a pipe": pipe, "a device": device, "a socket": tuned}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("links", [True, False])
def test_what_is_no_regular_file_is_refused_and_named(nearby: Path, kind: str, links: bool) -> None:
    ODD[kind](nearby / "x.py")
    with pytest.raises(NotRegular) as caught:
        read(nearby / "x.py", links=links)
    said = "a symbolic link" if kind == "a device" and not links else kind
    assert caught.value.strerror == f"not a regular file but {said}" and caught.value.filename == str(nearby / "x.py")


def test_a_folder_and_an_absent_file_are_said_as_ever(nearby: Path) -> None:
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        read(nearby)
    with pytest.raises(FileNotFoundError):
        read(nearby / "nothing")


def test_a_link_is_followed_where_it_may_be_and_a_linked_folder_always(nearby: Path) -> None:
    (nearby / "folder").mkdir()
    (nearby / "folder" / "x.py").write_text("1")
    (nearby / "way").symlink_to("folder")
    (nearby / "x.py").symlink_to("folder/x.py")
    assert read(nearby / "x.py") == read(nearby / "way" / "x.py", links=False) == b"1"
    with pytest.raises(NotRegular, match="a symbolic link"):
        read(nearby / "x.py", links=False)
    (nearby / "loop").symlink_to("loop")
    with pytest.raises(NotRegular, match="a symbolic link"):
        read(nearby / "loop", links=False)
    with pytest.raises(OSError, match="symbolic links"):
        read(nearby / "loop")


def test_no_more_is_read_than_is_wanted(nearby: Path) -> None:
    (nearby / "x").write_bytes(b"x" * 1024)
    assert read(nearby / "x", 1024) == b"x" * 1024
    with pytest.raises(TooLarge, match="larger than 0 KiB"):
        read(nearby / "x", 1023)


def test_a_sparse_file_is_not_read_at_all(nearby: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (nearby / "x").open("wb") as file:
        file.truncate(1 << 40)
    monkeypatch.setattr(regular_file, "_all", None)
    with pytest.raises(TooLarge, match="larger than 1024 KiB"):
        read(nearby / "x")


def test_a_file_without_a_size_is_read_as_far_as_is_wanted() -> None:
    assert b"Name:" in read("/proc/self/status")
    with pytest.raises(TooLarge):
        read("/proc/self/status", 100)


@pytest.fixture
def changing(nearby: Path) -> Iterator[Path]:
    """A name that is by turns a file, a link to a secret, and a pipe that nobody writes to."""
    for name, text in (("file", "open"), ("secret", "secret")):
        (nearby / name).write_text(text)
    os.mkfifo(nearby / "pipe")
    over = threading.Event()

    def change() -> None:
        while not over.is_set():
            for turn in ("file", "secret", "pipe"):
                following = nearby / "next"
                following.unlink(missing_ok=True)
                if turn == "secret":
                    following.symlink_to(turn)
                else:
                    following.hardlink_to(nearby / turn)
                following.replace("x.py")

    thread = threading.Thread(target=change)
    thread.start()
    yield nearby / "x.py"
    over.set()
    thread.join()


def test_what_is_opened_counts_and_not_what_was_there_before(changing: Path) -> None:
    seen: set[bytes] = set()
    until = time.monotonic() + 10
    while len(seen) < 3 and time.monotonic() < until:
        try:
            seen.add(read(changing, links=False))
        except FileNotFoundError:
            continue
        except NotRegular as error:
            seen.add(str(error.strerror).encode())
    assert seen <= {b"open", b"not a regular file but a symbolic link", b"not a regular file but a pipe"}
    assert b"open" in seen


def test_a_file_of_a_folder_is_looked_up_in_that_folder(nearby: Path) -> None:
    (nearby / "one").mkdir()
    (nearby / "one" / "x.py").write_text("one")
    folder = os.open("one", os.O_RDONLY)
    (nearby / "one").rename("two")
    try:
        assert read("x.py", folder=folder) == b"one"
    finally:
        os.close(folder)
