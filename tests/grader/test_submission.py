"""What is handed in: files found by name, and the answers beside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.handed_in import MAX_SOURCE
from grader.records.given import Given
from grader.submission import (
    COPIES,
    BadAnswers,
    BadSubmission,
    Submission,
    as_source,
    find,
    meant_by,
    read_answers,
    read_source,
    write_answer,
)
from lessons.schema import Course

RIGHT = "def f(x):\n    return 2 * x\n"
ANSWERED = "doubling:\n  why:\n    value: one\n"


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    folder = tmp_path / "handed in"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str = RIGHT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(course: Course, *paths: Path) -> dict[str, Submission]:
    return {one.exercise.id: one for one in find(paths, course)}


def refusal(course: Course, *paths: Path) -> str:
    with pytest.raises(BadSubmission) as caught:
        find(paths, course)
    return str(caught.value)


# --- finding ------------------------------------------------------------------------------------------------------


def test_files_are_found_anywhere_by_their_name(small_course: Course, handed: Path) -> None:
    deep = put(handed, "a/b c/halving.py")
    put(handed, "a/notes.py", "1 / 0")
    put(handed, "doubling.txt")
    assert found(small_course, handed).keys() == {"halving"}
    assert found(small_course, handed)["halving"] == Submission(small_course.exercises[1], RIGHT, deep)


def test_folders_of_tools_and_backups_are_passed_over(small_course: Course, handed: Path) -> None:
    for folder in (".git", ".venv", "__pycache__", "backups", "node_modules"):
        put(handed, f"{folder}/doubling.py")
    assert find([handed], small_course) == []


def test_submissions_come_in_the_order_of_the_course(small_course: Course, handed: Path) -> None:
    paths = [put(handed, "1/halving.py"), put(handed, "2/doubling.py")]
    assert list(found(small_course, *paths)) == ["doubling", "halving"]


def test_answers_lie_beside_the_files_or_alone(small_course: Course, handed: Path) -> None:
    put(handed, "x/halving.py")
    put(handed, "y/answers.yaml", ANSWERED)
    both = found(small_course, handed)
    assert both["doubling"].source is None and both["doubling"].answers == {"why": Given("one")}
    assert both["halving"].answers == {}


def test_a_file_by_itself_takes_its_own_answers_along(small_course: Course, handed: Path) -> None:
    put(handed, "answers.yaml", ANSWERED)
    assert found(small_course, put(handed, "doubling.py"))["doubling"].answers == {"why": Given("one")}
    assert found(small_course, put(handed, "halving.py")).keys() == {"halving"}
    assert found(small_course, handed / "answers.yaml").keys() == {"doubling"}


def test_of_two_files_for_one_exercise_one_is_judged_and_the_other_is_a_line(
    small_course: Course, handed: Path
) -> None:
    first, second = put(handed, "b/doubling.py"), put(handed, "a/old/doubling.py", "1 / 0")
    put(handed, "halving.py")
    lines: list[str] = []
    taken = {one.exercise.id: one for one in find([handed], small_course, lines)}
    assert taken.keys() == {"doubling", "halving"} and taken["doubling"].path == first
    assert lines == [f"{second}: a second file for doubling; {first} is judged."]
    assert refusal(small_course, handed) == lines[0]
    assert found(small_course, first, first, handed / "b").keys() == {"doubling"}


def test_of_two_answers_one_is_judged_and_the_other_is_a_line(small_course: Course, handed: Path) -> None:
    first = put(handed, "a/answers.yaml", ANSWERED)
    second = put(handed, "b/answers.yaml", ANSWERED.replace("one", "two"))
    lines: list[str] = []
    (one,) = find([handed], small_course, lines)
    assert one.answers == {"why": Given("one")}
    assert lines == [f"{second}: doubling is answered here too; {first} is judged."]


def test_answers_that_cannot_be_read_are_a_line_and_the_rest_is_judged(small_course: Course, handed: Path) -> None:
    bad, file = put(handed, "answers.yaml", "doubling: [\n"), put(handed, "doubling.py")
    put(handed, "more/answers.yaml", ANSWERED)
    for path in (handed, file):
        lines: list[str] = []
        (one,) = find([path], small_course, lines)
        assert one.source == RIGHT and one.answers == ({"why": Given("one")} if path is handed else {})
        assert len(lines) == 1 and lines[0].startswith(f"{bad}:")


OTHER_NAMES = ["Doubling", "DOUBLING", " doubling ", "_doubling", "doubling-", "Doubling_"]


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_name_may_be_written_in_another_way(small_course: Course, handed: Path, name: str) -> None:
    path = put(handed, f"{name}.py")
    for place in (handed, path):
        (one,) = find([place], small_course)
        assert (one.exercise.id, one.source, one.note) == ("doubling", RIGHT, f"{name}.py: taken for doubling.")


def test_words_may_be_parted_in_any_way(written: Any, course_of: Any) -> None:
    course = course_of(written("\n  - {id: one, kind: code, covers: [E1.1.1], entry: f}\n", id="random-bits"))
    for name in ("random_bits", "Random-Bits", "random bits", " random  bits", "RANDOM__bits"):
        meant = meant_by(name, course)
        assert meant is not None and meant.id == "random-bits"
    for name in ("randombits", "random-bit", "random-bits-2", "random.bits.old", "", "-", "randöm-bits"):
        assert meant_by(name, course) is None


def test_a_name_that_an_exercise_had_before_is_one_of_its_names(written: Any, course_of: Any, handed: Path) -> None:
    one = written(
        "\n  - {id: why, kind: choice, covers: [E1.1.1], text: Which?,\n"
        "     options: [{id: one, right: true, text: One}, {id: two, text: Two, why: No.}]}\n"
        "  - {id: one, kind: code, covers: [E1.1.1], entry: f}\nformerly: [twice-as-much]\n",
        id="doubling",
    )
    course = course_of(one)
    put(handed, "answers.yaml", ANSWERED.replace("doubling", "twice-as-much"))
    for name in ("twice-as-much", "Twice_as_much"):
        path = put(handed, f"{name}.py")
        for place in (handed, path):
            (taken,) = find([place], course)
            assert (taken.exercise, taken.source, taken.answers) == (one, RIGHT, {"why": Given("one")})
            assert taken.note == f"{name}.py: taken for doubling."
        path.unlink()


def test_the_exact_name_counts_and_another_way_of_writing_it_is_a_line(small_course: Course, handed: Path) -> None:
    exact, other = put(handed, "deep/er/doubling.py"), put(handed, "Doubling.py", "1 / 0")
    lines: list[str] = []
    (one,) = find([handed], small_course, lines)
    assert one.path == exact and one.note == ""
    assert lines == [f"{other}: a second file for doubling; {exact} is judged."]


def test_of_very_many_files_for_one_exercise_not_all_are_looked_at(small_course: Course, handed: Path) -> None:
    for number in range(COPIES + 30):
        put(handed, f"{number:03}/doubling.py")
    put(handed, "z/halving.py")
    lines: list[str] = []
    assert [one.exercise.id for one in find([handed], small_course, lines)] == ["doubling", "halving"]
    assert len(lines) == COPIES  # one is judged, and one line stands for the rest
    assert f"{handed}: more than {COPIES} files for doubling; the others were not looked at." in lines


def test_a_file_that_names_no_exercise_says_what_is_near(small_course: Course, handed: Path) -> None:
    said = refusal(small_course, put(handed, "dubling.py"))
    assert "'dubling' is no exercise. Did you mean `doubling`?" in said and "--file FILE" in said


def test_an_absent_path_is_said(small_course: Course, handed: Path) -> None:
    assert refusal(small_course, handed / "nothing").endswith("nothing: there is no such file or folder.")


# --- a source file ------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_utf8_names_its_line(handed: Path) -> None:
    path = handed / "doubling.py"
    path.write_bytes(b"# one\n# two\n# caf\xe9\n")
    with pytest.raises(BadSubmission, match=r"doubling\.py:3: not UTF-8 text; save the file as UTF-8\."):
        read_source(path)


def test_a_mark_at_the_beginning_of_a_file_is_no_code(handed: Path) -> None:
    path = handed / "doubling.py"
    path.write_bytes(b"\xef\xbb\xbf" + RIGHT.encode())
    assert read_source(path) == RIGHT


def test_a_file_too_large_is_refused() -> None:
    assert len(as_source(b"#" * MAX_SOURCE, "x.py")) == MAX_SOURCE
    with pytest.raises(BadSubmission, match=r"x\.py: larger than 1024 KiB"):
        as_source(b"#" * (MAX_SOURCE + 1), "x.py")


def test_a_file_that_cannot_be_read_says_why(handed: Path) -> None:
    with pytest.raises(BadSubmission, match="cannot be read \\(Is a directory\\)"):
        read_source(handed)


# --- answers.yaml -------------------------------------------------------------------------------------------------

BROKEN = {
    "not a mapping": ("- one\n", "1:1: answers are grouped by exercise"),
    "no parts": ("doubling: one\n", "1:11: answers are grouped by part"),
    "no value": ("doubling:\n  why: one\n", "2:8: an answer has a value, and perhaps a nonce"),
    "another key": (
        "doubling:\n  why: {value: one, note: mine}\n",
        "2:8: an answer has a value, and perhaps a nonce",
    ),
    "a nonce that is none": ("doubling:\n  why: {value: one, nonce: x}\n", "2:8: an answer has a value"),
    "twice": (ANSWERED + ANSWERED, "4:1: the key `doubling` stands here for the second time"),
    "not YAML": ("doubling: {why: {value: one}\n", ": not YAML: "),
    "a surprise": ("doubling:\n  why: {value: no}\n", "2:16: `no` is text to one YAML reader"),
    "an unknown exercise": (
        "doublin:\n  why: {value: one}\n",
        "1:1: there is no exercise `doublin`. Did you mean `doubling`?",
    ),
    "an unknown part": (
        "doubling:\n  wy: {value: one}\n",
        "2:3: doubling has no part `wy` that is answered with a value. Did you mean `why`?",
    ),
    "a part of code": ("doubling:\n  code: {value: one}\n", "2:3: doubling has no part `code` that is answered"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_answers_that_cannot_be_read_say_where(small_course: Course, handed: Path, name: str) -> None:
    text, sentence = BROKEN[name]
    path = put(handed, "answers.yaml", text)
    said = refusal(small_course, handed)
    assert said.startswith(f"{path}:") and sentence in said
    with pytest.raises(BadAnswers):
        read_answers(path, small_course)


def test_no_answers_are_no_error(handed: Path) -> None:
    assert read_answers(handed / "answers.yaml") == {}
    assert read_answers(put(handed, "answers.yaml", " \n")) == {}


def test_an_answers_file_that_is_not_utf8_is_said(handed: Path) -> None:
    (handed / "answers.yaml").write_bytes(b"doubling:\n  why: {value: \xff}\n")
    with pytest.raises(BadAnswers, match=r"answers\.yaml:2:16: this byte is not UTF-8"):
        read_answers(handed / "answers.yaml")


def test_writing_one_answer_keeps_the_others(handed: Path) -> None:
    path = handed / "new" / "answers.yaml"
    write_answer(path, "doubling", "why", Given("one", 3))
    write_answer(path, "halving", "table", Given({"A-B": "2x5"}, 4))
    write_answer(path, "doubling", "many", Given(["one", "two"]))
    write_answer(path, "doubling", "why", Given("two", 3))
    assert read_answers(path) == {
        "doubling": {"why": Given("two", 3), "many": Given(["one", "two"])},
        "halving": {"table": Given({"A-B": "2x5"}, 4)},
    }
    assert [file.name for file in path.parent.iterdir()] == ["answers.yaml"]


def test_a_broken_file_is_not_written_over(handed: Path) -> None:
    path = put(handed, "answers.yaml", "doubling: [")
    with pytest.raises(BadAnswers):
        write_answer(path, "doubling", "why", Given("one"))
    assert path.read_text() == "doubling: ["


def test_a_write_that_fails_leaves_the_old_file(handed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(handed, "answers.yaml", ANSWERED)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_answer(path, "doubling", "why", Given("two"))
    assert path.read_text() == ANSWERED and [file.name for file in handed.iterdir()] == ["answers.yaml"]


ODD = """no yes y on null ~ << = 1 0x1F 010 1:30 2024-01-01 1e5 .inf 1_000 - ? : # ' " {a [ ] *a &a !t | > % @ ` é✗"""
TEXTS = st.text(max_size=60) | st.sampled_from([*ODD.split(), "- a", "a: b", "a\tb", "\n", " a ", "a\n\nb"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(value=VALUES, nonce=st.none() | st.integers(0, 1 << 31))
def test_whatever_is_answered_is_read_back(tmp_path_factory: pytest.TempPathFactory, value: Any, nonce: Any) -> None:
    path = tmp_path_factory.getbasetemp() / f"odd-{os.getpid()}" / "answers.yaml"
    write_answer(path, "doubling", "why", Given(value, nonce))
    back = read_answers(path)["doubling"]["why"]
    assert back == Given(value, nonce) and repr(back) == repr(Given(value, nonce))


def test_half_a_character_does_not_spoil_the_file(handed: Path) -> None:
    path = handed / "answers.yaml"
    write_answer(path, "doubling", "why", Given(["one", "\udcff"]))
    assert read_answers(path)["doubling"]["why"].value == ["one", "?"]


HOSTILE_ANSWERS = {
    "a number of 5,000 digits": (f"doubling:\n  why: {{value: 1, nonce: {'9' * 5000}}}\n", "2:26: a number of 5,000"),
    "the same in hexadecimal": (f"doubling:\n  why: {{value: 0x{'f' * 5000}}}\n", "2:16: a number of 5,002 digits"),
    "a nonce that nothing holds": (f"doubling:\n  why: {{value: 1, nonce: {'9' * 30}}}\n", "2:8: an answer has"),
    "depth": ("doubling: " + "[" * 900 + "]" * 900, "1:31: nested more than 20 deep"),
    "much depth": ("doubling: " + "[" * 100_000, ": not YAML: "),
    "depth in blocks": ("".join(" " * depth + "a:\n" for depth in range(900)), ": nested more than 20 deep"),
    "an alias of an alias": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "1:4: an anchor, `&a`"),
    "a key of many lines": ('"doubling\\n  [+] why":\n  why: {value: one}\n', "1:1: there is no exercise"),
}


@pytest.mark.parametrize("name", HOSTILE_ANSWERS)
def test_hostile_answers_are_a_sentence(small_course: Course, handed: Path, name: str) -> None:
    text, sentence = HOSTILE_ANSWERS[name]
    put(handed, "answers.yaml", text)
    assert sentence in refusal(small_course, handed)


def test_a_long_number_that_can_be_held_is_an_answer(handed: Path) -> None:
    path = put(handed, "answers.yaml", f"doubling:\n  why: {{value: {'9' * 1000}, nonce: {(1 << 63) - 1}}}\n")
    assert read_answers(path)["doubling"]["why"] == Given(int("9" * 1000), (1 << 63) - 1)
