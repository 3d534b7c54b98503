"""`dl-grader report`, and `--format` with `--out`: verdicts in another format, whole at any time."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.command import grade
from grader.command.options import Options
from grader.grading import Grader
from grader.records.verdict import from_json, to_json
from grader.report import json
from lessons.schema import Course
from tests.grader.command.test_grade import RIGHT, put
from tests.grader.report.test_formats import verdict


def report(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["report", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def test_kept_verdicts_are_written_in_another_format(tmp_path: Path) -> None:
    one, many = tmp_path / "one.json", tmp_path / "many.json"
    one.write_bytes(to_json(verdict()))
    many.write_bytes(json.render([verdict(), verdict(exercise="attend")], many=True, refused=["x: a pipe"]))
    code, out, _ = report(one, "--format", "csv")
    assert code == 0 and out.count("\n") == 5
    code, out, _ = report(one, many, "--format", "csv")
    assert code == 0 and out.count("bn-layer") == 8 and out.count("attend") == 4 and "refused" in out
    assert report(one)[1].startswith("bn-layer: out of time, 1 skipped, 3 of 10 points\n")
    assert report(many)[1].endswith("\nleft out: x: a pipe\n"), "text tells it as every other format does"
    assert from_json(report(one, "--format", "json")[1]) == from_json(one.read_bytes())


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', '{"verdicts": [{}]}', "\x00", "[" * 100_000])
def test_what_is_no_verdict_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    code, out, said = report(file)
    assert (code, out) == (2, "") and "holds no verdict" in said and "--format json" in said
    assert report(tmp_path / "none.json")[0] == 2


def test_a_format_goes_to_a_file_and_the_text_to_stdout(
    small_course: Course,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    grader: Grader,
) -> None:
    monkeypatch.setattr(grade, "Grader", lambda **options: nullcontext(grader))
    monkeypatch.chdir(tmp_path)
    put("doubling.py", RIGHT)
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    for form, begins in (("junit", "<?xml"), ("github", "")):
        out = tmp_path / f"out.{form}"
        options = Options(targets=("doubling.py",), form=form, out=out)
        assert grade.command(options, small_course, program="dl-grader grade") == 0
        said = capsys.readouterr()
        assert said.out.startswith("doubling: passed") and out.read_text().startswith(begins)
    assert "| doubling | code | passed |" in summary.read_text()
    put("doubling.py", "def f(x):\n    return x\n")
    assert grade.command(Options(targets=("doubling.py",), form="exercism"), small_course, program="x") == 0
    assert '"status": "fail"' in capsys.readouterr().out
    assert grade.command(Options(targets=("doubling.py",), form="junit"), small_course, program="x") == 1
