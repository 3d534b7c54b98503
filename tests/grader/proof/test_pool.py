"""Exercises are proved side by side, each once, and what goes wrong in one thread ends them all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from grader.grading import Cancel, Cancelled, Grader, SandboxError
from grader.proof import pool
from grader.records.unproved import Unproved
from lessons.schema import Exercise

Write = Callable[..., Exercise]


@pytest.fixture
def exercises(written: Write) -> list[Exercise]:
    part = "\n  - {id: why, kind: explain, covers: [E1.1.1], text: Why?, rubric: [So], model_answer: So.}\n"
    return [written(part, id=f"exercise-{letter}") for letter in "abcdef"]


@pytest.fixture(autouse=True)
def no_zygote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Grader, "warm", lambda self: None)


@pytest.mark.parametrize("jobs", [1, 2, 4, 60])
def test_each_exercise_is_proved_once(exercises: list[Exercise], jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    together, most, lock, full = 0, 0, threading.Lock(), threading.Event()
    count = min(jobs, len(exercises))

    def prove(exercise: Exercise, grader: Grader, cancel: Cancel) -> list[Unproved]:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
            if together == count:
                full.set()
        assert full.wait(10)
        with lock:
            together -= 1
        return [Unproved("drawn", 1, exercise.id)]

    monkeypatch.setattr(pool, "prove", prove)
    said: list[str] = []
    found: dict[str, list[Unproved]] = {}
    pool.prove_all(exercises, jobs, said.append, lambda exercise, unproved: found.update({exercise.id: unproved}))
    ids = [exercise.id for exercise in exercises]
    assert sorted(said) == [f"proving {id}" for id in ids] and said[0] == "proving exercise-a"
    assert {id: one.message for id, (one,) in found.items()} == {id: id for id in ids}
    assert most == count


@pytest.mark.parametrize("fails", ["a", "b"])
def test_one_that_fails_stops_the_others(
    exercises: list[Exercise], fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = threading.Event()

    def prove(exercise: Exercise, grader: Grader, cancel: Cancel) -> list[Unproved]:
        if exercise.id == f"exercise-{fails}":
            started.wait(10)
            raise SandboxError("gone")
        started.set()
        until = time.monotonic() + 10
        while not cancel.is_set and time.monotonic() < until:
            time.sleep(0.01)
        raise Cancelled

    monkeypatch.setattr(pool, "prove", prove)
    said: list[str] = []
    with pytest.raises(SandboxError, match="gone"):
        pool.prove_all(exercises, 2, said.append, lambda exercise, found: None)
    assert said == ["proving exercise-a", "proving exercise-b"]


def test_nothing_to_prove_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Grader, "warm", lambda self: pytest.fail("started"))
    pool.prove_all([], 2, lambda line: None, lambda exercise, found: None)


def test_the_usual_number_of_jobs_is_that_of_the_cores_and_at_most_four(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, jobs in ((1, 1), (3, 3), (4, 4), (96, 4)):
        monkeypatch.setattr("os.sched_getaffinity", lambda _, cores=cores: set(range(cores)))
        assert pool.usual_jobs() == jobs
