"""Expressions that are measured in the namespace of a demo: what comes back, and what a hostile one cannot do."""

from __future__ import annotations

from typing import Any

import pytest

from grader.grading import Grader, Measurement, Run

SOURCE = """\
import numpy as np
import torch
from tutor import live

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
a = np.array([1.5, 2.5])


def deep(value):
    return 1 / value


for step in range(3000):
    live.log({"cost": 1 / (step + 1)}, step=step)
live.log({"cost": torch.tensor(0.5), "name": "last"}, step=3000)
"""


@pytest.fixture(scope="module")
def measured(grader: Grader) -> dict[str, Measurement]:
    run = grader.run(SOURCE, name="demo.py", measure=[*GOOD, *BAD])
    assert run.status == "passed" and run.message == "", run
    return run.measured


GOOD: dict[str, Any] = {
    "x.mean().item()": 2.5,
    "x.tolist()": [[1.0, 2.0], [3.0, 4.0]],
    "list(x.shape)": [2, 2],
    "(1, None, True, 'text')": (1, None, True, "text"),
    "{'least': a.min().item(), 1: []}": {"least": 1.5, 1: []},
    "[deep(number) for number in (1, 2) if number < len(x) + 1]": [1.0, 0.5],
    "'a\\x1b[2Jb'": "ab",
    "[float('nan'), float('-inf')]": ["nan", "-inf"],
    "curve('cost')[:2], len(curve('cost')), curve('cost')[2999]": ([1.0, 0.5], 3001, 1 / 3000),
    "curve('cost')[-1]": 0.5,
    "curve('name')": ["last"],
    "raised(lambda: deep(0)), raised(lambda: deep(1))": ("ZeroDivisionError", None),
}


@pytest.mark.parametrize("expression", GOOD)
def test_plain_values_come_back(measured: dict[str, Measurement], expression: str) -> None:
    assert measured[expression] == Measurement(GOOD[expression])


OF_TYPE = "gives a value of type {}, which no stated value has: {}."
OTHERWISE = "make it a number, a text, or a list of them"
BAD = {
    "x": OF_TYPE.format("Tensor", "add `.tolist()`, or `.item()` for a single number"),
    "[1, {'a': a}]": OF_TYPE.format("ndarray", "add `.tolist()`"),
    "a.mean()": OF_TYPE.format("float64", "add `.item()`"),
    "a.mean() > 1": OF_TYPE.format("bool", "add `.item()`"),
    "x.dtype": OF_TYPE.format("dtype", "write `str(...)` around it"),
    "deep": OF_TYPE.format("function", OTHERWISE),
    "{1, 2}": OF_TYPE.format("set", OTHERWISE),
    "2j": OF_TYPE.format("complex", OTHERWISE),
    "b'x'": OF_TYPE.format("bytes", OTHERWISE),
    "{(1, 2): 3}": "gives a dict whose keys are neither texts nor whole numbers: change its keys.",
    "10**400": "gives a whole number of more than 308 digits: make it smaller.",
    "nothing": "raises NameError: name 'nothing' is not defined",
    "deep(0)": "raises ZeroDivisionError: division by zero (line 10 of the demo)",
    "exit(3)": "raises SystemExit: 3",
    "x = 3": "raises SyntaxError: invalid syntax",
    "curve('price')": "raises LookupError: nothing is logged as 'price'; logged are 'cost', 'name'",
    "list(range(300_000))": "is not sent: the value has too many items",
}


@pytest.mark.parametrize("expression", BAD)
def test_what_is_no_plain_value_is_said(measured: dict[str, Measurement], expression: str) -> None:
    assert measured[expression] == Measurement(error=f"`{expression}` {BAD[expression]}")


def measure(grader: Grader, source: str, *expressions: str, seconds: float = 5.0) -> Run:
    return grader.run(source, name="demo.py", seconds=seconds, measure=expressions)


def test_nothing_is_measured_of_a_run_that_fails(grader: Grader) -> None:
    run = measure(grader, "x = 1\n1 / 0\n", "x")
    assert (run.status, run.line, run.measured) == ("error", 2, {})


def test_an_expression_has_its_part_of_the_budget_and_ends_with_it(grader: Grader) -> None:
    run = measure(grader, "x = 1\ndef forever():\n    while True:\n        pass\n", "x", "forever()", "x", seconds=0.3)
    assert run.status == "timeout" and run.message.endswith("That was while `forever()` was measured.")
    assert run.measured == {"x": Measurement(1)}


def test_an_expression_that_ends_the_process_measures_nothing(grader: Grader) -> None:
    run = measure(grader, "import os\n", "os._exit(0)", "1")
    assert run.status == "crashed" and "`os._exit(0)`" in run.message and run.measured == {}


@pytest.mark.parametrize(
    "source",
    [
        "import builtins\nfor name in ('eval', 'compile', 'list', 'dict', 'type'):\n    setattr(builtins, name, print)",
        "import builtins\nfor name in set(vars(builtins)) - {'__import__'}:\n    delattr(builtins, name)",
        "import os\nos._exit(0)",
        "raise SystemExit(0)",
        "import os\nos.write(3, b'DLT1' + bytes(200))",
        "import os\nos.write(3, b'x' * 2_000_000)",
        "import os\nos.close(3)",
        "import sys\nfor name in ('protocol.wire', 'sandbox.worker'):\n    vars(sys.modules['grader.' + name]).clear()",
    ],
)
def test_a_demo_that_breaks_its_own_process_measures_the_truth_or_nothing(grader: Grader, source: str) -> None:
    run = measure(grader, f"{source}\n", "3 + 4")
    assert run.measured.get("3 + 4", Measurement(7)).value in (7, None)
    assert run.status in ("passed", "error", "crashed", "timeout")
    assert grader.run("print(1)", name="next.py").output.text == "1\n"


def test_forged_answers_are_values_at_most(grader: Grader) -> None:
    forging = """\
import sys
worker = sys.modules["grader.sandbox.worker"]
worker._measure = lambda *_: {"value": float, "seen": {}}
"""
    assert "type" in measure(grader, forging, "1").measured["1"].error
    for answer in ("{}", "{'value': 1}", "{'raised': 3}", "{'raised': {'type': 3, 'message': '\\x1b[2J'}}"):
        run = measure(grader, forging.replace('{"value": float, "seen": {}}', answer), "1")
        assert run.measured.get("1", Measurement(error="lost")).error, answer
