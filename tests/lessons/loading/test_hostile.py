"""A course of anybody: what would move a terminal, keep us waiting or fill our memory is a sentence with its place."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lessons.error import LessonError
from lessons.lint.linter import lint
from lessons.loading import cache
from lessons.loading.cache import kept_course
from lessons.loading.loader import load_course
from lessons.loading.source import UNSEEN, parse, text_of

COURSE = Path(__file__).parents[2] / "tutor" / "course"
REAL = Path(__file__).parents[3] / "lessons" / "units"
SHOWN = (
    *("course.yaml", "coverage.yaml", "unit.yaml", "numbers.yaml", "lesson.md", "count.py", "count.yaml"),
    *("exercise.yaml", "prompt.md", "starter.py"),
)
SIGNS = ("\x1b", "\x07", "\x9b", "\x7f", "\u202e", "\u2066", "\u200f", "\u061c", "\u200b", "\u2028", "\ufeff")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


def refusal(course: Path) -> LessonError:
    with pytest.raises(LessonError) as caught:
        load_course(course)
    return caught.value


@pytest.mark.parametrize("name", SHOWN)
def test_no_file_that_is_shown_may_hold_what_moves_a_terminal(course: Path, name: str) -> None:
    file = next(path for path in sorted(course.rglob(name)))
    lines = file.read_text(encoding="utf-8").rstrip("\n").count("\n") + 1
    for sign in SIGNS:
        mark = "#" if name.endswith((".py", ".yaml")) else "A text"
        shutil.copyfile(COURSE / file.relative_to(course), file)
        with file.open("a", encoding="utf-8", newline="") as text:
            text.write(f"{mark} {sign}\n")
        error = refusal(course)
        assert (error.path, error.line) == (file, lines + 1) and error.column > len(mark)
        assert error.message == f"a control character, U+{ord(sign):04X}"


@pytest.mark.parametrize("escape", [r"\x1b", r"\e", r"\a", r"\x9b", r"\N", r"\L", r"\P", r"\u202e", r"\u2067"])
def test_nor_may_an_escape_of_yaml_stand_for_it(escape: str) -> None:
    for text, column in ((f'title: "a{escape}]52;c;x"\n', 8), (f'"a{escape}": 1\n', 1)):
        with pytest.raises(LessonError, match="a control character, U\\+") as caught:
            parse(text, Path("x.yaml"))
        assert (caught.value.line, caught.value.column) == (1, column)
        parse(text, Path("x.yaml"), any_text=True)


def test_letters_and_signs_of_all_kinds_may_stand_there() -> None:
    text = "é ü ß 数学 한국어 שלום سلام می\u200cخواهم ∑ − × 👩\u200d💻 🏴 x\u0301 ﬁ"
    assert UNSEEN.search(text) is None
    assert parse(f"title: {text}\n", Path("x.yaml")).data == {"title": text}


def test_the_course_itself_is_taken() -> None:
    assert load_course(REAL).lessons


@pytest.mark.parametrize("name", ["course.yaml", "lesson.md", "count.py", "prompt.md", "exercise.yaml"])
def test_a_pipe_or_an_endless_file_in_its_place_is_said(course: Path, name: str) -> None:
    file = next(iter(sorted(course.rglob(name))))
    for number, why in enumerate(("a regular file but a pipe", "a regular file but a device", "larger than 1024 KiB")):
        file.unlink()
        if number == 0:
            os.mkfifo(file)
        elif number == 1:
            file.symlink_to("/dev/zero")
        else:
            with file.open("wb") as sparse:
                sparse.truncate(1 << 40)
        error = refusal(course)
        said = ("is missing", "not a regular file", "larger than 1024 KiB")
        assert error.path == file and (why in error.message or error.message.endswith(said))


@pytest.mark.parametrize("name", ["reference.py", "questions.py", "fixtures.py", "notes.txt"])
def test_a_file_that_is_read_later_and_elsewhere_is_looked_at_too(course: Path, name: str) -> None:
    file = next(course.rglob("exercise.yaml")).with_name(name)
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    assert str(refusal(course)) == f"{file}:1:1: not a regular file. Put a file of text in its place."
    file.unlink()
    with file.open("wb") as sparse:
        sparse.truncate(1 << 40)
    assert refusal(course).message == "larger than 1024 KiB"


def test_a_course_may_be_reached_by_links(course: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to("course")
    prompt = next(course.rglob("prompt.md"))
    prompt.rename(tmp_path / "elsewhere.md")
    prompt.symlink_to(tmp_path / "elsewhere.md")
    assert load_course(tmp_path / "way").lessons and text_of(prompt)


def test_folders_that_lead_to_each_other_are_looked_into_once(course: Path, tmp_path: Path) -> None:
    for name in ("_a", "_b", "_c"):
        (course / name).mkdir()
        for other in ("_a", "_b", "_c"):
            (course / name / f"to{other}").symlink_to(f"../{other}")
    (course / "_a" / "nowhere").symlink_to("nothing")
    before = len(list(cache._files(COURSE, deep=True)))
    assert len(list(cache._files(course, deep=True))) == before
    assert kept_course(tmp_path / "kept", course) == kept_course(tmp_path / "kept", course)


def test_depth_and_number_of_files_have_an_end(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = course.joinpath("_deep", *["a"] * 1500)
    _made(deep)
    try:
        assert kept_course(tmp_path / "kept", course).lessons
        with pytest.raises(LessonError, match="more than 20 folders deep"):
            lint(load_course(course))
    finally:
        subprocess.run(["rm", "-r", str(course / "_deep")], check=True)  # Python goes no deeper than itself
    monkeypatch.setattr(cache, "MAX_ENTRIES", 5)
    assert len(list(cache._files(course, deep=True))) <= 5


def _made(path: Path) -> None:
    """os.makedirs goes no deeper than Python does."""
    for parent in reversed([path, *path.parents]):
        parent.mkdir(exist_ok=True)
