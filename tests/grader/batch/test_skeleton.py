"""What is offered as a mistake is the answer that was given: an edit gives the same code, a function is whole."""

from __future__ import annotations

import ast

import pytest

from grader.batch.normal_tree import bared, normal
from grader.batch.skeleton import FUNCTION, Asked, skeleton
from lessons.edit import edit_of, edited

REFERENCE = """
import torch
from grader.spec import mistake

def helper(x):
    return x - x.mean(0)

def scaled(x, n):
    centred = helper(x)
    total = (centred * centred).sum(0)
    if n > 1:
        total = total / (n - 1)
    return total.sqrt()

@mistake("other", "Other.", hint="?")
def other(x, n):
    return x
"""
RIGHT = """
import torch

def helper(t):
    return t - t.mean(0)

def scaled(t, count):
    c = helper(t)
    s = (c * c).sum(0)
    if count > 1:
        s = s / (count - 1)
    return s.sqrt()
"""
ASKED = Asked(REFERENCE, "scaled", None)


def shape(source: str, entry: str) -> tuple[str, ...]:
    tree = bared(ast.parse(source))
    form = normal(next(node for node in tree.body if getattr(node, "name", "") == entry))
    assert form is not None
    return form.shape


@pytest.mark.parametrize(
    ("change", "replace", "of"),
    [
        (("count - 1", "count"), ("n - 1", "n"), None),
        (("c * c", "c + c"), ("centred * centred", "centred + centred"), None),
        (("s / (count - 1)", "s * count - 1"), ("total / (n - 1)", "total * n - 1"), None),
        (("(c * c).sum(0)", "c.pow(2).sum(0)"), ("centred * centred", "centred.pow(2)"), None),
        (("    return s.sqrt()", "    return s"), ("total.sqrt()", "total"), None),
        (("        s = s / (count - 1)", "        pass"), ("total = total / (n - 1)", "pass"), None),
        (("t.mean(0)", "t.mean(1)"), ("x.mean(0)", "x.mean(1)"), "helper"),
        (("count > 1", "t > 1"), ("n > 1", "x > 1"), None),
        (("t.mean(0)", "t.mean(-1)"), ("x.mean(0)", "x.mean(-1)"), "helper"),
    ],
    ids=str,
)
def test_one_change_of_the_reference_is_an_edit(
    change: tuple[str, str], replace: tuple[str, str], of: str | None
) -> None:
    wrong = RIGHT.replace(*change)
    assert wrong != RIGHT
    made = skeleton(wrong, ASKED)
    found = edit_of(ast.parse(made).body[0])
    assert found is not None, made
    code = edited(REFERENCE, "scaled", found.of or "scaled", found.replace).code
    name = found.of or "scaled"
    assert shape(code, name) == shape(wrong, name)
    assert (found.of, found.replace) == (of, (replace,))


@pytest.mark.parametrize(
    "wrong",
    [
        RIGHT.replace("c * c", "c + c").replace("count > 1", "count < 1"),
        RIGHT.replace("    s = (c", "    c = c / 2\n    s = (c"),
        "FACTOR = 3\n\ndef twice(x):\n    return FACTOR * x\n\n"
        "def scaled(x, n):\n    return twice(x) / scaled(x, n - 1)\n",
        'from torch import nn\ndef scaled(x, n):\n    """Says \x1b[31m."""\n    return f"{x}\u202e{n}"\n',
    ],
    ids=["two changes", "one more statement", "helpers", "hostile text"],
)
def test_any_other_answer_is_a_function(wrong: str) -> None:
    made = skeleton(wrong, Asked(REFERENCE, "scaled", "spread"))
    (answer,) = ast.parse(made).body
    assert isinstance(answer, ast.FunctionDef) and answer.name == FUNCTION
    assert made.startswith('@mistake("name-it", "TODO') and "part='spread'" in made
    assert "scaled" not in made, "the reference has this name"
    assert "\x1b" not in made and "\u202e" not in made
    if "FACTOR" in wrong:
        assert [type(node) for node in answer.body[:2]] == [ast.Assign, ast.FunctionDef]


def test_a_class_comes_with_what_it_needs_before_it() -> None:
    source = "def g(x):\n    return x\nclass Net:\n    def f(self):\n        return g(Net)\n"
    made = skeleton(source, Asked("", "Net", None))
    helper, answer = ast.parse(made).body
    assert isinstance(helper, ast.FunctionDef) and isinstance(answer, ast.ClassDef) and answer.name == FUNCTION
    assert f"g({FUNCTION})" in made


def test_values_of_the_starter_are_no_helpers() -> None:
    reference = "SIZES = [3, 4]\n\ndef first(x):\n    return x[SIZES[0]]\n"
    wrong = "SIZES = [3,\n         4]  # as given\n\ndef first(x):\n    return x[SIZES[1]]\n"
    assert "replace=('SIZES[0]', 'SIZES[1]')" in skeleton(wrong, Asked(reference, "first", None))
    assert skeleton(wrong.replace("4]", "5]"), Asked(reference, "first", None)).startswith("@mistake")


@pytest.mark.parametrize("source", ["", "def other(x):\n    return x\n", "def scaled(x:\n", "(" * 5000])
def test_what_lacks_the_answer_is_no_mistake(source: str) -> None:
    assert skeleton(source, ASKED) == ""
