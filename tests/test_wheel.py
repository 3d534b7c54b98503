"""The wheel, as a user gets it: built, installed beside its dependencies, run from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=170
    )
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it. Its dependencies are those of the environment that runs the tests:
    their installation is proved by the environment itself, and 2 GB need not be unpacked twice."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv")
    python = folder / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def tutor(home: Path, *words: str | Path) -> str:
    env = {**os.environ, "DL_TUTOR_HOME": str(home / "learner")}
    return run(home / "venv" / "bin" / "dl-tutor", *words, cwd=Path("/"), env=env)


def test_the_wheel_is_what_runs(home: Path) -> None:
    code = "import grader, lessons, tutor; print(grader.__file__, lessons.__file__, tutor.__file__)"
    for file in run(home / "venv" / "bin" / "python", "-c", code, cwd=Path("/")).split():
        assert file.startswith(str(home))


def test_it_holds_the_course_the_schemas_and_the_style_sheet_and_nothing_else(home: Path) -> None:
    (wheel,) = home.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"tutor/tutor.tcss", "lessons/units/course.yaml", "lessons/schema/schemas/exercise.json"} <= names
    scripts = {f"grader/command/gradescope/{name}" for name in ("setup.sh", "run_autograder")}
    assert {*scripts, "grader/command/schemas/verdict.json", "grader/command/schemas/assignment.json"} <= names
    data = {"glove-6b-50d-common.txt.gz", "film-words.yaml", "film-sentences.yaml"}
    assert {f"lessons/data/{name}" for name in data} <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "tutor",
        "grader",
        "lessons",
        "kernels",
    }


def test_the_licence_is_in_it_and_named(home: Path) -> None:
    (wheel,) = home.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        (folder,) = {name.split("/")[0] for name in files.namelist() if ".dist-info/" in name}
        assert files.read(f"{folder}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
        metadata = files.read(f"{folder}/METADATA").decode()
    assert "\nLicense-Expression: MIT\n" in metadata and "\nLicense-File: LICENSE\n" in metadata


def test_the_source_archive_can_be_worked_on(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--sdist", "--outdir", tmp_path, ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.split("/", 1)[1] for name in files.getnames() if "/" in name}
    assert {"LICENSE", "CONTRIBUTING.md", "Makefile", "constraints/install.sh", "docs/architecture.md"} <= names
    assert {"lessons/units/course.yaml", "tests/test_wheel.py", ".ci/run", ".github/workflows/check.yml"} <= names


def test_list_start_grade(home: Path) -> None:
    course = json.loads(tutor(home, "list", "--json"))
    exercise = course["units"][0]["lessons"][0]["exercises"][0]["id"]
    file = Path(tutor(home, "start", exercise).strip())
    assert file.is_file() and file.is_relative_to(home / "learner")
    part = course["units"][0]["lessons"][0]["exercises"][0]["parts"][0]["id"]
    folder = next((home / "venv").rglob(f"exercises/{exercise}/reference.py"))
    file.write_text(folder.read_text(encoding="utf-8"), encoding="utf-8")
    verdict = json.loads(tutor(home, "grade", f"{exercise}.{part}", "--format", "json"))
    sandbox = verdict["sandbox"]
    assert verdict["status"] == "passed" and sandbox["level"] == 1 + ("landlock" in sandbox["layers"])


def test_no_reference_is_needed_to_read(home: Path) -> None:
    assert "card 1" in tutor(home, "read", "creating-tensors")


def test_both_commands_start_where_hostile_modules_lie(home: Path, tmp_path: Path) -> None:
    for name in ("click", "grader", "json", "lessons", "msgspec", "numpy", "random", "tutor", "yaml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working directory')\n")
    env = {**os.environ, "DL_TUTOR_HOME": str(home / "learner")}
    assert "mixed-list" in run(home / "venv" / "bin" / "dl-tutor", "list", cwd=tmp_path, env=env)
    assert "Example: dl-grader" in run(home / "venv" / "bin" / "dl-grader", "--help", cwd=tmp_path, env=env)
