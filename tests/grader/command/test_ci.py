"""The action and the job that docs/ci offers do what they say: their own steps are run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

CI = Path(__file__).parents[3] / "docs" / "ci"
ATTACK = 'def random_bits(size):\n    print("::error::forged")\n    raise ValueError("::set-output name=x::y " * 30)\n'


def run(script: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], cwd=folder, env={**os.environ, "PATH": path, **env},
        capture_output=True, text=True, timeout=170,
    )  # fmt: skip


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "random-bits.py").write_text(ATTACK)
    return tmp_path


def commands(output: str) -> list[str]:
    """The lines that a runner takes for commands: it looks behind blanks, and stops between two lines of ours."""
    found, word = [], ""
    for line in output.splitlines():
        plain = line.strip()
        if word:
            word = "" if plain == f"::{word}::" else word
        elif plain.startswith("::stop-commands::"):
            word = plain.removeprefix("::stop-commands::")
        elif plain.startswith("::") or "##[" in plain:
            found.append(plain)
    assert not word, "what was stopped goes on"
    return found


@pytest.mark.slow
def test_the_action_judges_and_nothing_of_a_learner_is_a_command(answers: Path) -> None:
    action: dict[str, Any] = yaml.safe_load((CI / "github-action" / "action.yml").read_text())
    install, judge = action["runs"]["steps"]
    assert "pip install" in install["run"] and judge["shell"] == "bash"
    summary = answers / "summary.md"
    done = run(judge["run"], answers, SUBMISSIONS="in", STRICT="false", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1, done.stderr
    found = commands(done.stdout)
    assert found and all(line.startswith("::error file=random-bits.py") for line in found if "notice" not in line)
    assert not any("forged" in line.partition("::")[0] for line in found)
    assert JUnitXml.fromstring((answers / "verdicts.xml").read_text()).tests > 0
    assert "| random\\-bits |" in summary.read_text()
    assert json.loads((answers / "verdicts.json").read_text())["verdicts"][0]["exercise"] == "random-bits"
    wrong = run(judge["run"], answers, SUBMISSIONS="nowhere", STRICT="true")
    assert wrong.returncode == 2 and "nowhere" in wrong.stderr


@pytest.mark.slow
def test_the_job_of_gitlab_leaves_what_it_names(answers: Path) -> None:
    job: dict[str, Any] = yaml.safe_load((CI / "gitlab.yml").read_text())["judge"]
    first, *rest = job["script"]
    assert "pip install" in first
    done = run("\n".join(rest), answers, SUBMISSIONS="in")
    assert done.returncode == 1, done.stderr
    for name in (*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]):
        assert (answers / name).is_file()
