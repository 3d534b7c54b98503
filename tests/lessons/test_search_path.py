"""The working directory is not where modules are looked for, whatever PYTHONPATH says of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lessons import search_path

START = "import sys; sys.path.append({root!r}); from {room}.start import main; sys.argv = ['x', *{words!r}]; main()"


@pytest.mark.parametrize("entries", [".", ":{elsewhere}", "{elsewhere}:", "{elsewhere}:sub", "./", "{elsewhere}::"])
def test_relative_entries_of_pythonpath_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", entries.format(elsewhere="/opt/lib"))
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), str(tmp_path / "sub"), "/opt/lib", *sys.path])
    search_path.leave_working_directory()
    assert "" not in sys.path and "/opt/lib" in sys.path
    assert (str(tmp_path) in sys.path) is (entries.format(elsewhere="") in (":sub",))
    assert (str(tmp_path / "sub") in sys.path) is ("sub" not in entries)


def test_its_whole_path_is_no_other_and_another_path_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "way").symlink_to("in")
    monkeypatch.chdir(tmp_path / "in")
    for entry in (tmp_path / "in", tmp_path / "way"):
        monkeypatch.setenv("PYTHONPATH", f"{entry}:{tmp_path}")
        monkeypatch.setattr(sys, "path", [str(entry), str(tmp_path), "/usr/lib"])
        search_path.leave_working_directory()
        assert sys.path == [str(tmp_path), "/usr/lib"]


def test_a_working_directory_that_was_deleted_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    monkeypatch.setenv("PYTHONPATH", ".")
    before = list(sys.path)
    search_path.leave_working_directory()
    assert sys.path == before


def test_the_installation_is_found_where_it_is_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(search_path.ROOT)
    monkeypatch.setenv("PYTHONPATH", ".")
    monkeypatch.setattr(sys, "path", [search_path.ROOT, "/usr/lib"])
    search_path.leave_working_directory()
    assert sys.path == ["/usr/lib", search_path.ROOT]


@pytest.mark.parametrize(("room", "words"), [("grader", ["grade", "--help"]), ("tutor", ["list"])])
def test_both_commands_start_among_hostile_modules(tmp_path: Path, room: str, words: list[str]) -> None:
    """`click` and `msgspec` are the first that each would find there, by PYTHONPATH=: as by an empty PATH."""
    for name in ("click", "msgspec", "yaml", "random", "pathlib", "platformdirs"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working directory')\n")
    start = START.format(root=search_path.ROOT, room=room, words=words)
    env = {**os.environ, "PYTHONPATH": ":/opt/lib", "DL_TUTOR_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", start], capture_output=True, text=True, cwd=tmp_path, env=env, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "") and "andom-bits" in done.stdout
