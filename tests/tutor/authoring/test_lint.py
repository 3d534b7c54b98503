"""`dl-tutor lint`: a broken exercise is told where, waivers are heeded and counted."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from grader.proof import claims, facts
from grader.proof.baseline import TRIVIAL
from lessons.lint.linter import PROVED, RULES
from tests.tutor.process import tutor
from tutor.authoring import proofs

COURSE = Path(__file__).parents[1] / "course"
EXERCISE = """\
id: doubling
title: Doubling
parts:
  - id: double
    kind: code
    covers: [E1.1.1]
    entry: double
    hints:
      - {text: What is twice three?}
      - {text: Multiply.}
      - {text: "Return `2 * x`.", solution: true}
"""
REFERENCE = """\
from grader.spec import Rng, alternative, case, cases, mistake


def double(x):
    return 2 * x


@cases
def vectors(rng: Rng):
    yield case(x=rng.normal(7), label="seven numbers")


@alternative
def adds(x):
    return x + x


@mistake("squares", "Squares.", hint="What is the double of 3?")
def squares(x):
    return x * x


@mistake("halves", "Halves.", hint="Is the double smaller?")
def halves(x):
    return x / 2
"""
COUNTED = "1 part (1 code) with 2 mistakes and 1 alternative; 0 demos with 0 facts; 1 identifier: 1 covered, 0 waived"
PASSING = REFERENCE.replace("return x / 2", "return x * 2")


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    folder = tmp_path / "doubling"
    folder.mkdir()
    for name, text in {
        "exercise.yaml": EXERCISE,
        "prompt.md": "Write `double(x)`, which returns $2x$.\n",
        "starter.py": "def double(x):\n    raise NotImplementedError\n",
        "reference.py": REFERENCE,
    }.items():
        (folder / name).write_text(text)
    return folder


def waive(exercise: Path, *rules: str) -> None:
    waived = ", ".join(f"{rule}: It must be so" for rule in rules)
    (exercise / "exercise.yaml").write_text(EXERCISE.replace("parts:", f"waive: {{{waived}}}\nparts:"))


def lint(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    done = tutor("lint", *words, cwd=cwd)
    return subprocess.CompletedProcess([], done.code, done.out, done.err)


def report(*words: str | Path) -> Any:
    return json.loads(lint(*words, "--json").stdout)


def problems(*words: str | Path) -> list[tuple[str, int, str]]:
    return [(Path(p["path"]).name, p["line"], p["rule"]) for p in report(*words)["problems"]]


@pytest.mark.slow
def test_what_is_proved_is_kept_demos_too() -> None:
    first, second = (lint(COURSE, "--jobs", "1") for _ in range(2))
    assert first.stderr == "proving double\nproving slopes/count\n" and second.stderr == ""
    assert "1 exercise and 1 demo, 2 proved now, 0 unchanged since; " in first.stdout
    assert "1 exercise and 1 demo, 0 proved now, 2 unchanged since; " in second.stdout


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "a-course"))


@pytest.mark.slow
def test_the_record_of_a_course_serves_a_fresh_clone_and_holds_what_is_sound(course: Path, home: Path) -> None:
    assert lint(course, "--record", "--jobs", "1").stderr == "proving double\nproving slopes/count\n"
    assert json.loads((course / "proofs.json").read_text()).keys() == {"double", "slopes/count"}
    (home / "proofs.json").unlink()
    assert lint(course).stderr == ""
    [demo] = course.rglob("demos/count.py")
    demo.write_text("count\n")
    assert lint(course, "--record").stderr == "proving slopes/count\n"
    assert json.loads((course / "proofs.json").read_text()).keys() == {"double"}
    (course / "proofs.json").write_text("[1]")
    done = lint(course)
    assert done.returncode == 2 and "proofs.json:1:1: not a record of the course" in done.stderr


@pytest.mark.slow
def test_a_share_is_proved_again_and_each_has_its_day(exercise: Path) -> None:
    names = [f"exercise-{number}" for number in range(60)]
    turns = [{name for name in names if proofs.has_its_turn(name, 7, day)} for day in range(100, 107)]
    assert sorted(name for turn in turns for name in turn) == sorted(names) and max(map(len, turns)) < 20
    lint(exercise)
    assert lint(exercise).stderr == ""
    assert lint(exercise, "--again", "1").stderr == "proving doubling\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--record",), "--record is for a whole course"), (("--mutants", "--record"), "leave --again and --record out")],
)
def test_a_record_that_makes_no_sense_is_refused(exercise: Path, words: tuple[str, ...], said: str) -> None:
    done = lint(exercise, *words)
    assert done.returncode == 2 and said in done.stderr


def test_a_sound_exercise_and_its_kept_proof(exercise: Path) -> None:
    done = lint(exercise)
    assert done.returncode == 0 and done.stderr == "proving doubling\n"
    assert done.stdout.splitlines() == [
        COUNTED,
        "1 exercise, 1 proved now, 0 unchanged since; 0 problems, 0 waived",
    ]
    found = report(exercise)
    counts = found.pop("counts")
    assert found == {"proved": 0, "kept": 1, "skipped": [], "waivers": [], "problems": []}
    assert counts == {
        "exercises": 1,
        "parts": {"code": 1},
        "mistakes": 2,
        "alternatives": 1,
        "demos": 0,
        "facts": 0,
        "waivers": 0,
        "identifiers": {"covered": 1, "waived": 0, "total": 1},
    }
    assert report(exercise, "--all")["proved"] == 1


def test_a_broken_exercise_is_told_where(exercise: Path) -> None:
    (exercise / "reference.py").write_text(PASSING)
    (exercise / "prompt.md").unlink()
    done = lint(exercise)
    assert done.returncode == 1
    line = PASSING.splitlines().index("def halves(x):") + 1
    assert f"{exercise / 'reference.py'}:{line}:1: halves passes [mistake-fails]" in done.stdout.splitlines()
    assert f"{exercise / 'prompt.md'}:1:1: the prompt is missing [prompt]" in done.stdout.splitlines()
    assert done.stdout.endswith("2 problems, 0 waived\n")
    assert report(exercise)["proved"] == 1  # what is not sound is proved again


def test_what_this_machine_cannot_judge_is_said_and_is_no_problem(exercise: Path) -> None:
    (exercise / "exercise.yaml").write_text(
        EXERCISE.replace("entry: double", "entry: double\n    needs: [gpu]")
        + "waive: {double.mistake-fails: It must be so.}\n"
    )
    done = lint(exercise)
    assert done.returncode == 0
    said = "not judged here: doubling.double: Skipped: it needs gpu, which is not active here."
    assert said in done.stdout.splitlines() and " 0 problems, " in done.stdout
    found = report(exercise)
    assert (
        found["skipped"][0]["where"] == "doubling.double" and found["proved"] == 1
    )  # asked again: it may be there now


@pytest.mark.slow
def test_a_waiver_for_a_part_lets_what_judging_finds_pass_there_alone(exercise: Path) -> None:
    (exercise / "reference.py").write_text(PASSING)
    waive(exercise, "double.mistake-fails")
    found = report(exercise)
    assert found["problems"] == [] and found["counts"]["waivers"] == 1
    assert found["waivers"] == [{"where": "doubling.double", "rule": "mistake-fails", "reason": "It must be so"}]
    assert report(exercise)["kept"] == 1
    waive(exercise, "double.mistake-hint", "doubel.mistake-fails")
    assert [(p["rule"], p["part"]) for p in report(exercise)["problems"]] == [
        ("waivers", ""),
        ("waivers", ""),
        ("mistake-fails", "double"),
    ]


def test_a_folder_may_be_named_from_where_one_stands(exercise: Path) -> None:
    yaml = EXERCISE + "  - {id: size, kind: numeric, covers: [E1.1.1], text: 'Of {n}?', budget: {seconds: 3}}\n"
    (exercise / "exercise.yaml").write_text(yaml.replace("entry: double", "entry: double\n    budget: {seconds: 0.4}"))
    (exercise / "questions.py").write_text(
        "from grader.spec import Question\n\n\ndef size(rng):\n    return Question({'n': 1, 'm': 1}, 1)\n"
    )
    slow = "    for _ in range(5_000_000): pass\n    return 2 * x"
    (exercise / "reference.py").write_text(REFERENCE.replace("    return 2 * x", slow))
    done = lint(exercise.name, cwd=exercise.parent)
    places = [line.removeprefix(f"{exercise}/").partition(" ")[0] for line in done.stdout.splitlines() if "[" in line]
    assert "questions.py:4:1:" in places and "exercise.yaml:8:13:" in places, done.stdout


def test_what_cannot_be_read_is_one_sentence(exercise: Path, tmp_path: Path) -> None:
    (exercise / "exercise.yaml").write_text("id: doubling\ntitel: Doubling\n")
    done = lint(exercise)
    assert (
        done.returncode == 2 and done.stdout == "" and "exercise.yaml:2:1: the key `titel` is not known" in done.stderr
    )
    (tmp_path / "empty").mkdir()
    done = lint(tmp_path / "empty")
    assert done.returncode == 2 and "course.yaml:1:1: this file is missing" in done.stderr
    assert lint(tmp_path / "nowhere").returncode == 2


@pytest.mark.slow
def test_what_judging_finds_can_be_waived_and_is_counted(exercise: Path) -> None:
    (exercise / "reference.py").write_text(PASSING)
    waive(exercise, "mistake-fails")
    done = lint(exercise)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "waived: doubling: mistake-fails: It must be so",
        COUNTED,
        "1 exercise, 1 proved now, 0 unchanged since; 0 problems, 1 waived",
    ]
    assert report(exercise)["waivers"] == [{"where": "doubling", "rule": "mistake-fails", "reason": "It must be so"}]
    assert report(exercise)["kept"] == 1  # also from the kept proof
    waive(exercise, "mistake-hint")
    assert problems(exercise) == [
        ("exercise.yaml", 3, "waivers"),
        ("reference.py", PASSING.splitlines().index("def halves(x):") + 1, "mistake-fails"),
    ]


def test_a_waiver_of_nothing_is_a_problem(exercise: Path) -> None:
    waive(exercise, "starter-fails", "starter-fail")
    messages = [p["message"] for p in report(exercise)["problems"]]
    assert messages == [
        "`starter-fails` is waived, and there is nothing to waive",
        "there is no rule `starter-fail`. Did you mean `starter-fails`?",
    ]


@pytest.mark.slow
def test_a_spoiled_file_of_proofs_costs_time_only(exercise: Path, home: Path) -> None:
    lint(exercise)
    kept = home / "proofs.json"
    assert json.loads(kept.read_text())
    for spoiled in ("", "[1]", '{"a": 3}', "\x00"):
        kept.write_text(spoiled)
        assert report(exercise)["proved"] == 1


def test_the_rules_of_the_proof_are_the_ones_that_can_be_waived() -> None:
    trees = [ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")) for module in (claims, facts)]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [node.args[0] for node in calls if getattr(node.func, "id", "") in ("Unproved", "partial", "claim")]
    used = {one.value for one in named if isinstance(one, ast.Constant)}
    trivial = {f"trivial-{name}" for name in TRIVIAL}
    assert used | trivial == PROVED.keys() and not PROVED.keys() & RULES.keys()
