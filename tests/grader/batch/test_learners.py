"""Who handed in what, by the names that the systems give, and what belongs to nobody."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from grader.batch.learners import handed_in_by, learners
from grader.submission import BadSubmission
from lessons.schema import Course


def put(path: Path, text: str = "def f(x):\n    return x\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "class").mkdir()
    return tmp_path / "class"


def everybody(folder: Path, course: Course) -> tuple[dict[str, list[str]], list[str]]:
    """The exercises of each, and all lines on what was left out."""
    refused: list[str] = []
    found = {}
    for one in learners(folder, course, refused):
        with handed_in_by(one, course, refused) as submissions:
            found[one.name] = [submission.exercise.id for submission in submissions]
    return found, refused


def test_folders_and_archives(folder: Path, small_course: Course) -> None:
    put(folder / "ada" / "doubling.py")
    put(folder / "ada" / "deep" / "Halving.PY")
    with zipfile.ZipFile(folder / "emmy.zip", "w") as made:
        made.writestr("hw/doubling.py", "def f(x): ...")
        made.writestr("../halving.py", "evil")
    (folder / "nobody").mkdir()
    (folder / "broken.zip").write_bytes(b"no")
    put(folder / ".hidden" / "doubling.py")
    found, refused = everybody(folder, small_course)
    assert found == {"ada": ["doubling", "halving"], "broken": [], "emmy": ["doubling"], "nobody": []}
    assert any("leads out of the archive" in line for line in refused) and any(
        "cannot be read" in line for line in refused
    )
    assert not any("/tmp" in line and "ada" in line for line in refused)


def test_the_names_of_three_systems(folder: Path, small_course: Course) -> None:
    put(folder / "Ada Lovelace_123_assignsubmission_file_" / "doubling.py")
    put(folder / "Emmy Noether_77_assignsubmission_file_halving.py")
    put(folder / "Emmy Noether_77_assignsubmission_file_doubling.py")
    put(folder / "turingalan_LATE_5_99_doubling-2.py")
    put(folder / "turingalan_5_98_halving.py")
    put(folder / "submission_41" / "doubling.py")
    put(folder / "submission_42" / "halving.py")
    put(
        folder / "submission_metadata.yml",
        "submission_41:\n  :submitters:\n  - :name: Grace Hopper\n    :sid: '9'\n  - :name: Jean Bartik\n",
    )
    found, refused = everybody(folder, small_course)
    assert found == {
        "Ada Lovelace": ["doubling"],
        "Emmy Noether": ["doubling", "halving"],
        "Grace Hopper, Jean Bartik": ["doubling"],
        "submission_42": ["halving"],
        "turingalan": ["doubling", "halving"],
    }
    assert refused == []


def test_what_belongs_to_nobody_is_said(tmp_path: Path, small_course: Course) -> None:
    put(tmp_path / "elsewhere" / "doubling.py")
    folder = tmp_path / "class"
    put(folder / "doubling.py")
    put(folder / "x.tar.gz")
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    (folder / "ada\u202e").mkdir()
    found, refused = everybody(folder, small_course)
    assert len(found) == 1 and all("\u202e" not in name for name in found)
    said = "\n".join(refused)
    assert "whose file this is" in said and "only ZIP archives" in said and "a symbolic link" in said
    with pytest.raises(BadSubmission, match="cannot be read"):
        learners(tmp_path / "none", small_course, [])


def test_nobody_shares_a_name(folder: Path, small_course: Course) -> None:
    for id in (1, 2):
        put(folder / f"Ada_{id}_assignsubmission_file" / "doubling.py")
    assert list(everybody(folder, small_course)[0]) == ["Ada", "Ada (2)"]


def test_a_hostile_file_is_a_line_and_no_more(tmp_path: Path, small_course: Course) -> None:
    folder = tmp_path / "class" / "eve"
    put(folder / "halving.py")
    os.mkfifo(folder / "doubling.py")
    put(folder / "answers.yaml", "doubling: [")
    found, refused = everybody(tmp_path / "class", small_course)
    assert "halving" in found["eve"] and any("answers.yaml" in line for line in refused)


def test_a_file_that_was_not_taken_is_a_line_without_our_own_folders(folder: Path, small_course: Course) -> None:
    with zipfile.ZipFile(folder / "ada.zip", "w") as made:
        made.writestr("doubling.py", b"\xff")
    put(folder / "emmy" / "other.py")
    (folder / "emmy" / "halving.py").symlink_to(folder / "emmy" / "other.py")
    said = []
    for one in learners(folder, small_course, []):
        refused: list[str] = []
        with handed_in_by(one, small_course, refused) as (submission,):
            assert submission.source is None and refused == [submission.refused]
        said += refused
    assert said == [
        "doubling.py:1: not UTF-8 text; save the file as UTF-8.",
        "halving.py: not a regular file but a symbolic link; hand in the file itself.",
    ]
