"""The failing input is in the verdict: a small one whole, of a large one a corner; a hidden answer never is."""

from __future__ import annotations

from collections.abc import Callable

import torch

from grader.grading import Grader
from grader.judge.given import ALL, EACH, given
from grader.report.text import render
from grader.spec import Rng, case, fixture, script
from lessons.schema import Exercise

LARGE = torch.arange(2400.0).reshape(6, 20, 20)


def test_small_inputs_are_whole() -> None:
    one = case(x=torch.tensor([1.5, 2.0]), n=3, words=["a", "b"], generator=Rng(0).generator(), truth="no")
    assert given(one) == "x = [1.5, 2] (float32), n = 3, words = ['a', 'b'], generator = a seeded generator"
    assert given(case(lambda: 1)) is not None and given(case()) is None


def test_of_large_ones_there_is_a_corner() -> None:
    text = given(case(x=LARGE))
    assert text == (
        "x = a tensor of shape (6, 20, 20), float32, which begins with [[0, 1, 2], [20, 21, 22], [40, 41, 42]]"
    )
    assert given(case(x=torch.zeros(0, 5, 5, 5))) is not None


def test_tensors_in_lists_have_theirs() -> None:
    text = given(case(layers=[(torch.zeros(2), torch.zeros(3, 30))] * 9))
    assert text is not None and "[0, 0] (float32)" in text and len(text) <= EACH + 9


def test_no_input_and_no_number_of_them_is_too_long() -> None:
    text = given(case(*[list(range(10**4))] * 20))
    assert text is not None and len(text) <= ALL and text.endswith("...")


def test_of_a_script_the_step_is_shown_and_not_what_its_checks_know() -> None:
    s = script("a run", truth=torch.ones(3), labels=torch.full((3,), 7))
    model = s.spy(fixture("network"))
    s.call("fit", model, torch.zeros(2), 5, rate=0.1)
    s.call("predict", model, torch.ones(2))
    first = "argument 2 = [0, 0] (float32), argument 3 = 5, rate = 0.1"
    assert given(s, s.steps[1]) == first
    assert given(s, s.steps[2]) == "argument 2 = [1, 1] (float32)"
    assert given(s) == f"call 2: {first}; call 3: argument 2 = [1, 1] (float32)"
    for number in range(9):
        s.call("predict", model, torch.full((2,), number), label="again")
    text = given(s)
    assert text is not None and text.count("again") == 1 and text.endswith("; ...")
    assert given(script("nothing is handed in")) is None


REFERENCE = """
    from grader.spec import case, cases

    def f(x):
        return 2 * x

    @cases
    def some(rng):
        yield case(x=rng.normal(2), label="two numbers", truth="hidden")
"""


def test_it_is_said_where_a_check_fails_and_there_alone(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(REFERENCE)
    wrong = grader.grade(exercise, "def f(x):\n    return x\n", {}, seed=1)
    (check,) = wrong.parts[0].checks
    assert check.input is not None and check.input.startswith("x = [") and "hidden" not in render(wrong)
    assert f"given: {check.input}" in render(wrong)
    assert grader.grade(exercise, "def f(x):\n    return 2 * x\n", {}, seed=1).parts[0].checks[0].input is None


def test_of_a_part_that_is_not_written_nothing_is_said(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(REFERENCE)
    starter = "def f(x):\n    raise NotImplementedError('write f')\n"
    (check,) = grader.grade(exercise, starter, {}, seed=1).parts[0].checks
    assert check.status == "error" and check.input is None
    broken = grader.grade(exercise, "def f(x):\n    return x.nothing\n", {}, seed=1)
    assert broken.parts[0].checks[0].input is not None


TWO_CALLS = """
    import torch
    from grader.spec import case, cases, check, script

    def f(x):
        return torch.ones(2) * x

    @cases
    def some(rng):
        s = script("two calls")
        s.call("f", 1.0, label="one", compare=False)
        two = s.call("f", 2.0, label="two", compare=False)
        s.method(two, "sum", label="sum", compare=False)
        yield s

    @check("as large as was asked for")
    def large(got, right, inputs):
        return None if got["one"].sum() == 2 else "It is not."
"""


def test_what_a_call_gave_that_cannot_be_used(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(TWO_CALLS)
    nothing = grader.grade(exercise, "def f(x):\n    x\n", {}, seed=1).parts[0].checks[0]
    assert nothing.message == (
        "sum: AttributeError: 'NoneType' object has no attribute 'sum'; that is what f(x) gives: a function that ends "
        "without return gives None"
    )
    assert nothing.input == "x = 2"
    number = grader.grade(exercise, "def f(x):\n    return x\n", {}, seed=1).parts[0].checks[0]
    assert number.message.endswith("'float' object has no attribute 'sum'; that is what f(x) gives")
    own = grader.grade(exercise, "def f(x):\n    return x.sum()\n", {}, seed=1).parts[0].checks[0]
    assert own.where == "line 2" and own.message.endswith("'float' object has no attribute 'sum'")


def test_what_a_check_could_not_look_at(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    source = TWO_CALLS.replace('        s.method(two, "sum", label="sum", compare=False)\n', "")
    verdict = grader.grade(exercise_of(source), "def f(x):\n    x\n", {}, seed=1)
    found = verdict.parts[0].checks[-1]
    assert found.message == "It could not be checked: one is None where a tensor was expected."
