"""Lists that are wrong at an end, in another order or another case, and values where places belong; single numbers
that say something together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from grader.grading import Grader
from grader.judge.findings import ValuePair, look
from grader.judge.findings.sequence import lists_of, sequence, value_for_place
from lessons.schema import Exercise

LISTS: list[tuple[list[Any], list[Any], str | None]] = [
    ([1, 2], [1, 2, 3], "The last item is missing; the others are right."),
    ([1], [1, 2, 3], "The last 2 items are missing; the others are right."),
    ([2, 3], [1, 2, 3], "The first item is missing; the others are right."),
    ([], [1, 2], "Every item is missing."),
    ([1, 2, 3, 4], [1, 2, 3], "The last item is too many; the others are right."),
    ([0, 1, 2], [1, 2], "The first item is too many; the others are right."),
    (["c", "b", "a"], ["a", "b", "c"], "These are the right items in reverse order."),
    (["b", "a", "c"], ["a", "b", "c"], "These are the right items in another order."),
    (["It", "is"], ["it", "is"], "The texts are right but for capital letters."),
    ([1, 2, 4], [1, 2, 3], None),
    ([3], [4], None),
    ([1, True], [1, 1.5], None),
]


@pytest.mark.parametrize(("got", "expected", "said"), LISTS)
def test_lists(got: list[Any], expected: list[Any], said: str | None) -> None:
    found = sequence([(got, expected)])
    assert (found[1] if found else None) == said


def test_a_finding_fits_all_lists() -> None:
    assert sequence([([1], [1, 2]), ([3, 4], [3, 5])]) is None
    assert lists_of({"a": [1], "b": ([2], "x")}, {"a": [1], "b": ([2, 3], "x")}) == ([2], [2, 3])
    assert lists_of([[1], [2]], [[1], [2]]) is None and lists_of(3, [3]) is None


def test_a_value_where_its_place_belongs() -> None:
    costs = [0.5, 0.25, 0.75]
    assert value_for_place(0.25, 1, [costs]) == "This is the value; its place was asked for."
    assert value_for_place(1, 0.25, [costs]) == "This is the place; the value that stands there was asked for."
    assert value_for_place(0.25, 1, [torch.tensor(costs)]) is not None
    assert value_for_place(0.5, 1, [costs]) is None and value_for_place(True, 1, [costs]) is None
    assert value_for_place(1, 1, [[3, 1]]) is None


def single(got: float, expected: float, n: int) -> ValuePair:
    return ValuePair("value", torch.tensor(got), torch.tensor(expected), (torch.zeros(n),))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda x, n: n * x, "sum-for-mean"),
        (lambda x, n: x / n, "mean-for-sum"),
        (lambda x, n: -x, "wrong-sign"),
        (lambda x, n: x**2, "squared"),
        (lambda x, n: 1 / x, "reciprocal"),
        (lambda x, n: 3.5 * x, "factor"),
        (lambda x, n: x + 2, "offset"),
        (lambda x, n: x + n, None),
    ],
)
def test_single_numbers_say_it_together(change: Callable[[float, int], float], name: str | None) -> None:
    numbers = [(0.7, 5), (2.9, 7), (-1.3, 11)]
    found = look([single(change(x, n), x, n) for x, n in numbers])
    assert (found[0].name if found else None) == name
    assert look([single(change(x, n), x, n) for x, n in numbers[:2]]) is None


BEST = """
    from grader.spec import case, cases

    def f(costs, words):
        return {kept}

    @cases
    def some(rng):
        for n in (3, 4, 5):
            yield case(costs=rng.uniform(n).tolist(), words=["b", "a", "d", "c"])
"""


@pytest.mark.parametrize(
    ("kept", "body", "name"),
    [
        ("costs.index(min(costs))", "min(costs)", "value-for-place"),
        ("sorted(words)", "sorted(words)[:-1]", "items-missing"),
        ("sorted(words)", "sorted(words)[::-1]", "items-in-another-order"),
    ],
)
def test_the_judge_names_them(
    grader: Grader, exercise_of: Callable[..., Exercise], kept: str, body: str, name: str
) -> None:
    code = f"def f(costs, words):\n    return {body}\n"
    verdict = grader.grade(exercise_of(BEST.replace("{kept}", kept)), code, {}, seed=1)
    assert [one.name for one in verdict.parts[0].checks[0].diagnosis] == [name]
