"""How labels of cases count."""

from __future__ import annotations

import pytest

from grader.spec import plural
from grader.spec.labels import misspelled


@pytest.mark.parametrize(("number", "said"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (1000, "1000 steps")])
def test_one_and_many(number: int, said: str) -> None:
    assert plural(number, "step") == said


def test_a_plural_of_its_own() -> None:
    assert plural(1, "class", "classes") == "1 class" and plural(2, "class", "classes") == "2 classes"


@pytest.mark.parametrize(
    ("label", "wrong"),
    [
        ("1 steps", "1 steps"),
        ("3 points of 1 numbers", "1 numbers"),
        ("1 class, 1 loss, 1 bias, 1 axis, 1 radius", ""),
        ("11 steps, 0.1 seconds, 2,1 points, 1 x 1 filters, x1 steps, 2-1 steps, 3/1 parts", ""),
        ("1 step", ""),
    ],
)
def test_a_plural_after_a_one(label: str, wrong: str) -> None:
    assert misspelled(label) == wrong
