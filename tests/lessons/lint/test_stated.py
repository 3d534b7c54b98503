"""Bounds that a check compares with are told to the learner; what counts, rounds or was told in words is none."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from lessons.lint.rules.stated import allowed, numbers, stated
from lessons.schema import Exercise

CHECKED = """
    from grader.spec import beats_majority, case, cases, check, falls, overfits, reaches

    LIMIT = 0.97
    NAMES = ["a", "b", "c"]

    def f(x):
        return x

    @cases
    def some(rng):
        yield case(x=3)

    def enough(got):
        return got > 0.85

    @check("it is enough")
    def it_is_enough(got, ref, inputs):
        return None if {right} else "no"
"""


@pytest.mark.parametrize(
    ("right", "found"),
    [
        ("got >= 0.97", [0.97]),
        ("got >= LIMIT", [0.97]),
        ("enough(got)", [0.85]),
        ("-7.5 < got < 12", [-7.5, 12]),
        ("falls(got, to=0.3)", [0.3]),
        ("reaches(got, least=5, most=9)", [9, 5]),
        ("overfits(got, below=0.06) or beats_majority(got, ref, by=0.15)", [0.06, 0.15]),
        ("got > 0 or got >= 1 or got < 2", []),
        ("abs(got - ref) < 1e-6", []),
        ("len(got) >= 3 and got.dim() < 4 and got.ndim <= 5 and NAMES.count(got) > 7", []),
        ("got == 3 and got != 4", []),
        ("abs(got - ref) > 0.1 * abs(ref)", []),
    ],
)
def test_bounds_that_nobody_is_told(exercise_of: Callable[..., Exercise], right: str, found: list[float]) -> None:
    exercise = exercise_of(CHECKED.format(right=right))
    told = [problem.message for problem in stated(exercise)]
    assert sorted(told) == sorted(
        f"`it_is_enough` compares with {one:g}, and nothing that the learner is told has this number" for one in found
    )
    prompt = " ".join(f"{one:g}" for one in found)
    assert list(stated(msgspec.structs.replace(exercise, prompt=prompt))) == []


@pytest.mark.parametrize(
    ("label", "right", "bound"),
    [
        ("95 % are right", "got >= 0.97", "95 %"),
        ("97 % are right", "got >= 0.97", None),
        ("97 percent are right", "got >= LIMIT", None),
        ("nine in ten are right", "enough(got)", "nine in ten"),
        ("nine in ten are right", "got > 0.9", None),
        ("takes more than twenty times as long", "got > 10 * ref", "twenty"),
        ("takes more than ten times as long", "got > 10 * ref", None),
        ("at most 20,000 parameters", "got <= 2_000", "20,000"),
        ("the cost is below 0.6", "got < 0.65", "0.6"),
        ("the cost is below 0.6", "falls(got, to=0.6)", None),
        ("the first four of the table, with two numbers", "got == ref", None),
    ],
)
def test_the_name_of_a_check_and_its_bound(
    exercise_of: Callable[..., Exercise], label: str, right: str, bound: str | None
) -> None:
    exercise = exercise_of(CHECKED.replace("it is enough", label).format(right=right))
    found = [problem.message for problem in stated(exercise) if "is called" in problem.message]
    told = f"the check is called `{label}`, and `it_is_enough` does not compare with {bound}"
    assert found == ([told] if bound else [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("97 % of them", 0.97),
        ("within 3 percentage points", 0.03),
        ("nine of ten are right", 0.9),
        ("99 of 100", 0.99),
        ("more than twenty times as long", 20),
        ("below a tenth", 0.1),
        ("at most half", 0.5),
        ("12,000 or 10{,}000", 10_000),
        ("\u22123 or less", -3),
    ],
)
def test_the_ways_to_tell_a_number(text: str, number: float) -> None:
    assert number in allowed(text)


def test_the_numbers_of_a_prompt() -> None:
    text = "At $x = -2.5$ or \u22123, 12,000 or 12 000 steps; E1.2.3, x0, 3rd and v2 are names. 97 % in 1e-6?"
    assert {-3.0, -2.5, 97.0, 12000.0} <= set(numbers(text)) and not {0.0, 1.2, 2.0} & set(numbers(text))
