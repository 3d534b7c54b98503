"""The learner's files: never lost, never overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lessons.schema import Exercise, Part
from tutor.learner import locations, workspace


def exercise(folder: Path, starter: str | None = "def f(x):\n    ...\n") -> Exercise:
    folder.mkdir(parents=True, exist_ok=True)
    if starter is not None:
        (folder / "starter.py").write_text(starter, encoding="utf-8")
    part = Part(id="f", kind="code" if starter is not None else "choice", covers=["E1.1.1"])
    return Exercise(
        id="tensor-of",
        lesson="creating",
        unit="tensors",
        title="A tensor of",
        concepts=(),
        needs=(),
        parts=(part,),
        waive={},
        folder=folder,
    )


def test_one_variable_moves_everything(home: Path) -> None:
    assert locations.workspace() == home / "workspace"
    assert locations.progress_file() == home / "progress.sqlite"


def test_without_it_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DL_TUTOR_HOME")
    assert locations.workspace().name == "dl-tutor"
    assert "dl-tutor" in str(locations.progress_file())


def test_start_puts_the_starter_there_once(tmp_path: Path) -> None:
    one = exercise(tmp_path / "e")
    path = workspace.start(one)
    assert path == locations.workspace() / "tensors" / "creating" / "tensor-of.py"
    assert path.read_text() == one.starter
    path.write_text("mine")
    assert workspace.start(one) == path
    assert path.read_text() == "mine"
    assert [file.name for file in path.parent.iterdir()] == ["tensor-of.py"]


def test_an_empty_file_is_the_learners_work_too(tmp_path: Path) -> None:
    one = exercise(tmp_path / "e")
    path = workspace.path_of(one)
    path.parent.mkdir(parents=True)
    path.touch()
    workspace.start(one)
    assert path.read_text() == ""


def test_an_exercise_without_code_has_no_file(tmp_path: Path) -> None:
    assert workspace.start(exercise(tmp_path / "e", None)) is None


def test_reset_keeps_what_was_there(tmp_path: Path) -> None:
    one = exercise(tmp_path / "e")
    assert workspace.reset(one) is None  # nothing of the learner's: the starter is put there
    path = workspace.path_of(one)
    assert workspace.reset(one) is None
    path.write_text("mine")
    kept = workspace.reset(one)
    assert kept is not None and kept.read_text() == "mine"
    assert kept.parent.name == "backups" and kept.stem != path.stem
    assert path.read_text() == one.starter


def test_backups_of_one_second_do_not_meet(tmp_path: Path) -> None:
    one = exercise(tmp_path / "e")
    path = workspace.path_of(one)
    kept = [workspace.back_up(path, text) for text in ("a", "b", "c")]
    assert [backup.read_text() for backup in kept] == ["a", "b", "c"]


def test_a_byte_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\ny = '\xe9'\n")
    with pytest.raises(workspace.WorkspaceError, match=r"a\.py, line 2: the byte 0xe9 is not UTF-8\. Save"):
        workspace.read(path)


def test_line_ends_survive_and_a_byte_order_mark_does_not_show(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfx = 1\r\n")
    assert workspace.read(path) == "x = 1\r\n"
    workspace.save(path, "x = 2\r\n")
    assert path.read_bytes() == b"x = 2\r\n"


def test_a_save_keeps_the_link_and_the_mode(tmp_path: Path) -> None:
    real = tmp_path / "real.py"
    real.write_text("a")
    real.chmod(0o755)
    link = tmp_path / "link.py"
    link.symlink_to(real)
    workspace.save(link, "b")
    assert link.is_symlink() and real.read_text() == "b"
    assert real.stat().st_mode & 0o777 == 0o755


def test_a_save_that_fails_leaves_the_old_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.py"
    workspace.save(path, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(workspace.WorkspaceError, match="cannot be written: no space left on device"):
        workspace.save(path, "new")
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.py"]


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.py").mkdir()
    with pytest.raises(workspace.WorkspaceError, match="cannot be read: is a directory"):
        workspace.read(tmp_path / "a.py")
