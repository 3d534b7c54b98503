"""A time limit names the line of the learner's file that the time went into."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.records.verdict import PartVerdict
from grader.sandbox.whereabouts import LONGEST, quoted
from lessons.schema import Exercise

REFERENCE = """
    from grader.spec import case, cases

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(3))
"""
SLOW = {
    "a loop": ("def f(x):\n    y = x\n    while True: y = y + 1\n", "line 3: `while True: y = y + 1`"),
    "one long call": (
        "import torch\ndef f(x):\n    return torch.linalg.svd(torch.rand(4000, 4000))\n",
        "line 3: `return torch.linalg.svd(torch.rand(4000, 4000))`",
    ),
    "a sleep": ("import time\n\n\ndef f(x):\n    time.sleep(1000)\n", "line 5: `time.sleep(1000)`"),
    "a loop below": ("def g():\n    while True: pass\ndef f(x):\n    return g()\n", "line 2: `while True: pass`"),
    "a deep recursion": (
        "import sys\nsys.setrecursionlimit(9000)\ndef f(x, n=500):\n    while n == 0: pass\n    return f(x, n - 1)\n",
        "line 4: `while n == 0: pass`",
    ),
    "Windows' line ends": ("def f(x):\r\n    while True: pass\r\n", "line 2: `while True: pass`"),
}


def judged(grader: Grader, exercise_of: Callable[..., Exercise], source: str) -> PartVerdict:
    exercise = exercise_of(REFERENCE, extra="budget: {seconds: 0.2}")
    return grader.grade(exercise, source, {}).parts[0]


@pytest.mark.parametrize("name", SLOW)
def test_a_timeout_names_the_line(grader: Grader, exercise_of: Callable[..., Exercise], name: str) -> None:
    source, said = SLOW[name]
    check = judged(grader, exercise_of, source).checks[0]
    assert check.status == "timeout" and check.message.endswith(f" It was in {said}."), check.message
    assert check.where == said.partition(":")[0]


HIDING = {
    "not listening": "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n",
    "a closed pipe": "import os\nos.close(5)\n",
    "a full pipe": (
        "import os\nos.set_blocking(5, False)\ntry:\n    while True: os.write(5, b'x' * 4096)\nexcept OSError: pass\n"
    ),
}


@pytest.mark.parametrize("way", HIDING)
def test_who_does_not_say_where_they_are_are_stopped_all_the_same(
    grader: Grader, exercise_of: Callable[..., Exercise], way: str
) -> None:
    check = judged(grader, exercise_of, f"{HIDING[way]}def f(x):\n    while True: pass\n").checks[0]
    assert check.status == "timeout" and "computed longer" in check.message
    assert way == "a full pipe" or (check.where is None and "It was in" not in check.message)


def test_what_is_written_in_the_place_of_a_stack_names_a_line_of_the_file_or_none(
    grader: Grader, exercise_of: Callable[..., Exercise]
) -> None:
    frame = '\n  File "small.py", line 999 in x\n'
    lies = f"import os, threading\ndef lie():\n    while True: os.write(5, {frame!r}.encode())\n"
    source = f"{lies}def f(x):\n    threading.Thread(target=lie, daemon=True).start()\n    while True: pass\n"
    check = judged(grader, exercise_of, source).checks[0]
    assert check.status == "timeout" and (check.where is None or int(check.where[5:]) <= 6)


def test_a_demo_that_is_stopped_names_its_line(grader: Grader) -> None:
    run = grader.run("x = 1\nwhile True: x += 1\n", name="column.py", seconds=0.2)
    assert run.status == "timeout" and run.line == 2
    assert run.message.endswith("It was in line 2: `while True: x += 1`.")


def test_a_line_is_quoted_as_far_as_it_can_be() -> None:
    assert quoted("a\n  b = 1\n", 2) == "line 2: `b = 1`"
    assert quoted("a\n`b`\n", 2) == "line 2"
    assert quoted("a\n\n", 2) == quoted("a\n", 7) == quoted("a", 0) == ""
    assert quoted("x" * 200, 1) == f"line 1: `{'x' * LONGEST}...`"
    assert quoted("a\fb\n\u2028c\n", 2) == "line 2: `c`"  # Python begins a line where it does
