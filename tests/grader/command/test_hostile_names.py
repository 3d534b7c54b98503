"""Whatever that is called which is handed in: formats and both streams are harmless, and the exit code is right."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from junitparser import JUnitXml
from msgspec.structs import replace

from grader import cli
from grader.command import grade
from grader.report.names import FORMATS
from lessons.schema import Course
from tests.grader.command.test_marking import RIGHT, StubGrader

EVIL = "\n::error::forged\r\x1b]0;title\x07\x1b[31m\u202e\u2066%0A,=1+1|<b>`"
ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_course: Course) -> Path:
    """Hand-ins with names that mean harm: one that is taken, a second one, a link, a pipe, one that is not UTF-8."""
    monkeypatch.setattr(grade, "Grader", StubGrader)
    monkeypatch.setattr(cli, "load_course", lambda: small_course)
    monkeypatch.chdir(tmp_path)
    place = tmp_path / f"in{EVIL}"
    (place / f"deeper{EVIL}").mkdir(parents=True)
    (place / f"{EVIL}doubling.py").symlink_to(tmp_path)
    (place / f"deeper{EVIL}" / f"Doubling{EVIL[-3:-2]}.py").write_text(RIGHT)
    (place / "Halving!.py").write_bytes(b"\xff\xfe")
    os.mkfifo(place / f"deeper{EVIL}" / "halving.py")
    (place / "answers.yaml").write_text(f'doubling{EVIL[1:9]}: "\\e[31m\n')
    return place


def harmless(text: str) -> bool:
    return not ODD.search(text) and not re.search(r"^\s*::(?!error |notice )", text, re.MULTILINE)


@pytest.mark.parametrize("form", FORMATS)
def test_both_streams_and_the_file_are_harmless(folder: Path, form: str) -> None:
    words = ["grade", str(folder), "--format", form]
    done = CliRunner().invoke(cli.main, words)
    code = 0 if form == "exercism" else 1  # what was left out is an error in its file, and the runner has done its work
    assert done.exit_code == code and harmless(done.stdout) and harmless(done.stderr), done
    filed = CliRunner().invoke(cli.main, [*words, "--out", "out"])
    written = Path("out").read_text()
    assert filed.exit_code == code and harmless(filed.stdout + filed.stderr) and harmless(written)
    if form != "text":
        assert written == done.stdout, "the file is what goes to stdout"
    if form == "junit":
        assert JUnitXml.fromstring(written).errors > 0
    if form in ("json", "gradescope", "exercism"):
        assert json.loads(written)


def test_a_summary_of_a_job_is_harmless(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    CliRunner().invoke(cli.main, ["grade", str(folder), "--format", "github"])
    text = Path("summary.md").read_text()
    assert harmless(text) and "<b>" not in text and "left out" in text


def test_skipped_is_never_all_passed(small_course: Course, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit codes: what was skipped is said, and is a failure where that is asked for."""
    plain = StubGrader.grade

    def skips(self: StubGrader, *words: Any, **options: Any) -> Any:
        verdict = plain(self, *words, **options)
        first, *rest = verdict.parts
        return replace(verdict, parts=(replace(first, status="skipped", score=0.0), *rest))

    monkeypatch.setattr(StubGrader, "grade", skips)
    Path("clean").mkdir()
    Path("clean/halving.py").write_text(RIGHT)
    for strict, code in ((False, 0), (True, 1)):
        for form in FORMATS:
            words = ["grade", "clean", "--format", form, *["--strict"] * strict]
            done = CliRunner().invoke(cli.main, words)
            assert done.exit_code == (0 if form == "exercism" else code) and done.stderr == "1 skipped\n", form
