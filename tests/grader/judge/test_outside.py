"""What the judge looks at beside values: seconds, what was computed, and whether arguments stayed as they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.judge.trial import Trial, observations
from grader.protocol.outcome import Outcome
from grader.records.verdict import PartVerdict
from grader.spec import Case, Step
from lessons.schema import Exercise

Write = Callable[..., Exercise]

DOUBLES = """
    from grader.spec import case, cases

    def f(x, parts):
        return 2 * x + sum(parts)

    @cases
    def some(rng):
        yield case(x=rng.normal(3), parts=[rng.normal(3), rng.normal(3)], label="three numbers")
"""


def judged(grader: Grader, exercise: Exercise, body: str) -> PartVerdict:
    arguments = "x, parts" if "parts" in body else "n"
    return grader.grade(exercise, f"import time, torch\ndef f({arguments}):\n    {body}\n", {}, seed=4).parts[0]


@pytest.mark.parametrize("body", ["x *= 2\n    return x + sum(parts)", "return 2 * x + parts.pop() + parts[0]"])
def test_arguments_stay_as_they_are(grader: Grader, exercise_of: Write, body: str) -> None:
    part = judged(grader, exercise_of(DOUBLES), body)
    values, arguments = part.checks
    assert part.status == "failed" and values.status == "passed" and 0 < part.score < part.max
    assert arguments.cls == "observation" and "changed an argument in place" in arguments.message
    assert [one.name for one in arguments.diagnosis] == ["changed-in-place"] and arguments.hint


def test_nothing_is_said_where_they_do(grader: Grader, exercise_of: Write) -> None:
    part = judged(grader, exercise_of(DOUBLES), "x = x.clone()\n    x *= 2\n    return x + sum(parts)")
    assert part.status == "passed" and len(part.checks) == 1


def test_where_the_reference_changes_them_everybody_may(grader: Grader, exercise_of: Write) -> None:
    changing = DOUBLES.replace("return 2 * x + sum(parts)", "return x.mul_(2).add_(sum(parts))")
    for body in ("x *= 2\n    return x + sum(parts)", "return 2 * x + sum(parts)"):
        assert judged(grader, exercise_of(changing), body).status == "passed"


CLOCKS = """
    import time
    import torch
    from grader.spec import cases, check, measured, operations, script

    def f(n):
        start = time.perf_counter()
        torch.ones(n).exp()
        return {"s": time.perf_counter() - start}

    @cases
    def runs(rng):
        s = script("a run", weight=0)
        s.call("f", 5, label="timed", compare=False)
        s.call("f", 7, label="counted", observe=("work",), compare=False)
        yield s

    @check("fits", observation=True)
    def fits(got, ref, inputs):
        return measured(got["timed"], inputs["seconds"]["timed"])

    @check("computes", observation=True)
    def computes(got, ref, inputs):
        count = operations(inputs["observed"]["counted"]["work"], "exp", where=lambda shapes: shapes == [[7]])
        return None if count else "Nothing was computed."
"""


@pytest.mark.parametrize(
    ("body", "failed"),
    [
        ("start = time.time()\n    torch.exp(torch.ones(n))\n    return {'s': time.time() - start}", []),
        ("torch.exp(torch.ones(n))\n    return {'s': 3600.0}", ["fits"]),
        ("torch.exp(torch.ones(5))\n    return {'s': 0.0}", ["computes"]),
    ],
)
def test_a_report_is_held_against_what_was_seen(
    grader: Grader, exercise_of: Write, body: str, failed: list[str]
) -> None:
    part = judged(grader, exercise_of(CLOCKS), body)
    assert [check.label for check in part.checks if check.status != "passed"] == failed, part


def test_what_the_learners_process_observed_takes_an_observation(grader: Grader, exercise_of: Write) -> None:
    values = CLOCKS.replace('@check("computes", observation=True)', '@check("computes")')
    part = judged(grader, exercise_of(values), "torch.exp(torch.ones(n))\n    return {'s': 0.0}")
    assert part.status == "grader_error" and "looks at what was observed" in part.message


RAISES = """
    from grader.spec import case, cases, mistake

    def f(x, parts):
        return x

    @cases
    def some(rng):
        yield case(x=rng.normal(3), parts=[], label="three numbers")

    @mistake("any", "Gives something else.", hint="Else.", when=lambda got, ref, inputs: True)
    def any_other(x, parts):
        return -x

    @mistake("dtype", "Mixes dtypes.", hint="Convert.", when=lambda got, ref, inputs: "dtype" in inputs["raised"])
    def mixed(x, parts):
        return x.double() @ x
"""


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("return 3 * x + len(parts)", ["any"]),
        ("return x.double() @ x + len(parts)", ["dtype"]),
        ("return (1).sum() + len(parts)", []),
    ],
)
def test_a_mistakes_words_stand_by_an_exception_only_where_it_was_looked_at(
    grader: Grader, exercise_of: Write, body: str, name: list[str]
) -> None:
    exercise = exercise_of(RAISES, kind="experiment")
    assert [one.name for one in judged(grader, exercise, body).checks[0].diagnosis] == name


@pytest.mark.parametrize(
    ("said", "wanted", "sentence"),
    [
        (
            [],
            [[0, 0]],
            "The result should look at the memory of its argument, and has memory of its own: it is a copy.",
        ),
        ([[0, 0]], [], "The result looks at the memory of its argument, and should have memory of its own."),
        ([[0, 0]], [[0, 0], [1, 2]], "Result 2 should look at the memory of argument 3"),
    ],
)
def test_memory_is_told_in_words(said: list[list[int]], wanted: list[list[int]], sentence: str) -> None:
    case = Case([Step("call")], {}, "a case")
    seen = (Outcome(seen={"shares_storage": one, "grad_fn": [True]}) for one in (said, wanted))
    mine, right = seen
    found = observations(Trial(case, [right], [mine]), [right])
    assert (found["shares_storage"].sentence or "").startswith(sentence) and found["grad_fn"].sentence is None


def test_tracking_is_told_in_words() -> None:
    mine, right = (Outcome(seen={"grad_fn": one}) for one in ([True, True], [True, False]))
    found = observations(Trial(Case([Step("call")], {}, "a case"), [right], [mine]), [right])
    assert found["grad_fn"].sentence == "Result 2 should not be tracked by autograd, and is."
