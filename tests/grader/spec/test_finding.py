"""The ready-made checks of training: each says nothing of a good run, and what is wrong with a bad one."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from grader.spec.finding import beats_majority, falls, overfits, reaches

DOWN = [2.0 * 0.9**i for i in range(50)]


def test_a_falling_cost_falls() -> None:
    assert falls(DOWN) is None
    assert falls(torch.tensor(DOWN)) is None
    assert falls([cost + 0.05 * (-1) ** i for i, cost in enumerate(DOWN)]) is None


@pytest.mark.parametrize(
    ("costs", "name", "said"),
    [
        ([2.0] * 50, "does-not-fall", "The cost falls too little: from 2 to 2 in 50 values, and 1 or less"),
        (DOWN[::-1], "does-not-fall", "The cost rises"),
        ([2.0 - 0.01 * i for i in range(50)], "does-not-fall", "falls too little"),
        ([*DOWN[:20], math.nan, *DOWN[20:]], "not-finite", "From step 20 on, the cost is nan"),
        ([*DOWN[:30], math.inf], "not-finite", "From step 30 on, the cost is inf"),
        (DOWN[:9], "short", "9 values of the cost are too few"),
        ([], "short", "0 values"),
    ],
)
def test_one_that_does_not_is_found(costs: list[float], name: str, said: str) -> None:
    found = falls(costs)
    assert found is not None and found.name == name and said in found.message


def test_how_far_it_must_fall_is_the_authors() -> None:
    gentle = [2.0 - 0.02 * i for i in range(50)]
    assert falls(gentle, to=0.9) is None and falls(gentle, to=0.3) is not None
    assert "The training error" in falls([1.0] * 20, what="the training error").message  # type: ignore[union-attr]


def test_one_mini_batch_is_learnt_by_heart() -> None:
    assert overfits(DOWN, below=0.05) is None
    stuck = overfits([1.0] * 100, below=0.05)
    assert stuck is not None and stuck.name == "no-overfit" and "After 100 steps" in stuck.message
    for costs in ([], [1.0, math.nan], [0.0, math.inf], [1.0, 0.01, 1.0]):
        assert overfits(costs, below=0.05) is not None


LABELS = [0] * 60 + [1] * 40


def test_guessing_the_most_frequent_label_is_not_enough() -> None:
    assert beats_majority([0] * 55 + [1] * 45, LABELS) is None
    assert beats_majority(torch.tensor([0] * 55 + [1] * 45), torch.tensor(LABELS)) is None
    constant = beats_majority([0] * 100, LABELS)
    assert constant is not None and constant.name == "majority"
    assert "60.0% of the held-out inputs are right; always saying 0 gets 60.0%" in constant.message
    assert constant.message.endswith("All your predictions are the same.")
    worse = beats_majority([1] * 60 + [0] * 40, LABELS)
    assert worse is not None and "same" not in worse.message


def test_by_how_much_is_the_authors() -> None:
    good = [0] * 60 + [1] * 20 + [0] * 20  # 80 of 100
    assert beats_majority(good, LABELS, by=0.2) is None
    assert beats_majority(good, LABELS, by=0.21) is not None


def test_a_prediction_for_each_input() -> None:
    short = beats_majority([0, 1], LABELS)
    assert short is not None and short.message == "2 predictions came for 100 inputs."


@pytest.mark.parametrize(
    ("band", "said"),
    [
        ({"most": 0.6}, None),
        ({"least": 0.1, "most": 0.6}, None),
        ({"most": 0.1}, "The cost ends at 0.5, and 0.1 or less is asked for."),
        ({"least": 0.9}, "The cost ends at 0.5, and 0.9 or more is asked for."),
        ({"least": 0.6, "most": 0.9}, "The cost ends at 0.5, and 0.6 to 0.9 is asked for."),
    ],
)
def test_where_a_cost_ends(band: dict[str, Any], said: str | None) -> None:
    found = reaches([4.0] * 18 + [0.25, 0.75], **band)
    assert (found.message if found else None) == said


def test_a_curve_that_is_empty_or_no_number_reaches_nothing() -> None:
    assert reaches([], most=9.0) is not None and reaches([1.0, math.nan], most=9.0) is not None
    assert "has no values" in reaches([], most=9.0).message  # type: ignore[union-attr]
