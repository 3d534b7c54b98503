"""A folder that was handed in holds whatever its maker likes: what is taken of it, and what is left out with a line."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import handed_in
from grader.handed_in import HandedIn, files
from grader.submission import ANSWERS, BadSubmission, Submission, find, read_source
from lessons.schema import Course

RIGHT = "def f(x):\n    return 2 * x\n"
ANSWERED = "doubling:\n  why:\n    value: one\n"


@pytest.fixture
def handed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "handed"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (tmp_path / "secret.py").write_text(RIGHT)
    return folder


def seen(folder: Path) -> dict[str, HandedIn]:
    return {str(one.path.relative_to(folder)): one for one in files(folder, lambda name: name.endswith(".py"))}


def linked(path: Path) -> None:
    path.symlink_to("../secret.py" if path.parent.name == "handed" else "../../secret.py")


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def listening(path: Path) -> None:
    one = socket.socket(socket.AF_UNIX)
    one.bind(str(path.relative_to(Path.cwd())))
    one.close()


def closed(path: Path) -> None:
    path.symlink_to(path.name)


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (linked, "not a regular file but a symbolic link; hand in the file itself"),
    "an endless device": (endless, "not a regular file but a symbolic link"),
    "a link to itself": (closed, "not a regular file but a symbolic link"),
    "a pipe": (os.mkfifo, "not a regular file but a pipe; hand in the file itself"),
    "a socket": (listening, "not a regular file but a socket"),
    "a terabyte of nothing": (sparse, "larger than 1024 KiB; hand in the exercise's code only"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_none_is_refused_and_the_rest_is_taken(small_course: Course, handed: Path, kind: str) -> None:
    make, why = HOSTILE[kind]
    (handed / "sub").mkdir()
    make(handed / "sub" / "doubling.py")
    (handed / "halving.py").write_text(RIGHT)
    one, other = find([handed], small_course)
    assert (one.exercise.id, one.source, other.exercise.id, other.source) == ("doubling", None, "halving", RIGHT)
    assert one.refused.startswith(f"{handed}/sub/doubling.py: {why}") and one.refused.endswith(".")
    assert other.refused == ""


@pytest.mark.parametrize("kind", HOSTILE)
def test_such_a_file_named_by_itself_is_refused_too(small_course: Course, handed: Path, kind: str) -> None:
    make, why = HOSTILE[kind]
    make(handed / "doubling.py")
    (one,) = find([handed / "doubling.py"], small_course)
    assert one.source is None and why in one.refused
    with pytest.raises(BadSubmission, match=why.split(";")[0]):
        read_source(handed / "doubling.py")


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind != "a terabyte of nothing"])
def test_answers_that_are_no_file_are_left_out_with_a_line(small_course: Course, handed: Path, kind: str) -> None:
    HOSTILE[kind][0](handed / ANSWERS)
    (handed / "halving.py").write_text(RIGHT)
    lines: list[str] = []
    assert [one.exercise.id for one in find([handed], small_course, lines)] == ["halving"]
    assert [line.partition(": ")[0] for line in lines] == [f"{handed}/answers.yaml"]
    with pytest.raises(BadSubmission, match=r"answers\.yaml: not a regular file"):
        find([handed], small_course)


def test_a_file_that_is_no_text_is_refused_and_the_rest_is_taken(small_course: Course, handed: Path) -> None:
    (handed / "doubling.py").write_bytes(b"# caf\xe9\n")
    (handed / "halving.py").write_text(RIGHT)
    one, other = find([handed], small_course)
    assert one.refused == f"{handed}/doubling.py:1: not UTF-8 text; save the file as UTF-8." and other.source == RIGHT


def test_a_refused_file_beside_a_good_one_is_only_a_line(small_course: Course, handed: Path) -> None:
    for first, second in (("a", "b"), ("b", "a")):
        for name in ("a", "b"):
            (handed / name).mkdir(exist_ok=True)
            (handed / name / "doubling.py").unlink(missing_ok=True)
        os.mkfifo(handed / first / "doubling.py")
        (handed / second / "doubling.py").write_text(RIGHT)
        lines: list[str] = []
        assert [one.source for one in find([handed], small_course, lines)] == [RIGHT]
        assert [line.partition(": ")[0] for line in lines] == [f"{handed}/{first}/doubling.py"]


def test_the_folder_itself_may_be_reached_by_a_link_and_a_folder_in_it_not(small_course: Course, handed: Path) -> None:
    (handed.parent / "elsewhere").mkdir()
    (handed.parent / "elsewhere" / "doubling.py").write_text(RIGHT)
    (handed / "linked").symlink_to("../elsewhere")
    assert find([handed], small_course) == []
    (one,) = find([handed / "linked"], small_course)
    assert one == Submission(small_course.exercises[0], RIGHT, handed / "linked" / "doubling.py")
    assert find([handed / "linked" / "doubling.py"], small_course) == [one]


def test_another_file_that_is_none_is_nobodys_business(small_course: Course, handed: Path) -> None:
    os.mkfifo(handed / "notes.py")
    os.mkfifo(handed / "doubling.txt")
    assert find([handed], small_course) == []


@pytest.fixture
def emptied(handed: Path) -> Iterator[Path]:
    """A folder that may become deeper than Python itself can remove."""
    yield handed
    subprocess.run(["rm", "-r", str(handed)], check=True)


def test_depth_has_an_end_and_is_no_error(emptied: Path) -> None:
    """1,900 folders, as deep as a path can be written; and files beside, above and just deep enough."""
    handed = emptied
    here = os.open(handed, os.O_RDONLY)
    for depth in range(1900):
        if depth in (0, handed_in.MAX_DEPTH, handed_in.MAX_DEPTH + 1, 1899):
            os.close(os.open("x.py", os.O_CREAT | os.O_WRONLY, dir_fd=here))
        os.mkdir("a", dir_fd=here)
        below = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    found = seen(handed)
    taken = [name for name, one in found.items() if one.data is not None]
    assert taken == ["x.py", "a/" * handed_in.MAX_DEPTH + "x.py"]
    (left,) = [one for one in found.values() if one.data is None]
    assert left.trouble == f"more than {handed_in.MAX_DEPTH} folders deep; it was not looked into"
    assert len(left.path.relative_to(handed).parts) == handed_in.MAX_DEPTH + 1


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("MAX_HERE", 10), ("MAX_BELOW", 25), ("MAX_ALL", 100)):
        monkeypatch.setattr(handed_in, name, value)


@pytest.mark.usefixtures("small")
def test_a_folder_of_too_many_files_is_left_out_and_its_neighbours_are_not(handed: Path) -> None:
    for name, count in (("many", 11), ("ten", 10)):
        (handed / name).mkdir()
        for number in range(count):
            (handed / name / f"{number}.py").touch()
    (handed / "x.py").touch()
    found = seen(handed)
    assert found.pop("many").trouble == "more than 10 files and folders in it; it was not looked into"
    assert len(found) == 11 and all(one.data == b"" for one in found.values())


@pytest.mark.usefixtures("small")
def test_one_learner_cannot_use_up_what_is_looked_at_of_others(handed: Path) -> None:
    for name in ("1", "2", "3"):
        for inner in range(9 if name == "2" else 1):
            (handed / name / str(inner)).mkdir(parents=True)
            for number in range(4):
                (handed / name / str(inner) / f"{number}.py").touch()
    found = seen(handed)
    assert found["2"].trouble == "more than 25 files and folders; not all of it was looked at"
    others = {f"{one}/0/{number}.py" for one in "13" for number in range(4)}
    assert {name for name in found if name[0] in "13"} == others


@pytest.mark.usefixtures("small")
def test_there_is_an_end_to_all_of_it(handed: Path) -> None:
    for name in "abcdefgh":
        for inner in range(3):
            (handed / name / str(inner)).mkdir(parents=True)
            for number in range(6):
                (handed / name / str(inner) / f"{number}.py").touch()
    found = seen(handed)
    assert found["."].trouble == "more than 100 files and folders; from f on all is left out"
    assert {name[0] for name in found if name != "."} == set("abcde")


def test_names_may_be_anything(small_course: Course, handed: Path) -> None:
    odd = [b"\xff\xfe", b"x" * 255, b"a\nb", b"\x1b]52;c;aGFybQ==\x07", "\u202egnp".encode(), b"-rf"]
    for number, name in enumerate(odd):
        folder = handed / os.fsdecode(name)
        folder.mkdir()
        if number < 2:
            (folder / ("doubling.py", "halving.py")[number]).write_text(RIGHT)
    assert [one.source for one in find([handed], small_course)] == [RIGHT, RIGHT]


def test_a_folder_that_cannot_be_looked_into_is_a_line(handed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (handed / "closed").mkdir()
    (handed / "open").mkdir()
    (handed / "open" / "x.py").touch()
    real = os.open

    def refused(path: str, flags: int, *, dir_fd: int | None = None) -> int:
        if path == "closed":
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refused)
    found = seen(handed)
    assert found["closed"].refusal == f"{handed}/closed: cannot be looked into (Permission denied)."
    assert found["open/x.py"].data == b""


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(handed: Path) -> None:
    (handed.parent / "elsewhere").mkdir()
    (handed.parent / "elsewhere" / "x.py").write_text("secret")
    (handed / "a.py").touch()
    (handed / "b").mkdir()
    found = files(handed, lambda name: name.endswith(".py"))
    assert next(found).path.name == "a.py"  # the folder has been listed by now
    (handed / "b").rmdir()
    (handed / "b").symlink_to("../elsewhere")
    assert [one.refusal for one in found] == [f"{handed}/b: changed while it was looked at."]
