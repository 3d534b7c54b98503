"""A right answer never fails because the machine is busy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from grader.grading import Grader
from lessons.loading.loader import load_course
from lessons.schema import RUN_KINDS

BUSY = 6
TRAINED = ("two-moons", "epoch-by-epoch", "torch-loop", "sgd-step", "safe-cross-entropy", "loop-timing", "mixed-list")
"""Exercises that take long, that measure time, and one that does neither."""


@pytest.fixture
def busy() -> Iterator[None]:
    """Six processes that compute, beside everything in this test."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY)]
    yield
    for process in processes:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_right_answers_pass_beside_six_busy_processes(busy: None) -> None:
    course = load_course()
    with Grader() as grader:
        for name in TRAINED:
            exercise = course.exercise(name)
            assert exercise is not None
            parts = [part.id for part in exercise.parts if part.kind in RUN_KINDS]
            verdict = grader.grade(exercise, exercise.reference.read_text(encoding="utf-8"), parts=parts, seed=1)
            assert verdict.passed, verdict
