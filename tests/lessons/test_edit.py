"""Answers that are a change of the reference, made as text."""

from __future__ import annotations

import ast
import re

import pytest

from lessons.edit import EditError, edit_of, edited

SOURCE = """\
from functools import lru_cache

from grader.spec import alternative

FACTOR = 3


def half(x):
    return x / 2


@lru_cache
def mean(a, b):
    # of two
    return half(a + b)


def power(x, n):
    return 1 if n == 0 else x * power(x, n - 1)


class Scale:
    def __init__(self, by):
        self.by = by

    def __call__(self, x):
        return self.by * x


class Shifted(Scale):
    def __call__(self, x):
        return super().__call__(x) + FACTOR


@alternative
@lru_cache
def at_once(a, b):
    return a / 2 + b / 2
"""


def answer(entry: str, of: str, *replace: tuple[str, str]) -> object:
    """The answer, made as the judge and a file that is handed in make it."""
    names: dict[str, object] = {"alternative": lambda function: function}
    exec(SOURCE.replace("from grader.spec import alternative\n", ""), names)
    code, name = edited(SOURCE, entry, of, replace)
    before, copy = dict(names), dict(names)
    exec(code, copy)
    assert names == before
    return copy[name]


def test_a_text_of_the_entry_is_replaced() -> None:
    assert edited(SOURCE, "half", "half", (("/ 2", "/ 4"),)).code == "def half(x):\n    return x / 4\n"
    assert edited(SOURCE, "half", "half", (("x / 2", "2 * y"), ("half(x", "half(y"))).code.startswith("def half(y)")


def test_decorators_stay_except_those_that_mark() -> None:
    assert edited(SOURCE, "mean", "mean", (("a + b", "a - b"),)).code.startswith("@lru_cache\ndef mean")
    assert edited(SOURCE, "mean", "at_once", (("+", "-"),)) == (
        "@lru_cache\ndef at_once(a, b):\n    return a / 2 - b / 2\n",
        "at_once",
    )


def test_texts_may_change_places() -> None:
    assert "return b / 2 + a / 2" in edited(SOURCE, "mean", "at_once", (("a / 2", "b / 2"), ("b / 2", "a / 2"))).code


def test_a_change_in_what_the_entry_uses_changes_the_entry() -> None:
    assert answer("mean", "half", ("/ 2", "/ 4"))(2, 6) == 2  # type: ignore[operator]
    assert answer("Shifted", "Scale", ("self.by * x", "x"))(5)(2) == 5  # type: ignore[operator]


def test_what_the_entry_does_not_use_stands_in_its_place() -> None:
    assert answer("mean", "at_once", ("a / 2", "a"))(2, 6) == 5  # type: ignore[operator]


def test_an_answer_that_calls_itself_calls_itself_with_the_change() -> None:
    assert answer("power", "power", ("x *", "x +"))(3, 2) == 7  # type: ignore[operator]


def test_a_method_is_changed() -> None:
    assert answer("Shifted", "Shifted", ("+ FACTOR", "- FACTOR"))(5)(2) == 7  # type: ignore[operator]


@pytest.mark.parametrize(
    ("of", "replace", "said"),
    [
        ("half", [("x/2", "x")], "`x/2` does not occur in `half`: copy it from there, spaces included"),
        ("half", [("", "x")], "`` does not occur in `half`: copy"),
        ("half", [("FACTOR", "x")], "`FACTOR` does not occur in `half`"),
        ("mean", [("lru_cache", "cache")], "`lru_cache` does not occur in `mean`"),
        ("half", [("x", "y")], "`x` occurs 2 times in `half`: take so much of the text that it occurs once"),
        ("mean", [("half", "abs"), ("+ b)", ")"), ("a + b", "a")], "`a + b` and `+ b)` overlap in `mean`: make one"),
        ("half", [("/ 2", "/ (2")], "with this change `half` does not compile: '(' was never closed, at `return x"),
        ("half", [("return", "break;")], "does not compile: 'break' outside loop"),
        ("half", [("half", "quarter")], "the change must leave one function or class of the name `half`"),
        ("hlaf", [("x", "y")], "no function or class `hlaf` is defined here. Did you mean `half`?"),
        ("FACTOR", [("3", "4")], "no function or class `FACTOR` is defined here."),
    ],
)
def test_what_cannot_be_made_is_said(of: str, replace: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(EditError, match=re.escape(said)):
        edited(SOURCE, "mean", of, tuple(replace))


def test_a_call_is_read_with_or_without_a_name_for_it() -> None:
    call = 'edit("up", "Goes up.", hint="Which way?", of=half, replace=[("a", "b"), ("c" "d", "e")], part="one")'
    for text, column in ((call, 1), (f"up = {call}", 6)):
        found = edit_of(ast.parse(text).body[0])
        assert found is not None and found.bound == "edit up of one" and found.column == column
        assert found[:6] == ("mistake", "up", "one", "Which way?", "half", (("a", "b"), ("cd", "e")))
    (other,) = (edit_of(node) for node in ast.parse('edit_alternative("down", replace=("a", "b"))').body)
    assert other is not None and (other.kind, other.of, other.bound) == ("alternative", None, "edit down")


@pytest.mark.parametrize("replace", ["OLD", '("a", OLD)', '("a", "b", "c")', '(("a", "b"),)', "[]", '["ab"]'])
def test_texts_that_are_not_in_the_call_are_not_guessed(replace: str) -> None:
    found = edit_of(ast.parse(f'edit("up", "Up.", hint="?", replace={replace})').body[0])
    assert found is not None and found.replace == ()


def test_what_is_no_edit_is_none() -> None:
    for text in ("x = 1", "edit", "print(edit)", "cases.edit()", "x: int", "def edit(): ..."):
        assert edit_of(ast.parse(text).body[0]) is None
