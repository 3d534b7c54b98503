"""Two codes have the same normal form where they are the same but for what says nothing; hostile code has none."""

from __future__ import annotations

import pytest

from grader.batch.normal_tree import LARGEST, Normal, names_of, normal, parsed

PLAIN = """
import torch

def mean(x, n):
    total = x.sum()
    return total / n
"""
DISGUISED = '''
from __future__ import annotations
import torch, os

def mean(values: torch.Tensor, count: int) -> float:
    """Means."""
    pass
    s: torch.Tensor = values.sum()  # the sum


    return (s / count)

print(mean(torch.ones(3), 3))
if __name__ == "__main__":
    mean(1, 2)
'''


def form(source: str, given: frozenset[str] = frozenset({"mean"})) -> Normal:
    tree = parsed(source)
    assert tree is not None
    made = normal(tree, given)
    assert made is not None
    return made


def test_names_comments_and_layout_say_nothing() -> None:
    assert form(PLAIN).shape == form(DISGUISED).shape
    assert [token.text for token in form(PLAIN).tokens] == [token.text for token in form(DISGUISED).tokens]


@pytest.mark.parametrize(
    "change", [("total / n", "n / total"), ("sum", "prod"), ("x.sum()", "x.sum(0)"), ("def mean", "def other")]
)
def test_what_code_does_says_something(change: tuple[str, str]) -> None:
    assert form(PLAIN).shape != form(PLAIN.replace(*change)).shape


def test_keywords_are_not_the_learners() -> None:
    one = "def mean(x):\n    dim = 0\n    return x.mean(dim=dim)\n"
    assert form(one).shape == form(one.replace("dim = 0", "d = 0").replace("=dim", "=d")).shape
    assert form(one).shape != form(one.replace("dim=", "out=")).shape


def test_attributes_of_ones_own_are_names_and_those_of_the_course_are_not() -> None:
    one = "class A:\n    def __init__(self):\n        self.w = 1\n    def f(self):\n        return self.w\n"
    other = one.replace(".w", ".weight")
    assert form(one).shape == form(other).shape
    tree = parsed(one)
    assert tree is not None and names_of(tree) == {"A", ".w", ".f", ".__init__"}
    assert form(one, names_of(tree)).shape != form(other, names_of(tree)).shape


def test_methods_that_only_the_file_itself_calls_are_names_too() -> None:
    one = "class A:\n    def forward(self, x):\n        return self.norm(x)\n    def norm(self, x):\n        return x\n"
    assert form(one).shape == form(one.replace("norm", "scaled")).shape
    assert form(one).shape != form(one.replace("forward", "backward")).shape
    assert form(one).shape != form(one.replace("x)", "y)").replace("norm", "forward")).shape
    assert form(one, frozenset({".norm"})).shape != form(one.replace("norm", "scaled"), frozenset({".norm"})).shape


@pytest.mark.parametrize(
    "source",
    [
        "def f(:\n",
        "x = '\x00'",
        "(" * 5000 + ")" * 5000,
        "x = " + "-" * 20_000 + "1",
        "x = " + "+".join("1" for _ in range(20_000)),
        "x = " + "a." * 20_000 + "b",
        "def f():\n" + "".join(f"{' ' * depth}if x:\n" for depth in range(1, 300)),
        "x = 0x" + "f" * 40_000,
        "#" * 70_000,
        "\ud800",
    ],
    ids=["broken", "zero", "brackets", "signs", "sum", "dots", "deep", "number", "large", "surrogate"],
)
def test_hostile_code_has_no_form_and_stops_nothing(source: str) -> None:
    for most in (LARGEST, None):
        tree = parsed(source, most)
        assert tree is None or normal(tree) is None or (most is None and source.startswith("#"))
