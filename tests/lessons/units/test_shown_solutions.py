"""What the last hint shows, put into the file that the learner starts from, is a right answer. And what only a
learner's file can do wrong, because it takes a package that no reference may import, gets its hint as well."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader.grading import Grader
from lessons.loading.loader import load_course
from lessons.schema import RUN_KINDS, Exercise

COURSE = load_course(Path(__file__).parents[3] / "lessons" / "units")


def shown(exercise: Exercise) -> str | None:
    """The starter with the solutions of its parts in it; None where a part has none in one block of code."""
    source = exercise.starter
    for part in exercise.parts:
        if part.kind not in RUN_KINDS:
            continue
        blocks = [re.findall(r"```python\n(.*?)```", hint.text, re.DOTALL) for hint in part.hints if hint.solution]
        if len(blocks) != 1 or len(blocks[0]) != 1 or part.entry is None:
            return None
        defined = {getattr(node, "name", None) for node in ast.parse(blocks[0][0]).body}
        lines = source.splitlines()
        for node in reversed(ast.parse(source).body):
            name = getattr(node, "name", None)
            if name is not None and (name in defined or name == part.entry) and node.end_lineno is not None:
                lines[node.lineno - 1 : node.end_lineno] = blocks[0][0].splitlines() if name == part.entry else []
        source = "\n".join(lines) + "\n"
    return source


WHOLE = [(exercise, source) for exercise in COURSE.exercises if (source := shown(exercise)) and exercise.starter]


def test_there_are_enough_of_them() -> None:
    assert len(WHOLE) > 12


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "source"), WHOLE, ids=[exercise.id for exercise, _ in WHOLE])
def test_a_shown_solution_is_right(grader: Grader, exercise: Exercise, source: str) -> None:
    parts = [part.id for part in exercise.parts if part.kind in RUN_KINDS]
    verdict = grader.grade(exercise, source, {}, parts=parts, seed=1)
    assert [(part.part, part.status) for part in verdict.parts] == [(part, "passed") for part in parts]


def hints_for(grader: Grader, exercise: str, part: str, old: str, new: str) -> list[str]:
    """The hints that the shown solution gets for a part once `old` is replaced in it."""
    found = COURSE.exercise(exercise)
    assert found is not None
    source = shown(found)
    assert source is not None and old in source
    (verdict,) = grader.grade(found, source.replace(old, new), {}, parts=[part], seed=1).parts
    assert verdict.status != "passed"
    return [check.hint for check in verdict.checks if check.hint]


def test_pictures_as_pil_has_them(grader: Grader) -> None:
    converted = "PILToTensor()(Image.open(Path(self.dir) / name))"
    plain = "Image.open(Path(self.dir) / name)"
    assert "batch must contain tensors" in hints_for(grader, "own-data-set", "dataset", converted, plain)[0]


def test_a_class_derived_from_the_ready_made_one(grader: Grader) -> None:
    exercise = COURSE.exercise("own-data-set")
    assert exercise is not None
    source = (
        "from torchvision.datasets import FashionMNIST\n"
        "class FashionMNISTDataset(FashionMNIST):\n"
        "    def __init__(self, labels_file, dir, transform=None, target_transform=None):\n"
        "        super().__init__(dir, transform=transform, target_transform=target_transform)\n"
    )
    (verdict,) = grader.grade(exercise, source, {}, parts=["dataset"], seed=1).parts
    assert "Not from FashionMNIST" in next(check.hint for check in verdict.checks if check.hint)
