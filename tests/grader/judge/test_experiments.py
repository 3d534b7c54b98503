"""Verdicts on experiments: what they log, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.grading import Grader
from grader.records.verdict import PartVerdict
from lessons.schema import Exercise

Write = Callable[..., Exercise]


def part(grader: Grader, exercise: Exercise, source: str, **options: Any) -> PartVerdict:
    return grader.grade(exercise, source, {}, seed=3, **options).parts[0]


TRAIN = """
    import torch
    from tutor import live
    from grader.spec import Finding, case, cases, check, mistake

    def f(start, rate, steps):
        w = start.clone()
        for step in range(steps):
            w = w - rate * 2 * w
            live.log({"cost": float((w * w).sum())}, step=step)
        return w

    @cases
    def starts(rng):
        yield case(start=rng.normal(3), rate=0.1, steps=5, label="few")
        yield case(start=rng.normal(3), rate=0.1, steps=40, label="many")

    @check("logs a cost at each step", only="many", observation=True)
    def logs(got, ref, inputs):
        if len(inputs["curves"].get("cost", [])) != len(inputs["reference_curves"]["cost"]):
            return Finding("The curve has another length.", name="length")
"""
LOGS = """
from tutor import live

def f(start, rate, steps):
    w = start.clone()
    for step in range(steps):
        w = w - rate * 2 * w
        live.log({"cost": (w * w).sum()}, step=step)
    return w
"""


@pytest.fixture
def experiment_of(exercise_of: Write) -> Write:
    return lambda reference=TRAIN: exercise_of(reference, kind="experiment", extra="operation: training")


def test_an_experiments_curves_are_both_sides(grader: Grader, experiment_of: Write) -> None:
    verdict = part(grader, experiment_of(), LOGS)
    assert verdict.status == "passed", verdict
    (curve,) = verdict.curves
    assert curve.name == "cost" and curve.steps == curve.reference_steps == tuple(range(40))
    assert curve.points[-1][1] == pytest.approx(curve.reference_points[-1][1], rel=1e-3)
    assert curve.points[0][1] > curve.points[-1][1]


def test_what_is_logged_is_an_observation(grader: Grader, experiment_of: Write) -> None:
    quiet = part(grader, experiment_of(), LOGS.replace("live.log", "(lambda *values, step: None)"))
    assert quiet.status == "failed" and quiet.score < quiet.max
    assert [(check.cls, check.message) for check in quiet.checks if check.status != "passed"] == [
        ("observation", "The curve has another length.")
    ]
    assert quiet.curves[0].steps == () and len(quiet.curves[0].reference_steps) == 40
    wrong = part(grader, experiment_of(), LOGS.replace("return w", "return w + 1"))
    assert wrong.score == 0.0  # a curve alone earns nothing


def test_a_check_of_curves_must_say_that_it_observes(grader: Grader, experiment_of: Write) -> None:
    said = part(grader, experiment_of(TRAIN.replace(", observation=True", "")), LOGS)
    assert said.status == "grader_error" and "mark it observation=True" in said.message


@pytest.mark.slow
def test_what_was_logged_before_the_end_is_kept(grader: Grader, experiment_of: Write) -> None:
    source = LOGS.replace("    return w", "    while steps > 10: pass\n    return w")
    stopped = part(grader, experiment_of(), source)
    steps = stopped.curves[0].steps  # but for the last eighth of a second
    assert stopped.status == "timeout" and len(steps) > 5 and steps == tuple(range(len(steps)))


def test_what_ran_before_is_not_among_a_parts_curves(grader: Grader, experiment_of: Write) -> None:
    noisy = part(grader, experiment_of(), LOGS + 'live.log({"cost": 99.0}, step=0)\nlive.log({"other": 1.0}, step=0)\n')
    (curve,) = noisy.curves
    assert curve.name == "cost" and curve.steps == tuple(range(40)) and 99.0 not in curve.values


def test_numbers_that_ran_out_are_drawn_to_there(grader: Grader, experiment_of: Write) -> None:
    odd = part(grader, experiment_of(), LOGS.replace("(w * w).sum()", "float('nan') if step == 7 else 1.0"))
    assert odd.curves[0].values[7] == "nan" and odd.curves[0].values[6] == 1.0
