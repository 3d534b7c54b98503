"""The course as its learners hand it in: five right answers in other styles for each part, and every recorded mistake
through the real command, which names it and shows its own hint first."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.proof.claims import handed_in
from lessons.lint.rules.code import Mark, marks
from lessons.loading.loader import load_course
from lessons.schema import Exercise, Part

COURSE = load_course(Path(__file__).parents[3] / "lessons" / "units")
STYLES = 5
"""Right answers beside the reference; that each passes is proved with the rest of its exercise."""


def answers(exercise: Exercise, part: Part, mark: str) -> list[Mark]:
    path = exercise.folder / "reference.py"
    found = marks(ast.parse(path.read_text(encoding="utf-8"))) if path.is_file() else ()
    return [one for one in found if one.kind == mark and one.part in (part.id, None)]


KINDS = ("code", "derivation")
CODE = [(exercise, part) for exercise in COURSE.exercises for part in exercise.parts if part.kind in KINDS]


@pytest.mark.parametrize(("exercise", "part"), CODE, ids=[f"{exercise.id}.{part.id}" for exercise, part in CODE])
def test_a_code_part_has_right_answers_in_five_other_styles(exercise: Exercise, part: Part) -> None:
    assert len(answers(exercise, part, "alternative")) >= STYLES


def test_there_are_enough_mistakes() -> None:
    assert sum(len(answers(exercise, part, "mistake")) for exercise, part in CODE) > 60


@pytest.mark.slow
@pytest.mark.parametrize("lesson", ["creating-tensors"])  # the linter proves all of them by another way in
def test_every_mistake_gets_its_name_and_its_hint_from_the_command(lesson: str, tmp_path: Path) -> None:
    expected: dict[str, tuple[str, Mark]] = {}
    for exercise, part in CODE:
        if exercise.lesson != lesson:
            continue
        source = (exercise.folder / "reference.py").read_text(encoding="utf-8")
        for mistake in answers(exercise, part, "mistake"):
            folder = tmp_path / f"{len(expected):03d}-{mistake.name}"
            folder.mkdir()
            (folder / f"{exercise.id}.py").write_text(handed_in(source, part, mistake.function), encoding="utf-8")
            expected[folder.name] = part.id, mistake
    command = [
        sys.executable,
        "-P",
        "-m",
        "grader",
        "grade",
        *(str(tmp_path / name) for name in expected),
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=170)
    assert done.returncode == 1, done.stderr[-2000:]
    verdicts = json.loads(done.stdout)["verdicts"]
    assert len(verdicts) == len(expected)
    wrong = []
    for (part_id, mistake), verdict in zip(expected.values(), verdicts, strict=True):
        judged = next(one for one in verdict["parts"] if one["part"] == part_id)
        checks = [check for check in judged["checks"] if check["status"] != "passed"]
        hinted = next((check for check in checks if check["hint"]), None)
        names = [finding["name"] for finding in hinted["diagnosis"]] if hinted else []
        if hinted is None or hinted["hint"] != mistake.hint or mistake.name not in names[:1]:
            wrong.append((verdict["exercise"], mistake.name, names, hinted and hinted["hint"]))
    assert wrong == []
