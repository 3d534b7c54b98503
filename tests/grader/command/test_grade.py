"""Grading as a command asks for it: what is judged, what is printed where, and with which exit code it ends."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from grader.command import grade
from grader.command.exit import FAILED, GRADER, PASSED
from grader.command.grade import SHOWN, exercise_of, exit_code, few
from grader.command.options import Options
from grader.grading import Grader, Refused
from grader.records.given import Given
from grader.records.verdict import PartVerdict, Status, Verdict
from grader.submission import BadSubmission, Submission
from lessons.schema import Course, Exercise

RIGHT, WRONG = "def f(x):\n    return x + x\n", "def f(x):\n    return x\n"
HALF = "def f(x):\n    return x / 2\n"


@pytest.fixture(autouse=True)
def one_zygote(grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All commands of these tests share a grader, and begin in an empty folder."""
    monkeypatch.setattr(grade, "Grader", lambda **options: nullcontext(grader))
    empty = tmp_path / "here"
    empty.mkdir()
    monkeypatch.chdir(empty)


def graded(course: Course, *targets: str, **options: Any) -> tuple[int, list[Verdict]]:
    seen: list[Verdict] = []
    saved = options.pop("saved", None)
    order = Options(targets=targets, **options)
    code = grade.command(order, course, program="grade", saved=saved, on_verdict=seen.append)
    return code, seen


def refusal(course: Course, *targets: str, **options: Any) -> str:
    with pytest.raises(BadSubmission) as caught:
        graded(course, *targets, **options)
    return str(caught.value)


def put(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return name


def judged(verdict: Verdict) -> dict[str, str]:
    return {part.part: part.status for part in verdict.parts}


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


# --- what is judged -----------------------------------------------------------------------------------------------


def test_a_file_for_an_exercise(small_course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    code, (verdict,) = graded(small_course, "doubling", file=put("mine.py", RIGHT))
    assert code == PASSED and judged(verdict) == {"code": "passed"}
    told = capsys.readouterr()
    assert told.out.startswith("doubling: passed, 2 of 2 points\n")
    assert told.err == "doubling: not handed in, so not judged: why\n"


def test_standard_input_is_a_file_too(small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "# ±\n".encode() + WRONG.encode())
    code, (verdict,) = graded(small_course, "doubling", file="-")
    assert code == FAILED and judged(verdict) == {"code": "failed"}


def test_standard_input_that_is_not_utf8_is_said(small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, b"#\n# \xff\n")
    assert refusal(small_course, "doubling", file="-").startswith("standard input:2: not UTF-8")
    typed(monkeypatch, b"#" * (2 << 20))
    assert refusal(small_course, "doubling", file="-").startswith("standard input: larger than 1024 KiB")


def test_one_part_of_an_exercise(small_course: Course) -> None:
    source = put("mine.py", RIGHT)
    code, (verdict,) = graded(small_course, "doubling.code", file=source)
    assert code == PASSED and judged(verdict) == {"code": "passed"}
    assert refusal(small_course, "doubling.why", file=source) == (
        "doubling.why is answered with a value, not with a file."
    )


def test_a_path_wins_over_an_exercise_of_its_name(small_course: Course) -> None:
    put("doubling/halving.py", "def f(x):\n    return x / 2\n")

    def saved(exercise: Exercise) -> Submission:
        raise AssertionError("the workspace was asked")

    code, (verdict,) = graded(small_course, "doubling", saved=saved)
    assert code == PASSED and verdict.exercise == "halving"


def test_the_workspace_answers_for_a_name(small_course: Course) -> None:
    def saved(exercise: Exercise) -> Submission:
        return Submission(exercise, RIGHT, Path("w.py"), {"why": Given("two")})

    code, (verdict,) = graded(small_course, "doubling", saved=saved)
    assert code == FAILED and judged(verdict) == {"code": "passed", "why": "failed"}
    code, (verdict,) = graded(small_course, "doubling.code", saved=saved)
    assert code == PASSED and judged(verdict) == {"code": "passed"}


def test_without_a_workspace_a_name_needs_a_file(small_course: Course) -> None:
    assert "--file FILE (or - for standard input)" in refusal(small_course, "doubling")


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("dubling", "there is no such file, folder or exercise. Did you mean `doubling`?"),
        ("dubling.py", "there is no such file, folder or exercise. Did you mean `doubling`?"),
        ("doubling.wy", "doubling has no part 'wy'. Did you mean `why`?"),
        ("x" * 5000, "there is no such file, folder or exercise."),
    ],
)
def test_an_unknown_name_says_what_is_near(small_course: Course, target: str, sentence: str) -> None:
    with pytest.raises(BadSubmission) as caught:
        exercise_of(target, small_course)
    assert sentence in str(caught.value)
    assert sentence in refusal(small_course, target)


def test_only_what_is_handed_in_is_judged(small_course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    file = put("doubling.py", RIGHT)
    assert [judged(v) for v in graded(small_course, file)[1]] == [{"code": "passed"}]
    assert "not handed in, so not judged: why" in capsys.readouterr().err
    put("answers.yaml", "doubling:\n  why: {value: one}\n")
    assert [judged(v) for v in graded(small_course, file)[1]] == [{"code": "passed", "why": "passed"}]
    assert [judged(v) for v in graded(small_course, "answers.yaml")[1]] == [{"why": "passed"}]


def test_a_folder_is_judged_whole(small_course: Course) -> None:
    put("class/doubling.py", RIGHT)
    code, (verdict,) = graded(small_course, "class")
    assert code == FAILED and judged(verdict) == {"code": "passed", "why": "failed"}
    assert verdict.part("why").message == "Not answered yet."  # type: ignore[union-attr]


def test_a_folder_with_nothing_to_judge_is_said(small_course: Course) -> None:
    Path("empty").mkdir()
    assert refusal(small_course, "empty") == "empty: there is no file in it that is named after an exercise."


def test_file_goes_with_one_exercise(small_course: Course) -> None:
    assert "exactly one exercise" in refusal(small_course, "doubling", "halving", file="mine.py")
    assert "No such file" in refusal(small_course, "doubling", file="mine.py")


# --- layers -------------------------------------------------------------------------------------------------------


def test_required_layers(small_course: Course) -> None:
    source = put("mine.py", RIGHT)
    assert graded(small_course, "doubling", file=source, layers="rlimits,session")[0] == PASSED
    with pytest.raises(Refused, match="The layer namespaces is not active here, so nothing was run"):
        graded(small_course, "doubling", file=source, layers="rlimits,namespaces")
    assert refusal(small_course, "doubling", file=source, layers="moat").startswith("'moat' is no layer; there are")


# --- what is printed ----------------------------------------------------------------------------------------------


def test_json_is_one_verdict_for_one_exercise_and_an_envelope_for_more(
    small_course: Course, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    graded(small_course, put("doubling.py", RIGHT), form="json")
    assert json.loads(capsysbinary.readouterr().out)["exercise"] == "doubling"
    put("folder/doubling.py", WRONG)
    graded(small_course, "folder", form="json")
    many = json.loads(capsysbinary.readouterr().out)
    assert many.keys() == {"format", "status", "verdicts"} and many["status"] == "failed"
    assert [one["exercise"] for one in many["verdicts"]] == ["doubling"]


@pytest.mark.parametrize(
    ("targets", "file", "again"),
    [
        (("mine",), None, "grade doubling --file mine/doubling.py --seed 5"),
        (("doubling.py",), None, "grade doubling.code --file doubling.py --seed 5"),
        (("doubling",), "a b.py", "grade doubling.code --file 'a b.py' --seed 5"),
        (("doubling.code",), "a b.py", "grade doubling.code --file 'a b.py' --seed 5"),
    ],
)
def test_the_same_inputs_again(
    small_course: Course,
    capsys: pytest.CaptureFixture[str],
    targets: tuple[str, ...],
    file: str | None,
    again: str,
) -> None:
    for name in ("mine/doubling.py", "doubling.py", "a b.py"):
        put(name, WRONG)
    graded(small_course, *targets, file=file, seed=5)
    first = capsys.readouterr().out
    assert f"  the same inputs again: {again}\n" in first
    figures = [line for line in first.splitlines() if "elements differ" in line]
    words = shlex.split(again)[1:]
    graded(small_course, words[0], file=words[2], seed=int(words[4]))
    assert figures and figures == [line for line in capsys.readouterr().out.splitlines() if "elements differ" in line]


def test_nothing_handed_in_has_nothing_to_replay(small_course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    put("folder/answers.yaml", "doubling:\n  why: {value: one}\n")
    code, (verdict,) = graded(small_course, "folder")
    told = capsys.readouterr().out
    assert code == FAILED and "Nothing handed in yet" in told and "again" not in told
    assert verdict.sandbox.level == 0 and "no code run" in told


# --- exit codes ---------------------------------------------------------------------------------------------------


def verdict(*statuses: Status) -> Verdict:
    parts = [PartVerdict(part=f"p{i}", kind="code", status=s, score=0, max=1) for i, s in enumerate(statuses)]
    return Verdict(exercise="small", score=0, max=1, parts=tuple(parts), status=statuses[0])


@pytest.mark.parametrize(
    ("statuses", "strict", "code", "last"),
    [
        (["passed", "passed"], True, PASSED, ""),
        (["passed", "skipped"], False, PASSED, "1 skipped"),
        (["passed", "skipped"], True, FAILED, "1 skipped"),
        (["skipped", "skipped"], False, PASSED, "2 skipped"),
        (["passed", "failed"], False, FAILED, ""),
        (["error", "skipped"], False, FAILED, "1 skipped"),
        (["timeout"], False, FAILED, ""),
        (["memory"], False, FAILED, ""),
        (["crashed"], False, FAILED, ""),
        (["forbidden"], False, FAILED, ""),
        (["failed", "grader_error"], False, GRADER, ""),
    ],
)
def test_exit_codes(statuses: list[Status], strict: bool, code: int, last: str) -> None:
    assert exit_code([verdict(*statuses)], strict=strict) == (code, last)
    assert exit_code([verdict(status) for status in statuses], strict=strict) == (code, last)


def test_skipped_is_said_last(capsys: pytest.CaptureFixture[str], written: Any, course_of: Any) -> None:
    part = "\n  - {id: one, kind: kernel, covers: [E1.1.1], entry: f, needs: [gpu]}\n"
    gpu = written(part, id="fused", starter=WRONG, reference=RIGHT)
    course = course_of(gpu)
    assert graded(course, "fused", file=put("mine.py", RIGHT))[0] == PASSED
    assert capsys.readouterr().err.splitlines()[-1] == "1 skipped"
    assert graded(course, "fused", file="mine.py", strict=True)[0] == FAILED


# --- the program itself -------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["random-bit", "--file", "-"], 2, "Did you mean"),
        (["random-bits"], 2, "say which file answers it"),
        (["random-bits", "--file", "-", "--require", "namespaces"], 3, "The layer namespaces is not active here"),
        (["random-bits", "--file", "-", "--require", "moat"], 2, "'moat' is no layer"),
        (["random-bits", "--file", "-", "--course", "."], 2, "course.yaml"),
        ([], 2, "Missing argument"),
    ],
)
def test_python_m_grader_refuses_clearly(words: list[str], code: int, sentence: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader", "grade", *words], input="", capture_output=True, text=True, timeout=60
    )
    assert done.returncode == code and sentence in done.stderr and not done.stdout
    assert "Traceback" not in done.stderr


def test_a_refused_file_is_a_failed_verdict_and_the_rest_is_judged(
    small_course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    put("in/doubling.py", RIGHT)
    (Path("in") / "halving.py").symlink_to("doubling.py")
    os.mkfifo(Path("in") / "answers.yaml")
    code, recorded = graded(small_course, "in")
    assert code == FAILED and [judged(one) for one in recorded] == [{"code": "passed", "why": "failed"}]
    out = capsys.readouterr().out
    why = "not a regular file but a symbolic link; hand in the file itself."
    head = "  [x] code: not yet, 0 of 2\n      Its file was refused.\n"
    assert f"halving: not yet, 0 of 2 points\n  in/halving.py: {why}\n{head}" in out
    assert out.splitlines()[-1] == (
        "left out: in/answers.yaml: not a regular file but a pipe; hand in the file itself."
    )
    code, _ = graded(small_course, "in", form="json")
    said = json.loads(capsys.readouterr().out)
    assert code == FAILED and said["status"] == "failed"
    assert said["refused"] == ["in/answers.yaml: not a regular file but a pipe; hand in the file itself."]
    assert [one["message"] for one in said["verdicts"]] == ["", "in/halving.py: " + why]


def test_what_is_left_out_alone_makes_a_failure(small_course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    put("in/halving.py", HALF)
    assert graded(small_course, "in")[0] == PASSED
    os.mkfifo(Path("in") / "answers.yaml")
    assert graded(small_course, "in")[0] == FAILED
    (Path("in") / "halving.py").unlink()
    assert refusal(small_course, "in").startswith("in/answers.yaml: not a regular file but a pipe")


def test_of_many_that_are_left_out_the_first_are_named() -> None:
    assert few(["x"] * SHOWN) == ["x"] * SHOWN
    assert few([str(n) for n in range(SHOWN + 7)])[-2:] == [str(SHOWN - 1), "and 7 more"]


def test_another_way_of_writing_a_name_is_a_line_of_the_report(
    small_course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    put("in/Halving_.py", HALF)
    put("in/doubling.py", RIGHT)
    put("in/copy/doubling.py", WRONG)
    put("in/answers.yaml", "doubling: {")
    code, recorded = graded(small_course, "in", form="json")
    told = capsys.readouterr()
    assert code == FAILED and [judged(one)["code"] for one in recorded] == ["passed", "passed"]
    said = json.loads(told.out)
    assert [one["message"] for one in said["verdicts"]] == ["", "Halving_.py: taken for halving."]
    assert len(said["refused"]) == 2 and said["refused"][0].startswith("in/answers.yaml:2:1: ")
    assert said["refused"][1] == "in/copy/doubling.py: a second file for doubling; in/doubling.py is judged."
    Path("in/answers.yaml").unlink()
    assert graded(small_course, "in/Halving_.py")[0] == PASSED
    assert "halving: passed, 2 of 2 points\n  Halving_.py: taken for halving.\n" in capsys.readouterr().out
