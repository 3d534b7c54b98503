"""A warm verdict beside a fresh Python, and many in a row: ratios and counts, measured in one run.

How fast it is here says `make bench`; the goal is 25 times, and a busy machine may leave a third of it.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading import Grader
from lessons.schema import Exercise

REFERENCE = """
    from grader.spec import case, cases

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(3, 5), label="three rows")
        yield case(x=rng.normal(7), label="seven numbers")
"""
RIGHT = "def f(x):\n    return x + x\n"
FRESH = "import torch\nprint(torch.ones(3) * 2)\n"


def seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


@pytest.mark.slow
def test_a_warm_verdict_takes_a_fraction_of_a_fresh_python(
    grader: Grader, exercise_of: Callable[..., Exercise]
) -> None:
    exercise = exercise_of(REFERENCE)
    assert grader.grade(exercise, RIGHT, {}).passed
    cold, warm = [], []
    for _ in range(3):
        cold.append(seconds(lambda: subprocess.run([sys.executable, "-c", FRESH], check=True, capture_output=True)))
        warm += [seconds(lambda: grader.grade(exercise, RIGHT, {})) for _ in range(5)]
    assert statistics.median(cold) > 25 / 3 * statistics.median(warm), (cold, warm)


@pytest.mark.parametrize("count", [15, pytest.param(100, marks=pytest.mark.slow)])
def test_many_verdicts_leave_nothing_behind(grader: Grader, exercise_of: Callable[..., Exercise], count: int) -> None:
    exercise = exercise_of(REFERENCE)

    def state() -> tuple[int, int, list[str]]:
        gc.collect()  # what earlier tests have left to be collected closes descriptors of this process
        zygote = grader.host.pid
        descriptors = len(os.listdir("/proc/self/fd")), len(os.listdir(f"/proc/{zygote}/fd"))
        grader.host.tidy()
        return *descriptors, os.listdir(grader.host.scratch)

    def size() -> int:
        return int(Path(f"/proc/{grader.host.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    for _ in range(10):
        assert grader.grade(exercise, RIGHT, {}).passed
    before, weight = state(), size()
    for _ in range(count):
        assert grader.grade(exercise, RIGHT, {}).passed
    until = time.monotonic() + 60  # what earlier tests have started may open something for a moment; a leak stays
    while state() != before and time.monotonic() < until:
        time.sleep(0.2)
    assert state() == before
    assert size() - weight < 8 << 20
