"""Memory moves to huge pages, keeps what is in it, and stays as it is where there are none."""

from __future__ import annotations

import ctypes
import mmap
import re
import time
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.sandbox import huge_pages, memory

PAGES = 3


@pytest.fixture
def region(monkeypatch: pytest.MonkeyPatch) -> mmap.mmap:
    """Memory of our own in small pages, which is all that `collapse` finds."""
    own = mmap.mmap(-1, (PAGES + 1) * huge_pages.SIZE, flags=mmap.MAP_PRIVATE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(own))
    for place in range(0, len(own), mmap.PAGESIZE):
        own[place : place + 8] = place.to_bytes(8, "little")
    monkeypatch.setattr(huge_pages, "written", lambda: iter([(start, start + len(own))]))
    return own


def huge(pid: int | str = "self") -> int:
    """KiB of a process that lie in huge pages."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"AnonHugePages:\s+(\d+) kB", text)
    return int(found.group(1)) if found else 0


def test_what_is_in_it_stays(region: mmap.mmap) -> None:
    done = list(huge_pages.collapse())
    assert len(done) >= PAGES, "whole huge pages of the region only"
    for place in range(0, len(region), mmap.PAGESIZE):
        assert int.from_bytes(region[place : place + 8], "little") == place


def test_where_the_system_gives_none_nothing_happens(region: mmap.mmap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huge_pages, "_COLLAPSE", 9999)  # as an old kernel answers
    assert not any(huge_pages.collapse())


def test_where_memory_is_short_nothing_happens(region: mmap.mmap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free", lambda: memory.SPARE - 1)
    assert list(huge_pages.collapse()) == []


def test_the_program_and_its_libraries_are_left_alone() -> None:
    mapped = {line.split()[0]: line for line in Path("/proc/self/maps").read_text().splitlines()}
    for start, end in huge_pages.written():
        line = mapped.get(f"{start:x}-{end:x}", "")
        assert "/" not in line and "[stack]" not in line


def test_a_zygote_with_nothing_to_do_has_moved(grader: Grader, region: mmap.mmap) -> None:
    if not all(huge_pages.collapse()):
        pytest.skip("this system has no huge pages to give")
    grader.warm()
    assert grader.host.pid is not None
    while huge(grader.host.pid) < 20 * huge_pages.SIZE >> 10:  # pytest's own guard ends it where that never comes
        time.sleep(0.02)
    assert grader.run("print(1)", name="demo.py").output.text == "1\n"
