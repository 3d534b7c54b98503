"""Those that were forked ahead: they judge as others do, wait confined, and never beside code that runs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from grader.grading import Grader
from grader.records.verdict import Verdict
from grader.sandbox import memory
from grader.sandbox.host import Host
from lessons.loading.loader import load_exercise
from lessons.schema import Exercise

REFERENCE = """
from grader.spec import case, cases

def f(x):
    return 2 * x

@cases
def vectors(rng):
    yield case(x=rng.normal(5))
"""
RIGHT, WRONG = "def f(x):\n    return x + x\n", "def f(x):\n    return x\n"


@pytest.fixture
def exercise(exercise_of: Callable[..., Exercise]) -> Exercise:
    return exercise_of(REFERENCE)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """One whose zygote nobody else uses."""
    with Grader() as one:
        yield one


def told(verdict: Verdict) -> bytes:
    return msgspec.json.encode(verdict.parts)


def until(true: Callable[[], bool]) -> None:
    """Waits until it is so; pytest's own guard ends it where it never is."""
    while not true():
        time.sleep(0.005)


def gone(pid: int) -> None:
    until(lambda: not Path(f"/proc/{pid}").exists())


def confined(grader: Grader) -> None:
    for pid in waiting(grader):
        until(lambda: "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text())  # noqa: B023


def waiting(grader: Grader) -> list[int]:
    pair = (grader._ahead._seat, grader._ahead._bench)
    return [one.child.pid for one in pair if one is not None]


def test_they_judge_as_others_do_and_are_used_once(own: Grader, exercise: Exercise) -> None:
    for source in (RIGHT, WRONG):
        without = own.grade(exercise, source, seed=3)
        own.prepare(exercise, source)
        pair = waiting(own)
        assert len(pair) == 2
        own.prepare(exercise, source)
        assert waiting(own) == pair, "who waits already is not forked again"
        forked = own.host._count
        assert told(own.grade(exercise, source, seed=3)) == told(without)
        assert own.host._count == forked and not waiting(own)


def test_they_wait_behind_every_wall(own: Grader, exercise: Exercise) -> None:
    own.prepare(exercise)
    confined(own)
    for pid in waiting(own):
        status = Path(f"/proc/{pid}/status")
        assert "NoNewPrivs:\t1" in status.read_text() and "CapEff:\t0000000000000000" in status.read_text()
    assert own._ahead._seat and own._ahead._bench
    assert os.listdir(own._ahead._seat.room) == [], "a worker has been told nothing"


def test_none_waits_while_code_runs(own: Grader, exercise: Exercise) -> None:
    own.prepare(exercise)
    worker = own._ahead._seat
    assert worker
    source = "import os\nprint(os.getpid())"
    assert own.run(source, name="demo.py").output.text == f"{worker.child.pid}\n"
    own.prepare(exercise)
    assert own.run("import torch.optim", name="demo.py").status == "passed"  # it takes another one
    assert not own._ahead._seat


@pytest.mark.parametrize(
    "ends", ["other exercise", "other imports", "killed", pytest.param("zygote", marks=pytest.mark.slow)]
)
def test_who_does_not_fit_any_more_is_not_used(
    own: Grader, exercise: Exercise, exercise_of: Callable[..., Exercise], ends: str
) -> None:
    own.prepare(exercise)
    pair = waiting(own)
    source = RIGHT
    if ends == "other exercise":
        (elsewhere := exercise.folder.parent / "elsewhere").mkdir()
        exercise = load_exercise(exercise.folder.rename(elsewhere / exercise.id))
    elif ends == "other imports":
        source = "import torch.optim\n" + RIGHT
    elif ends == "killed":
        for pid in pair:
            os.kill(pid, 9)
        until(lambda: all(one.over for one in own.host._children.values()))
    else:
        own.host.close()
    assert own.grade(exercise, source).passed
    assert not waiting(own)
    for pid in pair:
        gone(pid)


def test_they_have_the_limits_of_the_answer(own: Grader, exercise: Exercise) -> None:
    source = "import resource\nprint(resource.getrlimit(resource.RLIMIT_CPU))"
    limits = own.run(source, name="demo.py", seconds=7).output.text
    own.prepare(exercise)
    confined(own)
    assert own.run(source, name="demo.py", seconds=7).output.text == limits


def test_of_little_memory_nothing_is_taken(own: Grader, exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    assert memory.free() > 1 << 20
    own.prepare(exercise)
    monkeypatch.setattr(memory, "free", lambda: memory.SPARE - 1)
    own._ahead.drop()
    own.prepare(exercise)
    assert not waiting(own)
    assert own.grade(exercise, RIGHT).passed


@pytest.mark.slow
def test_what_they_leave_goes(exercise: Exercise) -> None:
    grader = Grader()
    grader.warm()
    held = len(os.listdir("/proc/self/fd"))
    for _ in range(2):
        grader.prepare(exercise)
        grader.grade(exercise, RIGHT)
    grader.prepare(exercise)
    assert len(os.listdir(grader.host.scratch)) == 2, "the folders of those that wait"
    grader._ahead.drop()
    assert not os.listdir(grader.host.scratch)
    while len(os.listdir("/proc/self/fd")) > held:  # the zygote says who has ended
        grader.host.hear()
    grader.prepare(exercise)
    pair, folder = waiting(grader), grader.host.scratch
    grader.close()
    assert not Path(folder).exists()
    for pid in pair:
        gone(pid)


@pytest.mark.slow
def test_where_nothing_can_run_nothing_waits_and_nothing_is_said(exercise: Exercise) -> None:
    with Grader(host=Host(level=1)) as grader:
        grader.prepare(exercise)
        assert not waiting(grader)
