"""nbgrader and otter-grader on the same functions and inputs, each in an environment of its own that is made here.

Both run a learner's notebook, and in the same process cells that check: here a call of `check`, which holds what the
function gives against what the reference gave. torch and this course come from the environment of who measures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from benchmarks.batch.classroom import Task

CHECKER = """
import copy
import torch

CASES = torch.load({path!r}, weights_only=False)


def check(exercise, function, name):
    for args, kwargs, expected in CASES[exercise][name]:
        torch.testing.assert_close(function(*copy.deepcopy(args), **copy.deepcopy(kwargs)), expected)
    return True
"""
ASSIGNMENT = "ps1"
BEHIND = "measured.pth"
"""The file that puts our packages behind theirs; it is there once theirs are."""


class RivalError(Exception):
    """It could not be installed or run; the message says what it said last."""


@dataclass(frozen=True)
class Measured:
    """Seconds for a number of notebooks, and how many functions it took for right."""

    seconds: float
    right: int


def environment(folder: Path, *packages: str) -> Path:
    """A virtual environment with these packages, behind them our own; its folder of programs. Raises RivalError."""
    programs = folder / "bin"
    if not list(folder.glob(f"lib/python*/site-packages/{BEHIND}")):
        venv.create(folder, with_pip=True)
        _run([programs / "python", "-m", "pip", "install", "-q", *packages], folder)
        within = next(folder.glob("lib/python*/site-packages"))
        ours = [sysconfig.get_path("purelib"), str(Path(__file__).parents[2])]
        (within / BEHIND).write_text("\n".join(ours) + "\n")
    return programs


def _run(command: list[Any], cwd: Path) -> str:
    names = {"HOME": str(cwd), "PATH": f"{Path(command[0]).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env={**os.environ, **names}, capture_output=True, text=True
    )
    said = done.stdout + done.stderr
    if done.returncode:
        last = "\n".join(said.splitlines()[-5:])
        raise RivalError(f"{' '.join(map(str, command[:3]))}: {last}")
    return said


def prepare(folder: Path, some: list[Task]) -> None:
    """The module that checks, with its cases."""
    cases = folder / "cases.pt"
    torch.save({one.exercise: one.functions for one in some}, cases)
    (folder / "checker.py").write_text(CHECKER.format(path=str(cases)), encoding="utf-8")


def _checks(folder: Path, one: Task) -> list[tuple[str, str, str]]:
    """Of each function: its name, what makes `check` known, and its call."""
    known = f"import sys; sys.path.insert(0, {str(folder)!r}); from checker import check"
    return [(name, known, f"check({one.exercise!r}, {name}, {name!r})") for name in one.functions]


def _cell(id: str, source: str, **marks: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"schema_version": 3, "task": False, "grade_id": id, **marks}} if marks else {}
    return {
        "cell_type": "code", "id": id, "source": source, "metadata": metadata, "outputs": [], "execution_count": None,
    }  # fmt: skip


def _notebook(path: Path, cells: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(whole), encoding="utf-8")


def nbgrader(programs: Path, folder: Path, some: list[Task], handed: list[dict[str, str]]) -> Measured:
    """`nbgrader autograde` of everybody's notebook. folder: an empty one. Raises RivalError."""

    def cells(texts: dict[str, str]) -> list[dict[str, Any]]:
        found = []
        for one in some:
            found.append(_cell(one.exercise, texts[one.exercise], grade=False, locked=False, solution=True))
            marks = {"grade": True, "locked": True, "solution": False, "points": 1}
            for name, known, call in _checks(folder, one):
                found.append(_cell(f"{one.exercise}-{name}", f"{known}\nassert {call}", **marks))
        return found

    prepare(folder, some)
    begin = {one.exercise: f"### BEGIN SOLUTION\n{one.right}\n### END SOLUTION" for one in some}
    _notebook(folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", cells(begin))
    program = [programs / "python", "-m", "nbgrader"]
    _run([*program, "generate_assignment", ASSIGNMENT], folder)
    for number, texts in enumerate(handed):
        _notebook(folder / "submitted" / f"learner{number}" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", cells(texts))
    began = time.perf_counter()
    _run([*program, "autograde", ASSIGNMENT], folder)
    seconds = time.perf_counter() - began
    _run([*program, "export"], folder)
    rows = (folder / "grades.csv").read_text(encoding="utf-8").splitlines()
    column = rows[0].split(",").index("score")
    return Measured(seconds, round(sum(float(row.split(",")[column]) for row in rows[1:])))


def otter(programs: Path, folder: Path, some: list[Task], handed: list[dict[str, str]]) -> Measured:
    """`otter run` of everybody's notebook, one after the other. folder: an empty one. Raises RivalError."""
    prepare(folder, some)
    tests = folder / "tests"
    tests.mkdir()
    checks = [check for one in some for check in _checks(folder, one)]
    for number, (_, known, call) in enumerate(checks):
        case = {"code": f">>> {known}\n>>> {call}\nTrue", "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": f"q{number}", "points": 1, "suites": [suite]}
        (tests / f"q{number}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n", encoding="utf-8")
    program = [programs / "python", "-m", "otter"]
    _run([*program, "generate", "-t", tests, "-o", folder / "autograder.zip", "--no-environment"], folder)
    seconds, right = 0.0, 0
    for number, texts in enumerate(handed):
        notebook, out = folder / f"learner{number}" / f"{ASSIGNMENT}.ipynb", folder / f"learner{number}"
        _notebook(notebook, [_cell(name, text) for name, text in texts.items()])
        began = time.perf_counter()
        _run([*program, "run", "-a", folder / "autograder.zip", "-o", out, "--no-logo", notebook], folder)
        seconds += time.perf_counter() - began
        found = json.loads((out / "results.json").read_text(encoding="utf-8"))
        right += sum(test.get("score") == 1 for test in found["tests"])
    return Measured(seconds, right)
