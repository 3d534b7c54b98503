"""Calls and loops that an answer is to do without: found under other names, in helpers, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.judge.style import violations
from lessons.schema import Exercise

FORBIDDEN = ("torch.softmax", ".softmax", "for", "while", "comprehension")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import torch\ndef f(x):\n    return torch.softmax(x, 0)", [(3, "torch.softmax")]),
        ("import torch as t\ndef f(x):\n    return t.softmax(x, 0)", [(3, "torch.softmax")]),
        ("from torch import softmax as s\ndef f(x):\n    return s(x, 0)", [(3, "torch.softmax")]),
        ("def f(x):\n    return x.softmax(0)", [(2, ".softmax")]),
        ("def f(x):\n    return getattr(x, 'exp')()", []),
        ("def f(x):\n    for i in x:\n        pass", [(2, "for")]),
        ("def f(x):\n    while x:\n        pass", [(2, "while")]),
        ("def f(x):\n    return [i for i in x]", [(2, "comprehension")]),
        ("def g(x):\n    return x.softmax(0)\ndef f(x):\n    return g(x)", [(2, ".softmax")]),
        ("g = lambda x: x.softmax(0)\nf = g", [(1, ".softmax")]),
        ("def g(x):\n    return f(x)\ndef f(x):\n    return g(x)", []),
        ("def f(x):\n    return x\nprint([i.softmax(0) for i in [1]])", []),
        ("def g(x):\n    return x.softmax(0)\ndef f(x):\n    return x", []),
        ("def f(softmax):\n    return softmax + 1", []),
        ("def f(x:\n", []),
    ],
)
def test_violations(source: str, found: list[tuple[int, str]]) -> None:
    assert violations(source, "f", FORBIDDEN) == found


REFERENCE = """
    from grader.spec import case, cases

    def f(x):
        return x.exp() / x.exp().sum()

    @cases
    def vectors(rng):
        yield case(x=rng.normal(5))
        yield case(x=rng.normal(7))
"""


def test_a_forbidden_call_fails_and_is_labelled(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(REFERENCE, extra="forbid: [.softmax]\nhints: [{when: forbidden-call, text: By hand.}]")
    verdict = grader.grade(exercise, "def f(x):\n    return x.softmax(0)\n", {}).parts[0]
    style = verdict.checks[-1]
    assert verdict.status == "failed" and verdict.score == 0
    assert style.cls == "observation" and style.where == "line 2" and style.hint == "By hand."
    by_hand = grader.grade(exercise, "def f(x):\n    return x.exp() / x.exp().sum()\n", {}).parts[0]
    assert by_hand.status == "passed" and by_hand.score == by_hand.max


EVASIONS = {
    "getattr": "    return getattr(x, 'soft' + 'max')(0)",
    "a string": "    return eval('x.sof' + 'tmax(0)')",
    "torch.ops": "    return torch.ops.aten._softmax(x, 0, False)",
    "vars": "    return vars(torch)['softmax'](x, 0)",
    "a module": "    return torch.nn.Softmax(0)(x)",
    "for the last case only": "    return vars(torch)['softmax'](x, 0) if len(x) > 5 else x.exp() / x.exp().sum()",
}


@pytest.mark.parametrize("way", EVASIONS)
def test_a_call_that_the_text_does_not_show_is_heard(
    grader: Grader, exercise_of: Callable[..., Exercise], way: str
) -> None:
    exercise = exercise_of(REFERENCE, extra="forbid: [.softmax]\nhints: [{when: forbidden-call, text: By hand.}]")
    source = f"import torch\ndef f(x):\n{EVASIONS[way]}\n"
    if way == "vars":
        assert violations(source, "f", (".softmax",)) == []
    verdict = grader.grade(exercise, source, {}).parts[0]
    style = verdict.checks[-1]
    assert verdict.status == "failed" and verdict.score == 0 and style.cls == "observation"
    assert style.where == "line 3" and style.hint == "By hand."
    assert style.message.startswith("Your code uses what does the work of .softmax, as it was seen to do while it ran;")


def test_code_that_only_runs_out_of_time_while_it_is_listened_to_passes(
    grader: Grader, exercise_of: Callable[..., Exercise]
) -> None:
    exercise = exercise_of(REFERENCE, extra="forbid: [.softmax]\nbudget: {seconds: 0.2}")
    slow = "import sys\ndef f(x):\n    while sys.getprofile():\n        pass\n    return x.exp() / x.exp().sum()\n"
    assert grader.grade(exercise, slow, {}).parts[0].status == "passed"
