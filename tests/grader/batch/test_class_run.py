"""A small class, judged: marks, feedback, what went wrong; and again, after a kill."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.batch import class_run
from grader.batch.ledger import NAME, Entry, Lines
from grader.command import class_grade
from grader.command.class_grade import ClassOptions
from grader.submission import BadSubmission
from lessons.schema import Course

RIGHT, WRONG = "def f(x):\n    return 2 * x\n", "def f(x):\n    return x * x\n"
ANSWERS = "doubling:\n  why: {value: one}\n"


def a_class(folder: Path) -> Path:
    for name, files in {
        "ada": {"doubling.py": RIGHT, "halving.py": "def f(x):\n    return x / 2\n", "answers.yaml": ANSWERS},
        "emmy": {"doubling.py": WRONG},
        "eve": {"doubling.py": "while True:\n    pass\n", "halving.py": "import os\nos._exit(0)\n"},
        "zoe": {},
    }.items():
        (folder / name).mkdir(parents=True)
        for file, text in files.items():
            (folder / name / file).write_text(text)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def lines_of(out: Path) -> list[Entry]:
    kept = Lines(out)
    return kept.read(kept.places().values())


@pytest.mark.slow
def test_a_class_is_judged_once(
    tmp_path: Path, small_course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = a_class(tmp_path / "in"), tmp_path / "out"
    options = ClassOptions(folder=folder, out=out, jobs=1, seed=1 << 33)
    assert class_grade.command(options, small_course) == 0
    said = capsys.readouterr()
    assert "doubling" in said.out and "4 learners, 5 answers judged" in said.err
    marks = {row["learner"]: row for row in rows(out / "marks.csv")}
    assert marks["ada"]["score"] == marks["ada"]["max"] and marks["zoe"]["handed in"] == "0"
    assert marks["emmy"]["halving"] == "" and float(marks["emmy"]["doubling"]) < 3
    verdicts = {(row["learner"], row["exercise"]): row for row in rows(out / "verdicts.csv")}
    assert verdicts["eve", "halving"]["status"] == "crashed" and verdicts["eve", "doubling"]["status"] == "timeout"
    assert {row["seed"] for row in verdicts.values()} == {str(1 << 33)}, "everybody has the same inputs"
    assert {one.name for one in (out / "feedback").iterdir()} >= {"ada.html", "zoe.md"}
    (doubling, halving) = rows(out / "exercises.csv")
    assert (doubling["handed in"], doubling["passed"], halving["passed"]) == ("3", "1", "1")
    assert {one.source for one in lines_of(out)} >= {RIGHT, WRONG}, "what a review compares"
    page = (out / "review.html").read_text()
    assert "squares" in page and "review.csv" in {one.name for one in out.iterdir()}
    before = (out / NAME).read_bytes()
    assert class_grade.command(ClassOptions(folder=folder, out=out, jobs=1), small_course) == 0
    assert (out / NAME).read_bytes() == before and "0 answers judged" in capsys.readouterr().err
    monkeypatch.setattr(class_grade, "REVIEWED", 3)
    (folder / "emmy" / "doubling.py").write_text(RIGHT)
    assert class_grade.command(ClassOptions(folder=folder, out=out, jobs=1), small_course) == 0
    said = capsys.readouterr()
    assert "1 answer judged" in said.err and "exercises.csv and feedback/" in said.err
    assert "dl-grader review" in said.err and not (out / "review.html").exists(), "that of before would be wrong"


def test_what_cannot_be_done_is_said(tmp_path: Path, small_course: Course) -> None:
    folder = a_class(tmp_path / "in")
    for options, said in (
        (ClassOptions(folder=tmp_path / "in" / "zoe", out=tmp_path / "o"), "nobody has handed in"),
        (ClassOptions(folder=folder, out=tmp_path / "o", exercises=("dubling",)), "Did you mean"),
    ):
        with pytest.raises(BadSubmission, match=said):
            class_grade.command(options, small_course)


@pytest.mark.slow
def test_what_failed_by_our_own_fault_is_judged_again_when_asked(
    tmp_path: Path, small_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "halving.py").write_text(RIGHT)
    reference = small_course.exercises[1].reference
    good = reference.read_text()
    reference.write_text("import nothing_of_that_name\n")
    monkeypatch.setattr(class_run, "state_of", lambda exercise, seed: "the same")
    options = ClassOptions(folder=folder, out=out, jobs=1)
    assert class_grade.command(options, small_course) == 3
    reference.write_text(good)
    assert class_grade.command(options, small_course) == 3, "kept, as nobody has asked"
    assert class_grade.command(ClassOptions(folder=folder, out=out, jobs=1, retry_ours=True), small_course) == 0


@pytest.mark.slow
def test_a_kill_costs_no_verdict(tmp_path: Path, small_course: Course) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    for number in range(120):
        (folder / f"learner-{number:03}").mkdir(parents=True)
        (folder / f"learner-{number:03}" / "random-bits.py").write_text("def random_bits(size):\n    return 1\n")
    command = [
        sys.executable,
        "-P",
        "-m",
        "grader",
        "class",
        str(folder),
        "--out",
        str(out),
        "--exercise",
        "random-bits",
    ]
    env = {**os.environ}

    def lines() -> int:
        return (out / NAME).read_bytes().count(b"\n") if (out / NAME).exists() else 0

    running = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while lines() < 20 and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    done = lines() - 1
    assert 12 <= done < 120
    again = subprocess.run(command, env=env, capture_output=True, text=True, timeout=170)
    assert again.returncode == 0 and f"{120 - done} answers judged" in again.stderr, again.stderr
    learners = [json.loads(line)["learner"] for line in (out / NAME).read_text().splitlines()[1:]]
    assert sorted(learners) == sorted(set(learners)) and len(learners) == 120
