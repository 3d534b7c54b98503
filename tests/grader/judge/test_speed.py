"""How long an answer takes beside the reference, measured from outside."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from grader.grading import Grader
from grader.judge.speed import REPETITIONS, Timing, sentence, timing
from lessons.schema import Exercise

SQUARES = """
    from grader.spec import case, cases

    def f(x):
        return (x * x).sum()

    @cases
    def vectors(rng):
        yield case(x=rng.normal(41, dtype=__import__("torch").float64), label="few")
        yield case(x=rng.normal(20_011), slower=10.0, rtol=1e-3, label="many")
"""
LOOP = """
def f(x):
    total = 0 * x[0]
    for one in x:
        total = total + one * one
    return total
"""
KEPT = """
kept = {}
def f(x):
    if len(x) not in kept:
        kept[len(x)] = (x * x).sum()
    return kept[len(x)].clone()
"""


def test_the_shortest_of_several_calls_counts_on_both_sides() -> None:
    naps = iter([0.03, 0.001, 0.02])
    found = timing([(partial(time.sleep, nap), partial(time.sleep, 0.005)) for nap in naps])
    assert 0.001 <= found.mine < 0.02 and found.reference >= 0.005


def test_the_sentence_is_a_ratio() -> None:
    assert sentence(Timing(0.04, 0.01), 5) is None
    assert sentence(Timing(0.06, 0.01), 5) == (
        "Your code takes 6 times as long as the course's own (60 ms against 10 ms); 5 times is allowed."
    )


def test_a_loop_is_too_slow_and_its_values_still_count(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(SQUARES, extra="operation: reduction")
    right = grader.grade(exercise, "def f(x):\n    return x @ x\n", {}).parts[0]
    assert right.status == "passed" and right.checks[-1].label == "many: time"
    slow = grader.grade(exercise, LOOP, {}).parts[0]
    check = slow.checks[-1]
    assert slow.status == check.status == "failed" and "times as long as the course's own" in check.message
    assert check.hint and slow.score == round(4 * 2 / 3, 2)


def test_what_was_kept_from_an_earlier_call_is_no_answer(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(SQUARES, extra="operation: reduction")
    check = grader.grade(exercise, KEPT, {}).parts[0].checks[-1]
    assert check.status == "failed" and check.message.startswith("While it was timed: ")
    assert REPETITIONS > 1
