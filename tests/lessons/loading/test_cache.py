"""The course that is kept in a file: the same as the one that is loaded, and of today."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from lessons.error import LessonError
from lessons.loading.cache import STAMP, kept_course
from lessons.loading.loader import load_course

COURSE = Path(__file__).parents[2] / "tutor" / "course"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "course.msgpack"


def only_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing can be loaded."""
    monkeypatch.setattr("lessons.loading.loader.load_course", lambda root: pytest.fail("it was loaded"))


def test_what_is_kept_is_what_was_loaded(course: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_course(course)
    assert kept_course(kept, course) == loaded and kept.is_file()
    only_kept(monkeypatch)
    again = kept_course(kept, course)
    assert again == loaded and again.lessons[0].path == loaded.lessons[0].path


@pytest.mark.parametrize("name", ["course.yaml", "1-lines/1-slopes/lesson.md", "1-lines/1-slopes/demos/count.py"])
def test_a_file_that_was_written_counts(course: Path, kept: Path, name: str) -> None:
    kept_course(kept, course)
    file = course / name
    before = kept.read_bytes()[:STAMP]
    file.write_text(file.read_text() + "\n")
    kept_course(kept, course)
    assert kept.read_bytes()[:STAMP] != before


def test_new_text_is_seen_at_once_and_mistakes_are_said(course: Path, kept: Path) -> None:
    kept_course(kept, course)
    file = course / "course.yaml"
    file.write_text(file.read_text().replace("title: ", "title: New ", 1))
    assert kept_course(kept, course).title.startswith("New ")
    file.write_text("format: 1\n")
    with pytest.raises(LessonError, match=r"course\.yaml:1:1"):
        kept_course(kept, course)


@pytest.mark.parametrize("data", [b"", b"x" * 100, None], ids=["empty", "garbage", "cut"])
def test_what_cannot_be_read_is_loaded_anew(course: Path, kept: Path, data: bytes | None) -> None:
    loaded = kept_course(kept, course)
    kept.write_bytes(kept.read_bytes()[:-5] if data is None else data)
    assert kept_course(kept, course) == loaded
    assert len(kept.read_bytes()) > 1000


def test_another_folder_is_another_course(course: Path, kept: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(course, tmp_path / "other"))
    kept_course(kept, course)
    assert kept_course(kept, other).path == other


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(course: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert kept_course(tmp_path / "cache" / "course.msgpack", course) == load_course(course)


def test_a_place_that_is_no_folder(course: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    assert kept_course(tmp_path / "cache" / "course.msgpack", course) == load_course(course)


def test_private_exercises_count_too(course: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = Path(shutil.copytree(COURSE, tmp_path / "private"))
    prompt = private / "1-lines" / "1-slopes" / "exercises" / "double" / "prompt.md"
    prompt.write_text("Private.\n")
    assert "Twice" in kept_course(kept, course).exercises[0].prompt
    monkeypatch.setenv("DL_TUTOR_PRIVATE", str(private))
    assert kept_course(kept, course).exercises[0].prompt == "Private.\n"
    prompt.write_text("Changed.\n")
    assert kept_course(kept, course).exercises[0].prompt == "Changed.\n"
    monkeypatch.delenv("DL_TUTOR_PRIVATE")
    assert "Twice" in kept_course(kept, course).exercises[0].prompt
