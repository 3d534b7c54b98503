"""Scratch folders: one that is filled ends the run, and nothing that a worker leaves in one stays behind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.sandbox import scratch
from grader.sandbox.host import Host

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
}


@pytest.mark.parametrize("name", FILLING)
def test_a_folder_that_is_filled_ends_the_run(grader: Grader, name: str) -> None:
    run = grader.run(FILLING[name], name="fill.py", seconds=20)
    assert run.status == "forbidden" and "filled its folder with more than 256 MiB or 2,000 files" in run.message, run
    assert os.listdir(grader.host.scratch) == []
    assert grader.run("print(1)", name="next.py").output.text == "1\n"


def test_a_folder_that_is_closed_to_us_counts_as_full_and_goes_too(grader: Grader) -> None:
    source = (
        "import os, time\nos.mkdir('shut', 0o300)\nopen('shut/x', 'w').write('1')\nos.mkdir('none', 0)\ntime.sleep(1)"
    )
    run = grader.run(source, name="shut.py", seconds=20)
    assert run.status == ("passed" if os.getuid() == 0 else "forbidden")  # root looks into every folder
    assert os.listdir(grader.host.scratch) == []


def test_what_fits_is_nobodys_business(grader: Grader) -> None:
    source = "import time\nfor i in range(100): open(f'f{i}', 'wb').write(bytes(1 << 20))\ntime.sleep(0.3)"
    assert grader.run(source, name="fits.py", seconds=20).status == "passed"


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


def test_a_host_that_is_closed_leaves_no_folder() -> None:
    host = Host()
    host.boot()
    folder = host.scratch
    (Path(folder) / "a" / "b").mkdir(parents=True)
    host.close()
    assert folder and not Path(folder).exists()
