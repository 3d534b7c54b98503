"""The journal of progress: whatever goes wrong on disk, nothing that was saved is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.records.verdict import Status
from tutor.learner import journal
from tutor.learner.events import Attempt
from tutor.learner.progress import Progress, ProgressError


def attempt(exercise: str, part: str, status: Status = "passed", score: float = 2.0) -> Attempt:
    return Attempt(exercise=exercise, part=part, status=status, score=score, max=2.0, seed=1)


def test_a_corrupt_file_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    path.write_bytes(b"this is no database" * 500)
    progress = Progress(path)
    assert progress.notice and "could not be read" in progress.notice
    kept = list(tmp_path.glob("progress.broken-*.sqlite"))
    assert len(kept) == 1 and kept[0].read_bytes() == b"this is no database" * 500
    assert str(kept[0]) in progress.notice
    assert progress.record(attempt("a", "x")) and Progress(path).part("a", "x").passed


def test_a_damaged_page_is_found_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    progress = Progress(path)
    for _ in range(200):
        progress.record(attempt("a", "x"))
    progress.close()
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 4] = b"\xff" * 8192
    path.write_bytes(data)
    assert "could not be read" in (Progress(path).notice or "")
    assert len(list(tmp_path.glob("progress.broken-*"))) == 1


def test_a_newer_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("pragma user_version=7")
        database.execute("create table future(x)")
    database.close()
    before = path.read_bytes()
    progress = Progress(path)
    assert progress.trouble and "newer dl-tutor (format 7" in progress.trouble
    assert not progress.record(attempt("a", "x"))
    assert progress.part("a", "x").passed  # the tutor goes on
    assert path.read_bytes() == before
    with pytest.raises(ProgressError, match="newer"):
        list(progress.export())


def test_an_old_file_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "progress.sqlite"
    old = Progress(path)
    old.record(attempt("a", "x"))
    old.close()
    more = "alter table entry add column note text; create index entry_at on entry(at);"
    monkeypatch.setattr(journal, "MIGRATIONS", (*journal.MIGRATIONS, more))
    new = Progress(path)
    assert new.part("a", "x").passed and new.record(attempt("a", "y"))
    new.close()
    with sqlite3.connect(path) as database:
        assert database.execute("pragma user_version").fetchone() == (2,)
        assert database.execute("select count(note), count(*) from entry").fetchone() == (0, 2)
    database.close()


def test_a_full_disk_is_said_and_mended(tmp_path: Path) -> None:
    progress = Progress(tmp_path / "progress.sqlite")
    database = progress.journal._database
    assert database is not None
    pages = database.execute("pragma page_count").fetchone()[0]
    database.execute(f"pragma max_page_count={pages}")
    saved = [progress.record(attempt("a", "x", "failed", 1.0)) for _ in range(200)]
    assert saved[0] and not saved[-1]
    assert progress.trouble and "database or disk is full" in progress.trouble
    assert progress.part("a", "x").attempts == 200
    database.execute("pragma max_page_count=100000")
    assert progress.record(attempt("a", "x"))
    assert progress.trouble is None
    assert Progress(tmp_path / "progress.sqlite").part("a", "x").attempts == 201


def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    progress = Progress(tmp_path / "file" / "progress.sqlite")
    assert progress.trouble and progress.trouble.startswith("Progress is not being saved: ")
    assert not progress.record(attempt("a", "x")) and progress.part("a", "x").passed
    (tmp_path / "file").unlink()
    assert progress.record(attempt("a", "y"))  # mended: both are saved now
    assert Progress(tmp_path / "file" / "progress.sqlite").part("a", "x").passed


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_home_is_read(tmp_path: Path) -> None:
    path = tmp_path / "home" / "progress.sqlite"
    first = Progress(path)
    first.record(attempt("a", "x"))
    first.close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        progress = Progress(path)
        assert progress.trouble and progress.part("a", "x").passed
        assert not progress.record(attempt("a", "y"))
    finally:
        path.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("mounts", "remote"),
    [
        ("/dev/sda1 / ext4 rw 0 0\n", False),
        ("/dev/sda1 / ext4 rw 0 0\nserver:/home {0} nfs4 rw 0 0\n", True),
        ("//server/home {0} cifs rw 0 0\n", True),
        ("me@there: {0} fuse.sshfs rw 0 0\n", True),
        ("server:/ / nfs rw 0 0\n/dev/sda1 {0} ext4 rw 0 0\n", False),
    ],
)
def test_a_remote_file_system_is_known(tmp_path: Path, mounts: str, remote: bool) -> None:
    table = mounts.format(str(tmp_path).replace(" ", "\\040"))
    assert journal.is_remote(tmp_path / "progress.sqlite", table) is remote


@pytest.mark.parametrize("remote", [False, True])
def test_the_journal_is_wal_only_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: bool) -> None:
    monkeypatch.setattr(journal, "is_remote", lambda _: remote)
    progress = Progress(tmp_path / "progress.sqlite")
    database = progress.journal._database
    assert database is not None
    assert database.execute("pragma journal_mode").fetchone() == ("delete" if remote else "wal",)
    assert database.execute("pragma synchronous").fetchone() == (2,)


WRITER = """
import sys
from pathlib import Path
from tutor.learner.events import Hint
from tutor.learner.progress import Progress
progress = Progress(Path(sys.argv[1]))
first = int(sys.argv[2])
print("ready", flush=True)
for number in range(first, first + 100000):
    if progress.record(Hint(exercise="a", part="x", rung=number)):
        print(number, flush=True)
"""


@pytest.mark.slow
def test_fifty_kills_lose_nothing_that_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    draw = random.Random(0)
    shown: set[int] = set()
    for turn in range(50):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(turn * 100000)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0.0, 0.03))
        writer.send_signal(signal.SIGKILL)
        lines = writer.stdout.read().splitlines(keepends=True)
        writer.wait()
        shown |= {int(line) for line in lines if line.endswith("\n")}
    progress = Progress(path)
    assert progress.notice is None and progress.trouble is None
    assert len(shown) > 50
    assert shown <= progress.rungs("a", "x")


def test_many_writers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    count = 3
    code = WRITER.replace("100000", "40")
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(n * 1000)], stdout=subprocess.PIPE, text=True)
        for n in range(count)
    ]
    shown = [writer.communicate(timeout=60)[0].split() for writer in writers]
    assert [len(lines) for lines in shown] == [41] * count
    assert len(Progress(path).rungs("a", "x")) == 40 * count
