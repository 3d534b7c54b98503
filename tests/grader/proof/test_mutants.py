"""Mutants of a reference: which small changes are made, that each is a definition that compiles, and which pass."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.judge.mutants import mutants
from grader.proof import survivors
from lessons.schema import Exercise

MEAN = """
import torch
from grader.spec import case, cases, check

def scaled(x):
    return x * 2.0

def mean(x, start=0):
    total = scaled(x)[start:].sum(dim=1)
    return total / len(x)

def unused(x):
    return -x

@check("is one", part="one")
def x(got, ref, inputs):
    return None if got > 1 else "no"

@cases
def drawn(rng):
    yield case(x=rng.normal(3, 4))
"""


def changes(source: str, entry: str = "f", most: int = 1000) -> list[str]:
    return [one.change for one in mutants(source, entry, most)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a + b", "a - b"),
        ("a @ b", "b @ a"),
        ("a - b", "b - a"),
        ("-a", "a"),
        ("a < b", "a >= b"),
        ("a <= b", "a < b"),
        ("a and b", "a or b"),
        ("a[1]", "a[2]"),
        ("a[-1]", "a[0]"),
        ("a[1:]", "a[:]"),
        ("a.sum(1)", "a.sum(2)"),
        ("a.sum(dim=1)", "a.mean(dim=1)"),
        ("a.sum(dim=1)", "a.sum()"),
        ("a.detach()", "a"),
        ("a.T", "a"),
        ("torch.exp(a)", "a"),
        ("torch.cat(a, b)", "torch.cat(b, a)"),
        ("a.to(dtype=b)", "a.to()"),
        ("a * 0.5", "a * 1.0"),
        ("a if b else 1", "a"),
    ],
)
def test_an_expression_is_changed_as_learners_have_it(before: str, after: str) -> None:
    assert f"f: {before} -> {after}" in changes(f"def f(a, b):\n    return {before}\n")


def test_an_axis_and_what_is_said_by_name_are_changed_too() -> None:
    found = changes("def f(a):\n    return a.sum(dim=1, keepdim=True)\n")
    assert {"f: dim=1 -> dim=0", "f: keepdim=True -> keepdim=False"} <= set(found)


@pytest.mark.parametrize(
    ("body", "change"),
    [
        ("a.zero_()\n    return a", "f: a.zero_() -> pass"),
        ("a -= b\n    return a", "f: a -= b -> pass"),
        ("a -= b\n    return a", "f: a -= b -> a += b"),
        ("a.data = b\n    return a", "f: a.data = b -> pass"),
        ("a = a - b\n    return a", "f: a = a - b -> a -= b"),
        ("if a > b:\n        return a\n    return b", "f: if a > b: return a -> if True: pass"),
        ("with b:\n        a += 1\n    return a", "f: with b: a += 1 -> if True: a += 1"),
        ("for c in b:\n        a += c\n    return a", "f: for c in b: a += c -> for c in b: a += c break"),
        ("return a, b", "f: (a, b) -> (b, a)"),
    ],
)
def test_a_statement_is_missing_or_stops_early_or_changes_its_argument(body: str, change: str) -> None:
    assert change in changes(f"def f(a, b):\n    {body}\n")


@pytest.mark.parametrize(
    "body",
    [
        '"""A text."""\n    return a',
        "raise ValueError('a' + 'b', 1)",
        "live.log({'cost': a + 1}, step=b)\n    return a",
        "return max(a, b)",
        "return list(zip(a, strict=True))[b]",
        "return f'{a + 1}'",
    ],
)
def test_what_changes_no_result_is_left_alone(body: str) -> None:
    left = {"live.log({'cost': a + 1}, step=b) -> pass", "max(a, b) -> a", "max(a, b) -> min(a, b)"}
    left |= {"zip(a, strict=True) -> a", "list(zip(a, strict=True)) -> zip(a, strict=True)"}
    assert {one.removeprefix("f: ") for one in changes(f"def f(a, b):\n    {body}\n")} <= left


def test_all_that_the_entry_is_made_of_is_changed_and_nothing_else() -> None:
    found = mutants(MEAN, "mean", 1000)
    assert {one.change.split(":")[0] for one in found} == {"mean", "scaled"}
    for one in found:
        (*_, last) = ast.parse(one.made.code).body
        assert isinstance(last, ast.FunctionDef)
        assert last.name == one.made.answer == "mean"
        assert one.line == 6 if one.change.startswith("scaled") else 8 <= one.line <= 10
    assert len({one.change for one in found}) == len(found)


def test_of_many_some_are_chosen_and_a_change_elsewhere_chooses_no_others() -> None:
    some = changes(MEAN, "mean", 5)
    assert len(some) == 5
    assert set(some) < set(changes(MEAN, "mean"))
    assert changes(MEAN.replace("return -x", "return x + 3"), "mean", 5) == some


def test_a_long_change_shows_what_differs() -> None:
    long = "a" + " + a" * 40
    assert "f: ...+ a + a + a + a + a - a -> ...+ a + a + a + a + a + a" in changes(
        f"def f(a):\n    return {long} - a\n"
    )


def test_what_passes_is_found_by_judging(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    source = """
        from grader.spec import case, cases

        def f(x):
            return x.clone() + 1.0

        @cases
        def drawn(rng):
            yield case(x=rng.normal(5))
        """
    found = {one.mutant.change: one.passed for one in survivors.tried(exercise_of(source), grader)}
    assert found.pop("f: x.clone() -> x") is True
    assert found
    assert not any(found.values())
