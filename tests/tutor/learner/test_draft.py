"""A file that is open here and elsewhere: neither text is ever lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lessons.regular_file import LARGEST
from tutor.learner.draft import Draft
from tutor.learner.workspace import WorkspaceError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "double.py"
    file.write_text("start")
    return file


def opened(path: Path) -> Draft:
    draft = Draft(path)
    assert draft.load() == "start"
    return draft


def backups(path: Path) -> list[str]:
    return [kept.read_text() for kept in sorted((path.parent / "backups").glob("*"))]


def test_a_save(path: Path) -> None:
    draft = opened(path)
    assert draft.save("mine").text is None
    assert path.read_text() == "mine" and not draft.changed_outside() and backups(path) == []


def test_a_save_never_goes_over_what_another_program_saved(path: Path) -> None:
    draft = opened(path)
    path.write_text("theirs")
    met = draft.save("mine")
    assert path.read_text() == "theirs" == met.text
    assert met.kept is not None and met.kept.read_text() == "mine"
    assert not draft.changed_outside()
    draft.save("theirs and mine")
    assert path.read_text() == "theirs and mine"


def test_the_same_text_on_both_sides_needs_no_backup(path: Path) -> None:
    draft = opened(path)
    path.write_text("same")
    met = draft.meet("same")
    assert met.text == "same" and met.kept is None and backups(path) == []


def test_nothing_unsaved_here_needs_no_backup(path: Path) -> None:
    draft = opened(path)
    path.write_text("theirs")
    assert draft.meet(None).kept is None and backups(path) == []


def test_a_file_that_was_removed_is_written_again(path: Path) -> None:
    draft = opened(path)
    path.unlink()
    assert not draft.changed_outside()
    draft.save("mine")
    assert path.read_text() == "mine"


def test_what_cannot_be_read_is_not_written_over(path: Path) -> None:
    draft = opened(path)
    path.write_bytes(b"\xff")
    with pytest.raises(WorkspaceError, match="not UTF-8"):
        draft.save("mine")
    assert path.read_bytes() == b"\xff" and backups(path) == ["mine"]


def test_who_insists_keeps_what_the_other_program_saved(path: Path) -> None:
    draft = opened(path)
    path.write_text("theirs")
    draft.meet("mine")
    kept = draft.insist("mine")
    assert kept is not None and kept.read_text() == "theirs"
    assert path.read_text() == "mine" and not draft.changed_outside() and sorted(backups(path)) == ["mine", "theirs"]
    assert draft.insist("mine") is None


@pytest.mark.parametrize("kind", ["too large", "a pipe"])
def test_what_cannot_be_seen_is_not_written_over_either(path: Path, kind: str) -> None:
    draft = opened(path)
    path.unlink()
    if kind == "a pipe":
        os.mkfifo(path)
    else:
        path.write_text("#" * (LARGEST + 1))
    assert draft.changed_outside()
    with pytest.raises(WorkspaceError, match="a pipe" if kind == "a pipe" else "larger than 1024 KiB"):
        draft.save("mine")
    with pytest.raises(WorkspaceError):
        draft.insist("mine")
    assert backups(path) == ["mine"]
    assert path.is_fifo() if kind == "a pipe" else path.stat().st_size == LARGEST + 1
