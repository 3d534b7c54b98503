"""Several answers judged by one judge: each as if it were alone, and what they share computed once."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from grader.grading import Answer, Graded, Grader
from lessons.schema import Exercise

Write = Callable[..., Exercise]

COUNTED = """
    from grader.spec import case, cases, check, mistake

    calls = []

    def f(x):
        calls.append(x.dtype)
        return 2 * x.float()

    @cases
    def vectors(rng):
        yield case(x=rng.normal(5), label="five")
        yield case(x=rng.normal(7), label="seven")

    @check("says how often")
    def often(got, ref, inputs):
        return None if bool((got == ref).all()) else f"the reference ran {len(calls)} times"

    @mistake("squares", "Squares.", hint="What is the double of 3?")
    def squares(x):
        return x * x
"""
RIGHT = "def f(x):\n    print('right')\n    return x + x\n"
SQUARES = "def f(x):\n    print('squares')\n    return x ** 2\n"
ENDLESS = "def f(x):\n    while True: pass\n"
DEAD = "import os\ndef f(x):\n    os._exit(3)\n"
BROKEN = "def f(x:\n"


def all_of(grader: Grader, exercise: Exercise, *sources: str | None) -> list[Graded]:
    answers = [Answer(source=source, parts=exercise.parts, seed=1, given={}) for source in sources]
    return grader.grade_all(exercise, answers)


def test_each_is_judged_as_if_it_were_alone(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(COUNTED, extra="budget: {seconds: 0.5}\n")
    sources = (RIGHT, ENDLESS, DEAD, SQUARES, None, BROKEN, RIGHT)
    found = all_of(grader, exercise, *sources)
    statuses = [one.verdict.status for one in found]
    assert statuses == ["passed", "timeout", "crashed", "failed", "failed", "error", "passed"]
    for source, one in zip(sources, found, strict=True):
        alone = grader.grade(exercise, source, {}, seed=1)
        assert (alone.status, alone.score, alone.output) == (one.verdict.status, one.verdict.score, one.verdict.output)
    printed = [one.verdict.output.text for one in found]
    assert printed == ["right\n" * 3, "", "", "squares\n" * 3, "", "", "right\n" * 3]
    wrong = found[3].verdict.parts[0].checks[0]
    assert [one.name for one in wrong.diagnosis] == ["squares"] and wrong.hint == "What is the double of 3?"


def test_what_the_reference_yields_is_computed_once(grader: Grader, exercise_of: Write) -> None:
    found = all_of(grader, exercise_of(COUNTED), *[SQUARES] * 3)
    said = {check.message for one in found for check in one.verdict.parts[0].checks if check.label == "says how often"}
    assert said == {"the reference ran 2 times"}


def test_how_long_each_computed_is_said(grader: Grader, exercise_of: Write) -> None:
    busy = "def f(x):\n    for _ in range(3_000_000): pass\n    return 2 * x\n"
    quick, long = all_of(grader, exercise_of(COUNTED), RIGHT, busy)
    assert quick.cpu < long.cpu and long.verdict.passed


def test_a_fault_that_one_brings_out_leaves_the_others(grader: Grader, exercise_of: Write) -> None:
    strict = COUNTED.replace(
        "return 2 * x.float()", "assert x.dtype != __import__('torch').float64\n        return 2 * x"
    )
    exercise = exercise_of(strict)
    exact = tuple(msgspec.structs.replace(part, precision="float64") for part in exercise.parts)
    parts = (exercise.parts, exact, exercise.parts)
    answers = [Answer(source=RIGHT, parts=one, seed=1, given={}) for one in parts]
    found = [graded.verdict for graded in grader.grade_all(exercise, answers)]
    assert [one.status for one in found] == ["passed", "grader_error", "passed"]
    assert "takes no float64" in found[1].parts[0].message


def test_nothing_to_run_starts_nothing(exercise_of: Write) -> None:
    with Grader() as grader:
        found = all_of(grader, exercise_of(COUNTED), None, "  \n")
        assert [one.verdict.status for one in found] == ["failed", "failed"] and not grader.host.alive
