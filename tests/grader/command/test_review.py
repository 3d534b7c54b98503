"""`dl-grader review`: what it prints, what it writes, and what it says of bad input."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import cli
from grader.batch.ledger import Entry, Ledger
from grader.records.verdict import Check, Diagnosis, PartVerdict, Verdict
from lessons.schema import Course

HOSTILE = "\x1b]0;pwned\x07=cmd|x\n::error::x <img src=x>"


@pytest.fixture
def results(tmp_path: Path, small_course: Course, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cli, "load_course", lambda: small_course)
    found = (Diagnosis(name="squares", message="Squares."),)
    checks = (Check(label="three", status="failed", score=0, max=1, message=HOSTILE, diagnosis=found),)
    part = PartVerdict(part="code", kind="code", status="failed", score=0, max=2, checks=checks)
    ledger = Ledger(tmp_path / "out", "of", 1 << 33)
    for exercise in ("doubling", "halving"):
        made = Verdict(exercise=exercise, score=0, max=2, parts=(part,), status="failed")
        ledger.add([Entry(f"ada{HOSTILE}", "d", made, f"def f(x):\n    return '''{HOSTILE}'''\n")])
    ledger.close()
    return tmp_path / "out"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli.main, ["review", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_it_prints_and_writes_the_same(results: Path) -> None:
    code, said, told = run(results)
    assert code == 0 and "review.html and review.csv" in told
    assert "doubling: 0 of 1 (0%) passed" in said and "1  squares  Squares." in said
    assert "\x1b" not in said and "\n::error::" not in said
    page, table = (results / "review.html").read_text(), (results / "review.csv").read_text()
    assert "<img" not in page and "\x1b" not in page + table
    assert run(results, "--format", "html")[1] == page and run(results, "--format", "csv")[1] == table


def test_one_exercise_leaves_the_files_as_they_are(results: Path) -> None:
    code, said, _ = run(results, "--exercise", "halving")
    assert code == 0 and "halving" in said and "doubling" not in said and not (results / "review.html").exists()


def test_records_are_taken_in_and_what_is_none_is_said(results: Path, tmp_path: Path) -> None:
    folder = tmp_path / "progress"
    folder.mkdir()
    (folder / "stranger.jsonl").write_text("x")
    code, said, _ = run(results, "--progress", folder)
    assert code == 0 and "stranger.jsonl: nobody of this name" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "not what `dl-grader class --out` has written"),
        (["{out}", "--exercise", "dubling"], "Did you mean"),
        (["{out}", "--progress", "nowhere"], "nowhere: cannot be read"),
    ],
)
def test_bad_input_is_one_sentence(results: Path, arguments: list[str], sentence: str) -> None:
    code, _, said = run(*(one.replace("{out}", str(results)) for one in arguments))
    assert code == 2 and sentence in said and said.count("\n") == 1
