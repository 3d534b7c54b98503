"""The autograder for Gradescope: what is in the archive, and its two scripts, run where nothing else is."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from grader.cli import main

COURSE = Path(__file__).parents[2] / "tutor" / "course"
HOMEWORK = """\
format: 1
title: Lines
exercises:
  - {id: double, points: 14}
zone: UTC
due: "2026-10-15 12:00"
late: {percent: 50}
attempts: 2
"""
RIGHT = "def double(x):\n    return x + x\n"
STAND_IN = """\
#!/bin/sh
# A Python that makes an environment out of the present one: nothing is fetched.
if [ "$1 $2" = "-m venv" ]; then
  mkdir -p "$3/bin"
  printf '#!/bin/sh\\necho "$@" >> %s/installed\\nexec {python} "$@"\\n' "$3" > "$3/bin/python"
  printf '#!/bin/sh\\nexec {python} -P -m grader "$@"\\n' > "$3/bin/dl-grader"
  chmod +x "$3/bin/python" "$3/bin/dl-grader"
fi
"""


def package(folder: Path, *words: object, text: str = HOMEWORK) -> tuple[int, str]:
    (folder / "homework.yaml").write_text(text)
    order = ["package", "gradescope", folder / "homework.yaml", "--out", folder / "grader.zip", *words]
    done = CliRunner().invoke(main, list(map(str, order)))
    return done.exit_code, done.stderr


def test_the_archive_has_what_a_bare_machine_needs(tmp_path: Path) -> None:
    code, said = package(tmp_path, "--course", COURSE)
    assert code == 0 and "It has the course's answers." in said and "has one of its own" in said
    with zipfile.ZipFile(tmp_path / "grader.zip") as archive:
        names = set(archive.namelist())
        settings = archive.read("settings.sh").decode()
        for script in ("setup.sh", "run_autograder"):
            assert stat.S_IMODE(archive.getinfo(script).external_attr >> 16) == 0o755
    exercise = "course/1-lines/1-slopes/exercises/double"
    assert {"assignment.yaml", "course/course.yaml", f"{exercise}/reference.py", f"{exercise}/questions.py"} <= names
    assert "course/1-lines/1-slopes/demos/count.py" in names and not any("__pycache__" in name for name in names)
    assert f"install=dl-tutor=={metadata.version('dl-tutor')}\noptions=(--seed " in settings


def test_a_wheel_goes_along_and_nothing_is_both(tmp_path: Path) -> None:
    wheel = tmp_path / "dl_tutor-9.9-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    assert package(tmp_path, "--course", COURSE, "--wheel", wheel)[0] == 0
    with zipfile.ZipFile(tmp_path / "grader.zip") as archive:
        assert archive.read(wheel.name) == b"wheel"
        assert f'install="$here/source/"{wheel.name}' in archive.read("settings.sh").decode()
    assert package(tmp_path, "--course", COURSE, "--wheel", tmp_path / "homework.yaml")[0] == 2
    code, said = package(tmp_path, "--course", COURSE, "--wheel", wheel, "--install", "dl-tutor")
    assert code == 2 and "leave one out" in said


def test_the_same_assignment_makes_the_same_archive(tmp_path: Path) -> None:
    made = []
    for _ in range(2):
        assert package(tmp_path, "--course", COURSE, text=HOMEWORK + "seed: 5000000000\n")[0] == 0
        made.append((tmp_path / "grader.zip").read_bytes())
    assert made[0] == made[1]


def test_an_assignment_of_another_course_is_refused(tmp_path: Path) -> None:
    code, said = package(tmp_path, "--course", COURSE, text=HOMEWORK.replace("id: double", "id: bn-layer"))
    assert code == 2 and "homework.yaml:4:10: there is no exercise `bn-layer` in this course" in said
    assert not (tmp_path / "grader.zip").exists()


class Autograder:
    """Gradescope's folders, and its machine, in a folder of a test's."""

    def __init__(self, base: Path) -> None:
        self.base = base
        (base / "python").mkdir(parents=True)
        python = base / "python" / "python3.13"
        python.write_text(STAND_IN.format(python=sys.executable))
        python.chmod(0o755)
        self.env = {
            "PATH": f"{base / 'python'}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "AUTOGRADER": str(base),
            "HOME": str(base / "home"),
            **{name: value for name, value in os.environ.items() if name.startswith(("DL_TUTOR_", "XDG_"))},
        }

    def install(self, archive: Path) -> None:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(self.base / "source")
        self.run("setup.sh")

    def run(self, script: str) -> str:
        done = subprocess.run(
            ["bash", str(self.base / "source" / script)], env=self.env, cwd=self.base, capture_output=True, text=True,
            timeout=170,
        )  # fmt: skip
        assert done.returncode == 0, (done.stdout, done.stderr)
        return done.stderr

    def hand_in(self, *scores: float, **files: str) -> dict[str, Any]:
        (self.base / "submission").mkdir(exist_ok=True)
        for old in (self.base / "submission").iterdir():
            old.unlink()
        for name, text in files.items():
            (self.base / "submission" / f"{name}.py").write_text(text)
        before = [{"score": score, "submission_time": "2026-10-14T12:00:00Z"} for score in scores]
        facts = {"created_at": "2026-10-15T05:00:00.000000-07:01", "previous_submissions": before, "users": []}
        (self.base / "submission_metadata.json").write_text(json.dumps(facts))
        self.run("run_autograder")
        found: dict[str, Any] = json.loads((self.base / "results" / "results.json").read_text())
        return found


@pytest.mark.slow
def test_both_scripts_run_where_nothing_else_is(tmp_path: Path) -> None:
    assert package(tmp_path, "--course", COURSE)[0] == 0
    machine = Autograder(tmp_path / "autograder")
    machine.install(tmp_path / "grader.zip")
    installed = (machine.base / "venv" / "installed").read_text()
    assert "-m pip install --quiet --extra-index-url" in installed and "dl-tutor==" in installed
    first = machine.hand_in(double=RIGHT)
    assert first["score"] == 2.0, "4 of 14 points for the code, and half of that for a minute"
    assert "Handed in 1 min late: 50 % off." in first["output"] and "attempt 1 of 2" in first["output"]
    code = next(test for test in first["tests"] if test["name"].startswith("double.code"))
    assert code["status"] == "passed" and first["visibility"] == "visible"
    assert {test["status"] for test in first["tests"] if not test["name"].startswith("double.code")} == {"failed"}
    assert machine.hand_in(3.5, nothing="")["score"] == 3.5, "the best attempt counts"
    third = machine.hand_in(1.5, 1.0, double=RIGHT)
    assert third["score"] == 1.5 and "2 count: it was not judged" in third["output"]
    (machine.base / "source" / "assignment.yaml").write_text("format: 1\n")
    broken = machine.hand_in(double=RIGHT)
    assert broken["score"] == 0 and "assignment.yaml:1:1: the key `title` is missing" in broken["output"]
