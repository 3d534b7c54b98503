"""Answers that are a change of the reference, as the judge has them: made and named, or a fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.judge.reference import Reference, ReferenceFault, load
from grader.records.job import Job
from grader.spec.edit import Edit
from grader.spec.marks import AlternativeMark, MistakeMark
from lessons.schema import Exercise

SOURCE = """\
from grader.spec import alternative, edit, edit_alternative, mistake

def helper(x):
    return 2 * x

def f(x):
    return helper(x) + 1

class Layer:
    def call(self, x):
        return x - f(x)

edit("first", "First.", hint="One?", part="a", replace=("+ 1", "- 1"))

@mistake("second", "Second.", hint="Two?", part="a")
def second(x):
    return x

edit(
    "third", "Third.", hint="Three?", part="a", of=helper, replace=("2", "3"), when=lambda got, ref, inputs: True
)
own = edit("first", "In the layer.", hint="Four?", part="b", replace=[("x - f", "f"), ("return ", "return -")])
edit_alternative("other-way-round", part="a", replace=("helper(x) + 1", "1 + helper(x)"))
"""


def loaded(source: str, name: str = "reference.py") -> Reference:
    path = Path("/nowhere") / name
    entries = {"a": "f", "b": "Layer"}
    job = Job(
        exercise="x", path=str(path), reference=source, fixtures="", name="x.py", entries=entries,
        answers=(),
    )  # fmt: skip
    return load(job)


def test_edits_are_mistakes_and_alternatives_like_others_in_the_order_of_the_file() -> None:
    reference = loaded(SOURCE)
    marks = [mark for mark, _ in reference.parts["a"].mistakes]
    assert [mark.name for mark in marks] == ["first", "second", "third"]
    assert marks[0] == MistakeMark("first", "First.", "One?", "a", None) and marks[2].when is not None
    first, _, third = (function for _, function in reference.parts["a"].mistakes)
    assert [first(5), third(5), reference.namespace["f"](5)] == [9, 16, 11]
    ((mark, layer),) = reference.parts["b"].mistakes
    assert mark.message == "In the layer." and layer().call(5) == -11
    ((other, function),) = reference.parts["a"].alternatives
    assert other == AlternativeMark("a", accept=False) and function(5) == 11


def test_each_is_bound_to_a_name_of_its_own() -> None:
    reference = loaded(SOURCE)
    for part, name in (("a", "edit first of a"), ("b", "edit first of b")):
        made = reference.parts[part].mistakes[0][1]
        assert reference.namespace[name] is made is reference.parts[part].mistakes[0][1]


def test_two_references_in_one_process_keep_their_edits_apart() -> None:
    one, two = loaded(SOURCE), loaded(SOURCE.replace("+ 1", "+ 2"), "other.py")
    assert [len(reference.parts["a"].mistakes) for reference in (one, two)] == [3, 3]
    assert one.parts["a"].mistakes[2][1](1) == 4 and two.parts["a"].mistakes[2][1](1) == 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('("+ 1"', '("+1"', "reference.py:13: first: `+1` does not occur in `f`"),
        ("of=helper", "of=re.sub", "reference.py:20: NameError: name 're' is not defined"),
        ("of=helper", "of=alternative", "reference.py:19: third: no function or class `alternative` is defined here"),
        ("of=helper", 'of="helper"', "reference.py:19: TypeError: third: `of` is a function or class of this file"),
        ('("2", "3")', '("2", "3 +")', "reference.py:19: third: with this change `helper` does not compile: inv"),
        ('("2", "3")', '("(x)", "(x=n)")', "reference.py:19: third: NameError: name 'n' is not defined"),
        ('("2", "3")', '"2"', "reference.py:19: TypeError: third: `replace` is (old, new), two texts, or a list"),
        ('"third", "Third."', '"first", "Third."', "reference.py:19: ValueError: there are two edits of the name 'fi"),
        ('part="a", replace=("+ 1"', 'part="c", replace=("+ 1"', "is marked for part 'c'; the exercise has a, b"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_a_fault_with_its_line(old: str, new: str, said: str) -> None:
    assert SOURCE.count(old) == 1
    with pytest.raises(ReferenceFault, match=re.escape(said)):
        assert loaded(SOURCE.replace(old, new)).parts["a"].mistakes


def test_an_edit_is_made_when_it_is_asked_for_and_once() -> None:
    reference = loaded(SOURCE)
    part = reference.parts["a"]
    assert [isinstance(value, Edit) for _, value in part.others] == [True, False, True, True]
    first = part.mistakes
    assert [isinstance(value, Edit) for _, value in part.others] == [False, False, False, True], "no alternative yet"
    assert [one is two for (_, one), (_, two) in zip(first, part.mistakes, strict=True)] == [True] * 3


MEAN = """
    from grader.spec import case, cases, edit

    class Mean:
        def __init__(self, n):
            self.n = n

        def of(self, x):
            return x.sum() / self.n

    def f(x):
        return Mean(len(x)).of(x)

    @cases
    def vectors(rng):
        yield case(x=rng.normal(7), label="seven numbers")

    edit("without-one", "Divides by one less.", hint="How many are there?", of=Mean, replace=("self.n = n", "self.n = n - 1"))
"""  # noqa: E501


def test_a_verdict_names_the_mistake_and_shows_its_hint(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    verdict = grader.grade(exercise_of(MEAN), "def f(x):\n    return x.sum() / (len(x) - 1)\n", {}, seed=3)
    (check,) = (check for check in verdict.parts[0].checks if check.status == "failed")
    assert [(one.name, one.message) for one in check.diagnosis] == [("without-one", "Divides by one less.")]
    assert check.hint == "How many are there?"
