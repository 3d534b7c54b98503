"""`dl-tutor lint --mutants`: what passes is told where, a reason lets it pass, and what is unchanged is not judged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from lessons.loading.loader import load_course
from tests.tutor.process import tutor

COURSE = Path(__file__).parents[1] / "course"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


def report(path: Path, *words: str) -> Any:
    return json.loads(tutor("lint", "--mutants", path, "--json", *words).out)


def test_what_is_judged_is_kept_beside_the_course_and_a_change_is_judged_anew(course: Path) -> None:
    first = report(course)
    assert first["problems"] == []
    assert (first["judged"], first["rejected"], first["right"]) == (1, first["made"], 0)
    assert first["made"] >= 3
    assert report(course) == {**first, "judged": 0}
    assert report(course, "--all")["judged"] == 1
    reference = load_course(course).exercises[0].reference
    reference.write_text(reference.read_text() + "\n# a remark\n")
    assert report(course)["judged"] == 1
    (course / "mutants.json").write_text("{")
    said = tutor("lint", "--mutants", course)
    assert said.code == 2
    assert f"{course / 'mutants.json'}:1:1: not a record of the course" in said.err


def test_what_passes_is_told_where_and_may_have_its_reason(course: Path) -> None:
    exercise = load_course(course).exercises[0]
    text = exercise.reference.read_text().replace("return 2 * x", "return 2 * x.clone()")
    assert text != exercise.reference.read_text()
    exercise.reference.write_text(text)
    line = text.splitlines().index("    return 2 * x.clone()") + 1
    said = tutor("lint", "--mutants", exercise.folder)
    assert said.code == 1
    assert said.out.startswith(
        f"{exercise.folder / 'reference.py'}:{line}:1: code: a mutant passes: double: x.clone() -> x "
        "(add a case that it fails, or a reason to mutants.yaml) [mutants]\n"
    )
    reasons = exercise.folder / "mutants.yaml"
    reasons.write_text('right:\n  code:\n    "double: x.clone() -> *": A product is a copy anyway.\n')
    said = tutor("lint", "--mutants", exercise.folder)
    assert said.code == 0
    assert " rejected (100.0% of those that are wrong), 1 right as they are; exercises judged now: 1\n" in said.out
    reasons.write_text(reasons.read_text() + '    "double: 2 -> 3": It is not.\n')
    said = tutor("lint", "--mutants", exercise.folder)
    assert said.code == 1
    assert f"{reasons}:4:5: code: no mutant that passes is `double: 2 -> 3` [mutants]\n" in said.out
    reasons.write_text('right:\n  dubble:\n    "*": It is right.\n')
    said = tutor("lint", "--mutants", exercise.folder)
    assert said.code == 2
    assert f"{reasons}:2:3: there is no part `dubble`" in said.err


def test_what_cannot_be_judged_has_not_been_rejected(course: Path) -> None:
    exercise = load_course(course).exercises[0]
    text = exercise.reference.read_text().replace("yield case(x=rng.normal(3))", "yield case(x=rng.nothing(3))")
    assert text != exercise.reference.read_text()
    exercise.reference.write_text(text)
    said = tutor("lint", "--mutants", course)
    assert said.code == 2
    assert "code cannot be judged: The exercise itself is at fault: " in said.err
    assert not (course / "mutants.json").exists()
