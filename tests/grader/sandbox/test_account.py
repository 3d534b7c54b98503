"""What one answer may cost in all: added up by hand, and spent by answers that sleep."""

from __future__ import annotations

import time

import pytest

from grader.grading import Answer, Grader
from grader.sandbox import account
from grader.sandbox.account import LOADS_CPU, LOADS_WAIT, SHARE, WAIT, Account
from tests.grader.conftest import Written

NOTHING = {"cpu": 0.0, "busy": 0.0, "wall": 0.0}


def test_waiting_adds_up_over_parts() -> None:
    answer = Account()
    for _ in range(2):
        assert answer.empty(loading=False, cpu=0, busy=0, wall=WAIT / 2) is None
        answer.charge(loading=False, cpu=0, busy=0, wall=WAIT / 2)
    assert answer.empty(loading=False, **NOTHING) is None
    assert answer.empty(loading=False, cpu=0, busy=0, wall=0.1) == "waiting"
    assert answer.empty(loading=True, cpu=0, busy=0, wall=0.1) == "waiting"
    assert answer.limit("waiting") == "20 s"


def test_loading_has_less_and_takes_from_the_whole() -> None:
    answer = Account()
    assert answer.empty(loading=False, cpu=0, busy=0, wall=LOADS_WAIT + 1) is None
    assert answer.empty(loading=True, cpu=0, busy=0, wall=LOADS_WAIT + 1) == "loading"
    answer.charge(loading=True, cpu=0, busy=0, wall=LOADS_WAIT)
    assert answer.empty(loading=False, cpu=0, busy=0, wall=WAIT - LOADS_WAIT) is None
    assert answer.empty(loading=False, cpu=0, busy=0, wall=WAIT - LOADS_WAIT + 1) == "waiting"


def test_computing_is_no_waiting_on_a_busy_machine_either() -> None:
    answer = Account()
    for _ in range(50):
        spent = {"cpu": 1.0, "busy": 1.0, "wall": float(SHARE)}
        assert answer.empty(loading=False, **spent) is None
        answer.charge(loading=False, **spent)
    # the reference's computing is waited for too, and is not the answer's
    assert answer.empty(loading=False, cpu=0, busy=WAIT, wall=SHARE * WAIT) is None


def test_a_file_is_not_loaded_again_and_again() -> None:
    answer = Account()
    for _ in range(2):
        spent = {"cpu": LOADS_CPU / 2, "busy": LOADS_CPU / 2, "wall": LOADS_CPU / 2}
        assert answer.empty(loading=True, **spent) is None
        answer.charge(loading=True, **spent)
    assert answer.empty(loading=True, cpu=0.1, busy=0.1, wall=0.1) == "reloading"
    assert answer.empty(loading=False, cpu=5, busy=5, wall=5) is None


def test_a_slower_machine_has_more_of_its_own_seconds() -> None:
    slow = Account(3.0)
    assert slow.empty(loading=False, cpu=0, busy=0, wall=2.9 * WAIT) is None
    assert slow.empty(loading=False, cpu=0, busy=0, wall=3.1 * WAIT) == "waiting"
    assert slow.limit("loading") == "30 s" and slow.limit("cpu") == ""


FIVE = "".join(
    f"\n  - {{id: {name}, kind: code, covers: [E1.1.1], entry: {name}, points: 1, budget: {{seconds: 1}}}}"
    for name in ("a", "b", "c", "d", "e")
)
REFERENCE = "from grader.spec import case, cases\n" + "".join(
    f"def {name}(x):\n    return x\n@cases('{name}')\ndef some_{name}(rng):\n    yield case(x=rng.normal(3))\n"
    for name in ("a", "b", "c", "d", "e")
)


def said(grader: Grader, written: Written, source: str) -> list[tuple[str, str]]:
    verdict = grader.grade(written(FIVE, reference=REFERENCE), source, {})
    return [
        (part.status, " ".join([part.message, *(check.message for check in part.checks)])) for part in verdict.parts
    ]


def test_what_sleeps_in_every_part_is_waited_for_once(
    grader: Grader, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "WAIT", 1.0)
    began = time.monotonic()
    parts = said(grader, written, "import time\ndef a(x):\n    time.sleep(600)\nb = c = d = e = a\n")
    assert time.monotonic() - began < 60  # a hang guard
    assert [status for status, _ in parts] == ["timeout"] * 5
    assert all("all parts together waited longer than" in text for _, text in parts), parts


def test_what_sleeps_while_it_is_loaded_is_told_that(
    grader: Grader, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "LOADS_WAIT", 0.5)
    parts = said(grader, written, "import time\ntime.sleep(600)\n")
    assert {status for status, _ in parts} == {"timeout"}
    assert all("while your file was loaded it waited" in text for _, text in parts), parts


@pytest.mark.slow
def test_what_is_stopped_in_one_part_is_judged_in_the_others(grader: Grader, written: Written) -> None:
    parts = said(grader, written, "def a(x):\n    while True: pass\nb = c = d = e = lambda x: x\n")
    assert [status for status, _ in parts] == ["timeout", "passed", "passed", "passed", "passed"]


def test_another_answer_has_all_its_time(grader: Grader, written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "WAIT", 2.0)
    sleeps = "import time\ndef a(x):\n    time.sleep(600)\nb = c = d = e = a\n"
    exercise = written(FIVE, reference=REFERENCE)
    answers = [
        Answer(source=source, parts=exercise.parts, seed=1, given={})
        for source in (sleeps, "a = b = c = d = e = abs\n")
    ]
    first, second = grader.grade_all(exercise, answers)
    assert first.verdict.status == "timeout" and second.verdict.status == "failed"
