"""Verdicts on small exercises, through the real zygote, judge and worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.grading import Grader
from grader.records.verdict import PartVerdict, Verdict
from lessons.schema import Exercise

Write = Callable[..., Exercise]

DOUBLE = """
    from grader.spec import Finding, alternative, case, cases, check, mistake

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        for n in (3, 5):
            yield case(x=rng.normal(n, 2), label=f"{n} rows", observe=("unchanged_inputs",))

    @check("has the sign of its input")
    def sign(got, ref, inputs):
        if not bool((got.sign() == inputs["x"].sign()).all()):
            return Finding("Doubling never changes a sign.", name="sign", hint="Look at the signs.")

    @alternative
    def added(x):
        return x + x

    @mistake("squares", "Squares.", hint="What is the double of 3?")
    def squares(x):
        return x * x

    @mistake("one-raises", "Calls what is not there.", hint="A tensor has no double_it.")
    def raises(x):
        return x.double_it()
"""


def part(grader: Grader, exercise: Exercise, source: str, **options: Any) -> PartVerdict:
    return grader.grade(exercise, source, {}, seed=3, **options).parts[0]


def test_a_right_answer_passes_with_all_points(grader: Grader, exercise_of: Write) -> None:
    verdict = grader.grade(exercise_of(DOUBLE), "def f(x):\n    return x + x\n", {})
    assert verdict.passed and verdict.score == verdict.max == 4.0
    assert verdict.sandbox.level == grader.host.level and verdict.sandbox.layers == grader.host.layers
    assert [check.cls for check in verdict.parts[0].checks].count("observation") == 2


def test_the_first_difference_and_the_mistake_are_named(grader: Grader, exercise_of: Write) -> None:
    verdict = part(grader, exercise_of(DOUBLE), "def f(x):\n    return x ** 2\n")
    first = verdict.checks[0]
    assert verdict.status == "failed" and first.where == "result[0, 0]"
    assert first.diagnosis[0].name == "squares" and first.hint == "What is the double of 3?"


def test_a_mistake_is_matched_by_its_exception_too(grader: Grader, exercise_of: Write) -> None:
    first = part(grader, exercise_of(DOUBLE), "def f(x):\n    return x.other_name()\n").checks[0]
    assert first.status == "error" and first.where == "line 2"
    assert first.diagnosis[0].name == "one-raises"


def test_the_plain_verdict_comes_first(grader: Grader, exercise_of: Write) -> None:
    seen: list[Verdict] = []
    last = grader.grade(exercise_of(DOUBLE), "def f(x):\n    return x * x\n", {}, on_verdict=seen.append)
    assert len(seen) == 1 and not seen[0].parts[0].checks[0].diagnosis
    assert last.parts[0].checks[0].diagnosis


def test_a_check_names_its_finding(grader: Grader, exercise_of: Write) -> None:
    verdict = part(grader, exercise_of(DOUBLE), "def f(x):\n    return -2 * x\n")
    sign = next(check for check in verdict.checks if check.label == "has the sign of its input")
    assert sign.diagnosis[0].name == "sign" and sign.hint == "Look at the signs."


def test_an_observation_takes_points_but_earns_none(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(DOUBLE)
    in_place = part(grader, exercise, "def f(x):\n    return x.mul_(2)\n")
    watched = [check for check in in_place.checks if check.cls == "observation"]
    assert in_place.status == "failed" and all(check.status == "failed" for check in watched)
    zeros = part(grader, exercise, "def f(x):\n    return 0 * x\n")
    assert zeros.score == 0 and {c.status for c in zeros.checks if c.cls == "observation"} == {"passed"}


def test_the_same_seed_draws_the_same_inputs(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(DOUBLE)
    shown = [part(grader, exercise, "def f(x):\n    return x\n").checks[0].expected for _ in range(2)]
    assert shown[0] == shown[1]
    other = grader.grade(exercise, "def f(x):\n    return x\n", {}, seed=4).parts[0].checks[0].expected
    assert other != shown[0]


def test_no_verdict_overtakes_what_was_printed(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(DOUBLE)
    for _ in range(20):
        assert grader.grade(exercise, "print('hello')\ndef f(x):\n    return x + x\n", {}).output.text == "hello\n"


def test_the_worker_is_not_told_the_nonce(grader: Grader, exercise_of: Write) -> None:
    source = "import torch\nprint(torch.initial_seed())\ndef f(x):\n    return 2 * x\n"
    verdict = grader.grade(exercise_of(DOUBLE), source, {}, seed=123454321)
    assert verdict.passed and int(verdict.output.text) != 123454321


def test_a_result_that_depends_on_how_often_one_asks_fails(grader: Grader, exercise_of: Write) -> None:
    source = "calls = []\ndef f(x):\n    calls.append(x)\n    return 2 * x if len(calls) < 3 else x\n"
    verdict = part(grader, exercise_of(DOUBLE), source)
    assert verdict.status == "failed" and "the second time" in verdict.checks[-1].message


CLASS = """
    import torch
    from grader.spec import alternative, cases, script

    class Running(torch.nn.Module):
        def __init__(self, size):
            super().__init__()
            self.scale = torch.nn.Parameter(torch.ones(size))
            self.register_buffer("mean", torch.zeros(size))

        def forward(self, x):
            if self.training:
                self.mean = 0.9 * self.mean + 0.1 * x.mean(0)
            return (x - self.mean) * self.scale

    @cases
    def life(rng):
        s = script("a life", truth=1)
        layer = s.new("f", 3)
        s.set(layer, [rng.normal(3)])
        s.train(layer)
        for _ in range(2):
            s.call(layer, rng.normal(4, 3))
        s.eval(layer)
        s.call(layer, rng.normal(2, 3), wrt=[0], label="in eval mode")
        s.backward(rng.normal(2, 3))
        s.grads(layer)
        s.observe(layer, "parameters", "buffers", "tracked")
        s.attribute(layer, "scale")
        yield s

    f = Running

    @alternative(accept=True)
    class Slower(Running):
        "Averages that forget more slowly."
        def forward(self, x):
            if self.training:
                self.mean = 0.99 * self.mean + 0.01 * x.mean(0)
            return (x - self.mean) * self.scale
"""
LEARNER = """
import torch
class f(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(n))
        self.register_buffer("average", torch.zeros(n))
    def forward(self, x):
        if self.training:
            self.average = {keep} * self.average + {take} * x.mean(0){detach}
        return (x - self.average) * self.scale
"""


def test_a_class_is_judged_step_by_step(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(CLASS)
    assert part(grader, exercise, LEARNER.format(keep=0.9, take=0.1, detach="")).status == "passed"
    swapped = part(grader, exercise, LEARNER.format(keep=0.1, take=0.9, detach=""))
    assert swapped.status == "failed" and swapped.checks[0].where == "call 4[0, 0]"


def test_an_accepted_alternative_must_explain_the_whole_run(grader: Grader, exercise_of: Write) -> None:
    verdict = part(grader, exercise_of(CLASS), LEARNER.format(keep=0.99, take=0.01, detach=""))
    assert verdict.status == "passed" and verdict.message == "Judged as: Averages that forget more slowly."


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("def f(x: return x", "reference.py:1: SyntaxError"),
        ("def f(x): return x\n", "has no cases"),
        ("from grader.spec import *\ndef f(x): return x\n@cases\ndef c(rng):\n    1 / 0\n    yield\n", ":5: ZeroD"),
        (
            "from grader.spec import *\ndef f(x): return x.no\n@cases\ndef c(rng):\n    yield case(x=1)\n",
            ":2: case 1, result: the reference raised AttributeError",
        ),
        (
            "from grader.spec import *\ndef f(x): return x\n@cases\ndef c(rng):\n    yield case(x=1)\n"
            "@check('odd')\ndef odd(got, ref, inputs):\n    return got.no\n",
            ":8: check 'odd': AttributeError",
        ),
    ],
)
def test_a_fault_of_the_exercise_is_never_the_learners(
    grader: Grader, exercise_of: Write, reference: str, sentence: str
) -> None:
    verdict = part(grader, exercise_of(reference), "def f(x):\n    return x\n")
    assert verdict.status == "grader_error" and sentence in verdict.message


def test_nothing_handed_in_is_no_crash(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(DOUBLE)
    for source in (None, "", "   \n"):
        assert grader.grade(exercise, source, {}).parts[0].message.startswith("Nothing handed in yet")


def test_a_part_that_needs_what_is_not_here_is_skipped(grader: Grader, exercise_of: Write) -> None:
    verdict = grader.grade(exercise_of(DOUBLE, extra="needs: [gpu]"), "def f(x):\n    return x\n", {})
    assert verdict.status == "skipped" and "needs gpu" in verdict.parts[0].message


OBSERVED = """
    from grader.spec import case, cases, check

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(3), label="three numbers")

    @check("says that it is fine", observation=True)
    def fine(got, ref, inputs):
        return None
"""


def test_a_check_of_what_is_only_observed_earns_nothing_by_itself(grader: Grader, exercise_of: Write) -> None:
    wrong = part(grader, exercise_of(OBSERVED), "def f(x):\n    return x\n")
    assert wrong.score == 0 and [check.status for check in wrong.checks] == ["failed", "passed"]
    assert part(grader, exercise_of(OBSERVED), "def f(x):\n    return 2 * x\n").score == 4


def test_what_is_not_written_yet_is_called_so(grader: Grader, exercise_of: Write) -> None:
    verdict = part(grader, exercise_of(DOUBLE), 'def f(x):\n    raise NotImplementedError("write f")\n')
    assert verdict.status == "error" and verdict.checks[0].hint is not None
    assert verdict.checks[0].hint.startswith("This part is not written yet")
    other = part(grader, exercise_of(DOUBLE), 'def f(x):\n    raise ValueError("f")\n')
    assert other.status == "error" and "not written" not in (other.checks[0].hint or "")


def test_who_makes_two_mistakes_hears_of_one(grader: Grader, exercise_of: Write) -> None:
    reference = """
        from grader.spec import case, cases, mistake

        def f(x):
            return 2 * x

        @cases
        def vectors(rng):
            yield case(x=rng.normal(3), label="three")
            yield case(x=rng.normal(5), label="five")
            yield case(x=rng.normal(3).abs() * 0 + 2, label="twos")
            yield case(x=rng.normal(7), label="seven")

        @mistake("squares", "Squares.", hint="What is the double of 3?")
        def squares(x):
            return x * x

        @mistake("halves", "Halves.", hint="Twice, not half.")
        def halves(x):
            return x / 2
    """
    two = "def f(x):\n    return x * x if len(x) < 7 else x - 1\n"
    first = part(grader, exercise_of(reference), two).checks[0]
    assert [finding.name for finding in first.diagnosis] == ["squares"] and first.hint == "What is the double of 3?"
    mixed = "def f(x):\n    return x * x if len(x) == 3 and x[0] != 2 else x - 1\n"
    assert "squares" not in [
        finding.name for finding in part(grader, exercise_of(reference), mixed).checks[0].diagnosis
    ]
