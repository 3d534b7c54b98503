"""What the proof finds when an exercise does not keep what it claims."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.proof import TRIVIAL, Unproved, fingerprint, marked, prove
from lessons.loader import load_exercise
from lessons.problem import PROVED
from lessons.schema import Exercise

Write = Callable[..., Exercise]

SOUND = """
from grader.spec import alternative, case, cases, mistake

def f(x):
    return 2 * x

@cases
def vectors(rng):
    yield case(x=rng.normal(3), label="three numbers")

@alternative
def adds(x):
    return x + x

@mistake("squares", "Squares.", hint="What is the double of 3?")
def squares(x):
    return x * x

@mistake("halves", "Halves.", hint="Is the double smaller?")
def halves(x):
    return x / 2
"""


def unproved(grader: Grader, exercise: Exercise) -> list[Unproved]:
    return list(prove(exercise, grader))


def line_of(text: str, source: str = SOUND) -> int:
    return next(number for number, line in enumerate(source.splitlines(), 1) if text in line)


def test_a_sound_exercise_has_nothing_against_it(grader: Grader, exercise_of: Write) -> None:
    assert unproved(grader, exercise_of(SOUND)) == []


@pytest.mark.parametrize(
    ("starter", "said"),
    [
        ("def f(x):\n    return x * 2\n", "one: the starter is judged as passed"),
        ("import os\nos._exit(3)\n", "one: the starter is judged as crashed: Your code ended the Python process"),
    ],
)
def test_starter_fails(grader: Grader, exercise_of: Write, starter: str, said: str) -> None:
    exercise = exercise_of(SOUND)
    (exercise.folder / "starter.py").write_text(starter)
    (one,) = unproved(grader, exercise)
    assert (one.rule, one.line) == ("starter-fails", 1) and one.message.startswith(said)


def test_reference_passes_on_every_seed(grader: Grader, exercise_of: Write) -> None:
    # a reference that depends on how often it is asked does not pass itself
    source = SOUND.replace(
        "def f(x):\n    return 2 * x", "calls = []\ndef f(x):\n    calls.append(x)\n    return len(calls) * x"
    )
    found = [one for one in unproved(grader, exercise_of(source)) if one.rule == "reference-passes"]
    assert [one.message.split(":")[0] for one in found] == ["one, seed 1", "one, seed 2", "one, seed 3"]
    assert "the second time" in found[0].message


def test_a_fault_of_the_reference_is_said_with_its_line(grader: Grader, exercise_of: Write) -> None:
    source = SOUND.replace("    return 2 * x", "    return x.no_such_thing")
    rules = {one.rule: one.message for one in unproved(grader, exercise_of(source))}
    assert "reference.py:5" in rules["reference-passes"] and "AttributeError" in rules["reference-passes"]
    assert "grader_error" in rules["starter-fails"]


def test_alternative_passes(grader: Grader, exercise_of: Write) -> None:
    source = SOUND.replace("return x + x", "return x + x + 1")
    (one,) = unproved(grader, exercise_of(source))
    assert (one.rule, one.line) == ("alternative-passes", line_of("def adds"))
    assert one.message.startswith("adds: failed: three numbers: ")


def test_mistake_fails(grader: Grader, exercise_of: Write) -> None:
    source = SOUND.replace("return x / 2", "return x * 2.0")
    (one,) = unproved(grader, exercise_of(source))
    assert (one.rule, one.line, one.message) == ("mistake-fails", line_of("def halves"), "halves passes")


def test_mistake_hint(grader: Grader, exercise_of: Write) -> None:
    source = SOUND.replace("return x / 2", "return x * x * 1.0")  # the same outcome as `squares`, which comes first
    (one,) = unproved(grader, exercise_of(source))
    assert (one.rule, one.line) == ("mistake-hint", line_of("def halves"))
    assert one.message == "halves is answered with: What is the double of 3?"


def test_a_mistake_that_is_not_recognised_gets_no_hint(grader: Grader, exercise_of: Write) -> None:
    source = SOUND.replace(
        '"Halves.", hint="Is the double smaller?"',
        '"Halves.", hint="Is the double smaller?", when=lambda got, ref, inputs: False',
    )
    (one,) = unproved(grader, exercise_of(source))
    assert (one.rule, one.message) == (
        "mistake-hint",
        "halves is answered with: Which constant of the formula is missing or double?",
    )


def test_values_alone_have_nothing_to_prove(grader: Grader, written: Write) -> None:
    parts = "\n  - {id: why, kind: explain, covers: [E1.1.1], text: Why?, rubric: [So], model_answer: So.}\n"
    assert unproved(grader, written(parts)) == []


def test_marks_are_read_from_the_text() -> None:
    found = marked(SOUND.replace("@alternative\n", '@alternative(part="one", accept=True)\n'))
    assert [(one.mark, one.function, one.part, one.name) for one in found] == [
        ("alternative", "adds", "one", ""),
        ("mistake", "squares", None, "squares"),
        ("mistake", "halves", None, "halves"),
    ]
    assert found[1].hint == "What is the double of 3?" and found[1].line == line_of("def squares")


def test_a_proof_is_good_until_something_changes(exercise_of: Write, tmp_path: Path) -> None:
    exercise = exercise_of(SOUND)
    first = fingerprint(exercise, {"torch": "2"})
    assert fingerprint(load_exercise(exercise.folder), {"torch": "2"}) == first
    assert fingerprint(exercise, {"torch": "3"}) != first
    (exercise.folder / "starter.py").write_text("# other\n")
    assert fingerprint(exercise, {"torch": "2"}) != first


WEAK = """
from grader.spec import alternative, case, cases, check, mistake

def f(x):
    return 2 * x

@cases
def vectors(rng):
    yield case(x=rng.normal(3, 5), compare=False)

@check("says something of the result")
def weak(got, ref, inputs):
    return None if {right} else "no"
"""


@pytest.mark.parametrize(
    ("right", "passing"),
    [
        ("got.shape == ref.shape", {"zeros", "ones", "mean", "constant", "shuffled", "nan"}),
        ("abs(got.sum() - ref.sum()) < 1e-3", {"mean", "shuffled", "transposed"}),
        ("got.shape == ref.shape and got.sort().values.equal(ref.sort().values)", set()),
        ("bool((got[:, :1] == ref[:, :1]).all())", set()),
    ],
)
def test_trivial_answers_that_pass_are_found(grader: Grader, exercise_of: Write, right: str, passing: set[str]) -> None:
    found = unproved(grader, exercise_of(WEAK.format(right=right)))
    trivial = {one.rule.removeprefix("trivial-") for one in found if one.rule.startswith("trivial-")}
    assert trivial == passing


def test_every_rule_of_the_proof_can_be_waived_by_name() -> None:
    assert {f"trivial-{name}" for name in TRIVIAL} <= PROVED.keys()
