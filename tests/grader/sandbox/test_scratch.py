"""Scratch folders: one that is filled ends the run, and nothing that a worker leaves in one stays behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.sandbox import scratch
from grader.sandbox.host import Host
from grader.sandbox.session import MAX_THREADS, Session

FILLING = {
    "large files": (
        "i = 0\nwhile True:\n    i += 1\n    with open(f'f{i % 9}', 'wb') as file: file.write(bytes(60 << 20))"
    ),
    "many files": "i = 0\nwhile True:\n    i += 1\n    open(f'f{i}', 'w').close()",
    "deep folders": "import os\nwhile True:\n    os.mkdir('d' * 200); os.chdir('d' * 200)",
    "deleted files": (
        "import os\nheld = []\nwhile True:\n"
        "    file = open('x', 'wb'); os.unlink('x'); held.append(file)\n"
        "    if len(held) < 9: file.write(bytes(60 << 20)); file.flush()\n"
        "    else: held.pop()"
    ),
    "deleted files that one page of memory holds": (
        "import ctypes, os\nlibc = ctypes.CDLL(None)\nlibc.mmap.restype = ctypes.c_void_p\nwhile True:\n"
        "    place = os.open('x', os.O_RDWR | os.O_CREAT); os.unlink('x')\n"
        "    os.write(place, bytes(20 << 20))\n"
        "    libc.mmap(None, ctypes.c_size_t(4096), 1, 2, place, ctypes.c_long(0))\n"
        "    os.close(place)"
    ),
}


def left(grader: Grader) -> list[str]:
    """What lies in the folders of those that have ended."""
    return [name for room in grader.host.left for name in os.listdir(room)]


@pytest.mark.parametrize("name", FILLING)
def test_a_folder_that_is_filled_ends_the_run(grader: Grader, name: str) -> None:
    run = grader.run(FILLING[name], name="fill.py", seconds=20)
    assert run.status == "forbidden" and "filled its folder with more than 256 MiB or 2,000 files" in run.message, run
    assert left(grader) == []
    assert grader.run("print(1)", name="next.py").output.text == "1\n"


def test_a_folder_that_is_closed_to_us_counts_as_full_and_goes_too(grader: Grader) -> None:
    source = (
        "import os, time\nos.mkdir('shut', 0o300)\nopen('shut/x', 'w').write('1')\nos.mkdir('none', 0)\ntime.sleep(1)"
    )
    run = grader.run(source, name="shut.py", seconds=20)
    assert run.status == ("passed" if os.getuid() == 0 else "forbidden")  # root looks into every folder
    assert left(grader) == []


def test_a_folder_that_its_worker_has_closed_is_emptied(tmp_path: Path) -> None:
    """Root is not stopped by the mode; tests/attacks/test_ordinary_user.py has the same as an ordinary user."""
    room = tmp_path / "room"
    (room / "deep" / "er").mkdir(parents=True)
    (room / "deep" / "er" / "file").write_text("x")
    room.chmod(0)
    scratch.empty(str(room))
    assert os.listdir(room) == [] and room.stat().st_mode & 0o700 == 0o700
    scratch.remove(str(room))
    assert not room.exists()


def test_what_fits_is_nobodys_business(grader: Grader) -> None:
    source = "import time\nfor i in range(100): open(f'f{i}', 'wb').write(bytes(1 << 20))\ntime.sleep(0.3)"
    assert grader.run(source, name="fits.py", seconds=20).status == "passed"


def test_what_is_deleted_and_held_counts_once_however_often_it_is_open(grader: Grader) -> None:
    source = """
import mmap, tempfile, time
import numpy as np
with tempfile.TemporaryFile() as file:
    file.write(bytes(60 << 20))
    file.flush()
    kept = [mmap.mmap(file.fileno(), 0) for _ in range(8)]
    with tempfile.TemporaryFile() as other:
        kept.append(np.memmap(other, shape=(60 << 20,)))
        time.sleep(0.3)
"""
    assert grader.run(source, name="held.py", seconds=20).status == "passed"


MAPS = b"""7f00-7f01 r--s 00000000 fe:00 11   /tmp/dl-tutor-x/w/gone (deleted)
7f01-7f02 rw-p 00001000 fe:00 11   /tmp/dl-tutor-x/w/gone (deleted)
7f02-7f03 r--s 00000000 fe:00 12   /tmp/dl-tutor-x/w/a b (deleted) (deleted)
7f03-7f04 r--s 00000000 fe:00 13   /tmp/dl-tutor-x/w/here
7f04-7f05 rw-s 00000000 00:01 14   /dev/zero (deleted)
7f05-7f06 r-xp 00000000 fe:00 15   /usr/lib/upgraded.so (deleted)
7f06-7f07 rw-p 00000000 00:00 0    [heap]
7f07-7f08 rw-p 00000000 00:00 0
"""


def test_only_deleted_files_of_the_own_folder_are_counted() -> None:
    assert scratch._mapped("/tmp/dl-tutor-x/w", MAPS) == {11, 12}


def test_what_a_lost_worker_kept_does_not_add_up(grader: Grader) -> None:
    with Session(grader.host, cpu=5) as session:
        session.start_worker().close()
        first = Path(session.room)
        (first / "kept").write_text("1")
        session.renew()
        session.start_worker().close()
        assert not first.exists() and Path(session.room).is_dir()


def test_many_threads_end_the_run_and_many_enough_do_not(grader: Grader) -> None:
    source = """
import threading, time
threading.stack_size(1 << 16)
gate = threading.Event()
for _ in range(COUNT):
    threading.Thread(target=gate.wait, daemon=True).start()
time.sleep(0.3)
"""
    run = grader.run(source.replace("COUNT", "3000"), name="many.py", seconds=20)
    assert run.status == "memory" and f"more than {MAX_THREADS} threads" in run.message, run
    run = grader.run(source.replace("COUNT", str(MAX_THREADS - 1)), name="enough.py", seconds=20)
    assert run.status == "passed", run


def test_links_are_removed_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("1")
    room = Path(tempfile.mkdtemp(dir=tmp_path))
    (room / "link").symlink_to(kept)
    (room / "a" / "b").mkdir(parents=True)
    (room / "a" / "b" / "link").symlink_to(kept / "file")
    os.mkfifo(room / "pipe")
    scratch.remove(str(room))
    assert not room.exists() and (kept / "file").read_text() == "1"
    (tmp_path / "alias").symlink_to(kept)
    scratch.remove(str(tmp_path / "alias"))
    assert (kept / "file").exists()


@pytest.mark.slow
def test_what_is_nested_deeper_than_a_path_can_say_is_removed(tmp_path: Path) -> None:
    room, place = tmp_path / "room", os.open(tmp_path, os.O_RDONLY)
    os.mkdir("room", dir_fd=place)
    name = "room"
    for _ in range(3000):
        inner = os.open(name, os.O_RDONLY, dir_fd=place)
        os.close(place)
        place, name = inner, "deeper"
        os.mkdir(name, dir_fd=place)
    os.close(place)
    assert scratch.overflows(str(room), os.getpid())
    scratch.remove(str(room))
    assert not room.exists()


def test_an_absent_folder_is_no_trouble(tmp_path: Path) -> None:
    scratch.remove(str(tmp_path / "absent"))
    assert not scratch.overflows(str(tmp_path / "absent"), 1 << 22)


@pytest.mark.slow
def test_a_host_that_is_closed_leaves_no_folder() -> None:
    host = Host()
    host.boot()
    folder = host.scratch
    (Path(folder) / "a" / "b").mkdir(parents=True)
    host.close()
    assert folder and not Path(folder).exists()
