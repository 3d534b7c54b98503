"""What only a learner's file can do wrong, because it takes a package that no reference may import, gets its hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading import Grader
from grader.proof.shown import last_hints
from lessons.loading.loader import load_course

COURSE = load_course(Path(__file__).parents[3] / "lessons" / "units")


def hints_for(grader: Grader, exercise: str, part: str, old: str, new: str) -> list[str]:
    """The hints that the shown solution gets for a part once `old` is replaced in it."""
    found = COURSE.exercise(exercise)
    assert found is not None
    source = last_hints(found)
    assert source is not None and old in source
    (verdict,) = grader.grade(found, source.replace(old, new), {}, parts=[part], seed=1).parts
    assert verdict.status != "passed"
    return [check.hint for check in verdict.checks if check.hint]


@pytest.mark.slow
def test_pictures_as_pil_has_them(grader: Grader) -> None:
    converted = "PILToTensor()(Image.open(Path(self.dir) / name))"
    plain = "Image.open(Path(self.dir) / name)"
    assert "batch must contain tensors" in hints_for(grader, "own-data-set", "dataset", converted, plain)[0]


@pytest.mark.slow
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
