"""Budgets are seconds of a reference machine: a slower one gets more of its own, and says by how much."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.records.verdict import to_json
from grader.sandbox import machine
from lessons.schema import Exercise

REFERENCE = """
    from grader.spec import case, cases

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(3), label="three")
"""
ENDLESS = "def f(x):\n    while True: pass\n"


@pytest.mark.parametrize(
    ("seconds", "scale"),
    [(0.001, 1.0), (0.006, 1.0), (0.0168, 2.8), (5.0, machine.MOST)],
    ids=["fast", "same", "slow", "odd"],
)
def test_the_scale_is_never_below_one_and_has_a_limit(
    seconds: float, scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "work", lambda: seconds)
    assert machine.scale() == scale


def test_the_best_of_several_tries_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = iter([0.09, 0.012, 0.5, 0.4, 0.3])
    monkeypatch.setattr(machine, "work", lambda: next(tries))
    assert machine.scale() == 2.0


def test_what_is_measured_is_work() -> None:
    assert 0 < machine.work() < 60


def test_a_slower_machine_has_longer_budgets_and_the_verdict_says_so(
    grader: Grader, exercise_of: Callable[..., Exercise], monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = exercise_of(REFERENCE, extra="budget: {seconds: 0.2}\n")
    grader.warm()
    monkeypatch.setattr(grader.host, "scale", 2.5)
    verdict = grader.grade(exercise, ENDLESS, {})
    assert verdict.status == "timeout" and verdict.scale == 2.5
    assert "(0.5 s)" in verdict.parts[0].checks[0].message
    assert b'"scale": 2.5' in to_json(verdict)


def test_a_machine_that_is_fast_enough_says_nothing(
    grader: Grader, exercise_of: Callable[..., Exercise], monkeypatch: pytest.MonkeyPatch
) -> None:
    grader.warm()
    monkeypatch.setattr(grader.host, "scale", 1.0)
    assert b'"scale"' not in to_json(grader.grade(exercise_of(REFERENCE), "def f(x):\n    return x + x\n", {}))
