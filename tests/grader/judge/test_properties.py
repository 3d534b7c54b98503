"""Properties for inputs of any size: drawn, and shrunk to the smallest that fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.grading import Grader
from grader.records.verdict import Check, PartVerdict
from grader.spec import forall
from lessons.schema import Exercise

Write = Callable[..., Exercise]

ROWS = """
    import torch
    from grader.spec import Finding, case, cases, forall, mistake

    def f(x):
        return x.softmax(1)

    @cases
    def few(rng):
        yield case(x=rng.normal(2, 3), label="two rows")

    @forall("any matrix", n=(1, 9), d=(1, 7), holds=lambda got, ref, inputs: {holds})
    def matrices(rng, n, d):
        return case(x=rng.normal(n, d){options})

    @mistake("squeezes", "Squeezes.", hint="What becomes of a single row?")
    def squeezes(x):
        return x.softmax(1).squeeze(0)
"""


def judged(grader: Grader, exercise: Exercise, code: str, seed: int = 3) -> tuple[PartVerdict, Check]:
    source = f"import torch\ndef f(x):\n    {code}\n"
    part = grader.grade(exercise, source, {}, seed=seed).parts[0]
    return part, next(check for check in part.checks if check.label == "any matrix")


def rows(write: Write, holds: str = "None", options: str = "") -> Exercise:
    return write(ROWS.format(holds=holds, options=options))


def test_a_right_answer_passes_for_all_sizes(grader: Grader, exercise_of: Write) -> None:
    part, check = judged(grader, rows(exercise_of), "return x.exp() / x.exp().sum(1, keepdim=True)")
    assert part.status == "passed" and check.message == "12 sizes tried"


def test_the_smallest_input_that_fails_is_shown(grader: Grader, exercise_of: Write) -> None:
    wrong = "return x.softmax(1) if len(x) < 4 or x.shape[1] < 3 else x.softmax(0)"
    part, check = judged(grader, rows(exercise_of), wrong)
    assert part.status == "failed" and part.checks[0].status == "passed"
    assert check.message.startswith("For n = 4, d = 3 (and for n = 9, d = 7, where it was found): ")
    assert "12 of 12 elements differ" in check.message and "Input: x = [[" in check.message


def test_a_mistake_that_only_a_property_shows_is_named(grader: Grader, exercise_of: Write) -> None:
    _, check = judged(grader, rows(exercise_of), "return x.softmax(1).squeeze(0)")
    assert check.message.startswith("For n = 1, d = 1: result has shape (1,) where (1, 1) was expected")
    assert [one.name for one in check.diagnosis] == ["squeezes"] and check.hint == "What becomes of a single row?"


def test_an_exception_is_a_failure_with_its_input(grader: Grader, exercise_of: Write) -> None:
    part, check = judged(grader, rows(exercise_of), "assert x.shape[1] != 7, 'seven'\n    return x.softmax(1)")
    assert part.status == "error" and "d = 7" in check.message and "AssertionError: seven" in check.message


def test_what_must_hold_is_asked_where_values_are_not_compared(grader: Grader, exercise_of: Write) -> None:
    sums = "abs(float(got.sum()) - len(got)) < 1e-4 or Finding('The rows do not sum to 1.', 'sums', hint='Divide.')"
    exercise = rows(exercise_of, sums, ", compare=False")
    assert judged(grader, exercise, "return x.softmax(1)")[1].status == "passed"
    _, check = judged(grader, exercise, "return 2 * x.softmax(1)")
    assert check.status == "failed" and "The rows do not sum to 1." in check.message
    _, check = judged(grader, exercise, "return None")
    assert check.status == "failed" and "cannot be told of None" in check.message


def test_it_must_hold_for_the_reference(grader: Grader, exercise_of: Write) -> None:
    source = "def f(x):\n    return x.softmax(1)\n"
    verdict = grader.grade(rows(exercise_of, "'never'"), source, {}).parts[0]
    assert verdict.status == "grader_error" and "does not hold for the reference itself" in verdict.message


def test_an_endless_loop_is_stopped_and_its_size_told(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(ROWS.format(holds="None", options=""), extra="budget: {seconds: 1}")
    part, check = judged(grader, exercise, "while x.shape == (9, 7): pass\n    return x.softmax(1)")
    assert part.status == check.status == "timeout" and check.message.startswith("For n = 9, d = 7: Your code was")
    assert part.checks[0].status == "passed" and part.score > 0


@pytest.mark.parametrize("sizes", [{}, {"n": (3, 3)}, {"n": (5, 2)}, {"n": (-1, 2)}])
def test_ranges_are_checked_where_they_are_written(sizes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="sizes"):
        forall("any", **sizes)
