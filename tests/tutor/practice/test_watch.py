"""`dl-tutor watch`: every save is judged in plain lines, until Ctrl-C."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tutor.process import BIN, CONVERT, parts, tutor


class Watch:
    """The verb in a process of its own; what it says comes line by line."""

    def __init__(self, *words: str, **env: str) -> None:
        self.process = subprocess.Popen(
            [str(BIN / "dl-tutor"), "watch", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "NO_COLOR": "1", **env},
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, *words: str) -> str:
        """The next line that holds all of these words; what stands before it has been read then."""
        while True:
            try:
                line = self.lines.get(timeout=90)
            except queue.Empty:
                raise AssertionError(f"{words} did not come after:\n" + "\n".join(self.seen)) from None
            self.seen.append(line)
            if all(word in line for word in words):
                return line

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    started: list[Watch] = []
    yield started
    for one in started:
        one.process.kill()
        one.process.wait()


def work(home: Path) -> Path:
    return home / "workspace" / "tensors" / "creating-tensors" / "mixed-list.py"


@pytest.mark.slow
def test_every_save_is_judged_until_ctrl_c(watches: list[Watch], home: Path) -> None:
    watch = Watch("mixed-list")
    watches.append(watch)
    watch.until("Watching", str(work(home)), "Ctrl-C ends this")
    assert "NotImplementedError" in work(home).read_text()  # the starter was put there
    work(home).write_text("def describe_conversion(items):\n    return 1 +\n")
    assert re.match(r"\d\d:\d\d:\d\d mixed-list.py was saved", watch.until("was saved"))
    watch.until("mixed-list: error, 0 of 3 points")
    watch.until("line 2")
    draft = work(home).with_suffix(".new")
    draft.write_text(CONVERT)
    draft.replace(work(home))  # as many editors save
    watch.until("mixed-list: passed, 3 of 3 points")
    watch.until("Still open: mixed-list.why")
    work(home).write_bytes(b"\xff")
    watch.until("the byte 0xff is not UTF-8")
    assert watch.end() == 0
    watch.until("No longer watching.")
    assert not any("\x1b" in line or "Traceback" in line for line in watch.seen)
    convert = parts()["mixed-list.convert"]
    assert convert["status"] == "passed" and convert["attempts"] == 2


@pytest.mark.slow
def test_all_of_the_workspace_and_nothing_recorded(watches: list[Watch], home: Path) -> None:
    watch = Watch("--no-record")
    watches.append(watch)
    watch.until("Watching", str(home / "workspace"))
    tutor("start", "mixed-list")  # a folder that was not there: its starter is judged as well
    watch.until("mixed-list: error, 0 of 3 points")
    work(home).write_text("while True:\n    pass\n")
    watch.until("was saved")
    work(home).write_text(CONVERT)  # a newer save ends the judging of the older one
    watch.until("mixed-list: passed, 3 of 3 points")
    assert not any("out of time" in line for line in watch.seen)
    assert watch.end() == 0
    assert parts()["mixed-list.convert"]["attempts"] == 0


def test_what_cannot_be_watched_is_said() -> None:
    done = tutor("watch", "mixed-lst")
    assert done.code == 2 and "Did you mean `mixed-list`" in done.err and not done.out
