"""An answer that is right but for one small change is told the change; a loop without end costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.grading import Grader
from grader.judge.mutants import mutants
from grader.judge.near_miss import TICK, _counted, _limit
from lessons.schema import Exercise

GATE = """
    import torch
    from grader.spec import case, cases

    def blended(x, y, rate, steps):
        mix = rate * x + (1 - rate) * y.clone()
        for _ in range(steps):
            mix = torch.tanh(mix) - rate * y
        while steps > 3:
            steps -= 1
        return mix.sum(0), steps / 2

    @cases
    def some(rng):
        for n, rate, steps in [(5, 0.25, 3), (4, 0.75, 5), (6, 0.5, 4)]:
            yield case(x=rng.normal(n, 3), y=rng.normal(n, 3), rate=rate, steps=steps)
"""
RIGHT = """
import torch

def blended(x, y, rate, steps):
    m = x * rate + y - y * rate
    for _ in range(steps):
        m = m.tanh()
        m = m - y * rate
    return m.sum(0), min(steps, 3) / 2
"""
SLIPS = {
    "Adds somewhere where it should subtract.": ("m = m - y * rate", "m = m + y * rate"),
    "Leaves out `tanh`.": ("m = m.tanh()", "m = m"),
    "Uses `sigmoid` where `tanh` belongs.": ("m.tanh()", "m.sigmoid()"),
    "Leaves out a factor.": ("m = m - y * rate", "m = m - y"),
    "Uses `x` where `y` belongs.": ("m = m - y * rate", "m = m - x * rate"),
    "Leaves out one turn of a loop, the first or the last.": ("range(steps)", "range(steps - 1)"),
    "Uses `amax` where `sum` belongs.": ("m.sum(0)", "m.amax(0)"),
    "Squares `rate`.": ("m = m - y * rate", "m = m - y * rate**2"),
    "Has two values in the wrong order.": ("return m.sum(0), min(steps, 3) / 2", "return min(steps, 3) / 2, m.sum(0)"),
    "Multiplies somewhere where it should divide.": ("min(steps, 3) / 2", "min(steps, 3) * 2"),
}


@pytest.mark.slow
def test_each_slip_is_told(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(GATE, entry="blended")
    assert grader.grade(exercise, RIGHT, {}, seed=3).passed
    for said, (old, new) in SLIPS.items():
        assert old in RIGHT
        verdict = grader.grade(exercise, RIGHT.replace(old, new), {}, seed=3).parts[0]
        first = next(check for check in verdict.checks if check.status != "passed")
        assert [(one.name, one.message) for one in first.diagnosis] == [("near-miss", said)], (said, first)


def test_two_slips_at_a_time_are_none_of_them(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    wrong = RIGHT.replace("m.tanh()", "m.sigmoid()").replace("m.sum(0)", "m.sum(0) ** 3")
    verdict = grader.grade(exercise_of(GATE, entry="blended"), wrong, {}, seed=3).parts[0]
    names = [one.name for check in verdict.checks for one in check.diagnosis]
    assert verdict.status != "passed" and "near-miss" not in names


def test_a_mutant_that_does_not_end_is_stopped_each_time() -> None:
    names: dict[str, Any] = {TICK: _limit()}
    exec(compile(_counted("def on():\n    while True:\n        pass\n"), "<near miss>", "exec"), names)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            names["on"]()


TURNS_ON = """
    from grader.spec import case, cases

    def f(n, last):
        found = [n]
        while len(found) <= 5 and found[-1] != last:
            found.append(found[-1] * 3 % 7)
        return found

    @cases
    def some(rng):
        for n in (1, 2, 3):
            yield case(n=n, last=5)
"""


def test_loops_without_end_among_the_mutants_cost_little(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    verdict = grader.grade(exercise_of(TURNS_ON), "def f(n, last):\n    return [n, n + 1]\n", {}, seed=3).parts[0]
    assert verdict.status == "failed"


def test_where_several_changes_explain_it_they_are_said(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    reference = """
    import torch
    from grader.spec import case, cases

    def f(x):
        w = torch.ones(3, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=0.5)
        cost = (w * x).sin().sum()
        cost.backward()
        optimizer.step()
        return w.detach()

    @cases
    def some(rng):
        for _ in range(2):
            yield case(x=rng.normal(3, dtype=torch.float64))
    """
    code = "import torch\ndef f(x):\n    return torch.ones(3, dtype=torch.float64)\n"
    checks = grader.grade(exercise_of(reference), code, {}, seed=3).parts[0].checks
    assert [one.message for one in checks[0].diagnosis] == ["Leaves out `backward()`. Or: Leaves out `step()`."]


def test_what_the_course_is_measured_by_stays_what_it_was() -> None:
    source = "def f(x, y):\n    return x * y + 1\n"
    few, more = mutants(source, "f", 10**6), mutants(source, "f", 10**6, more=True)
    assert {one.change for one in few} < {one.change for one in more}
    told = {one.told for one in more}
    assert {"Leaves out a factor.", "Leaves out a summand.", "Uses `y` where `x` belongs.", "Squares `x`."} <= told
