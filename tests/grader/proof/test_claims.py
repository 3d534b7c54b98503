"""What the proof finds when an exercise does not keep what it claims."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.grading import Cancel, Cancelled, Grader
from grader.proof.baseline import OF_EXPERIMENTS, TRIVIAL
from grader.proof.claims import fingerprint, prove
from lessons.lint.rules.code import marks
from lessons.lint.rules.problem import PROVED
from lessons.loading.loader import load_exercise
from lessons.schema import Exercise
from tests.grader.proof.sound import SOUND, line_of, unproved

Write = Callable[..., Exercise]


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
    exercise = msgspec.structs.replace(exercise_of(SOUND), starter=starter)
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


@pytest.mark.slow
def test_tolerance_allows_for_rounding_where_the_reference_takes_float64(grader: Grader, exercise_of: Write) -> None:
    cancels = SOUND.replace("    return 2 * x", "    return 2 * ((x + 10_000) - 10_000)")
    found = [one for one in unproved(grader, exercise_of(cancels)) if one.rule == "tolerance"]
    assert [one.line for one in found] == [1] and "computed in float64 the reference is judged as failed" in found[
        0
    ].message
    narrow = SOUND.replace("    return 2 * x", "    return 2 * x * (1 if x.element_size() == 4 else 1 / 0)")
    assert [one for one in unproved(grader, exercise_of(narrow)) if one.rule == "tolerance"] == []


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
    found = list(marks(ast.parse(SOUND.replace("@alternative\n", '@alternative(part="one", accept=True)\n'))))
    assert [(one.kind, one.function, one.part, one.name) for one in found] == [
        ("cases", "vectors", None, ""),
        ("alternative", "adds", "one", ""),
        ("mistake", "squares", None, "squares"),
        ("mistake", "halves", None, "halves"),
    ]
    assert found[2].hint == "What is the double of 3?" and found[2].line == line_of("def squares") - 1


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


REPORTS = """
import random
import torch
from grader.spec import case, cases, check, forall, script

def f(x):
    return {{"accuracy": float((x > 0).double().mean()), "drawn": x[torch.randperm(len(x))[:2]]}}

@cases
def vectors(rng):
    s = script("two draws", weight=0, x=(x := rng.normal(11)))
    s.call("f", x, label="one", compare=False)
    s.call("f", x, label="two", compare=False)
    yield s

@check("says something of the results")
def weak(got, ref, inputs):
    one, two = got["one"], got["two"]
    return None if {right} else "no"
"""
WHOLE = "isinstance(one, dict) and isinstance(two, dict)"
EQUAL = "one['accuracy'] == two['accuracy'] == ref['one']['accuracy']"
DRAWN = "torch.isin(one['drawn'], inputs['x']).all() and torch.isin(two['drawn'], inputs['x']).all()"


@pytest.mark.parametrize(
    ("right", "passing"),
    [
        ("True", {"first", "again", "numbers", "nothing"}),
        ("isinstance(one, dict)", {"first", "again", "numbers", "nothing"}),
        (WHOLE, {"again", "numbers"}),
        (f"{WHOLE} and {EQUAL}", {"again"}),
        (f"{WHOLE} and {EQUAL} and {DRAWN} and not one['drawn'].equal(two['drawn'])", set()),
    ],
)
def test_reports_that_are_believed_and_draws_that_are_none_are_found(
    grader: Grader, exercise_of: Write, right: str, passing: set[str]
) -> None:
    """Nothing is told of the tensors, which other baselines spoil."""
    exercise = exercise_of(REPORTS.format(right=right))
    exercise = msgspec.structs.replace(exercise, prompt="At least 0.9 of them, and 12,000 at most.")
    rules = {one.rule.removeprefix("trivial-").removesuffix("-passes") for one in unproved(grader, exercise)}
    assert rules & {"first", "again", "numbers", "nothing"} == passing


@pytest.mark.parametrize(
    ("holds", "found"),
    [("lambda got, ref, inputs: got is not ...", True), ("lambda got, ref, inputs: bool(got.isfinite().all())", False)],
)
def test_a_property_that_nothing_satisfies_is_found(
    grader: Grader, exercise_of: Write, holds: str, found: bool
) -> None:
    source = SOUND + textwrap.dedent(f"""
        from grader.spec import forall

        @forall("any vector", n=(1, 5), holds={holds})
        def any_vector(rng, n):
            return case(x=rng.normal(n), compare=False)
    """)
    rules = [one.rule for one in unproved(grader, exercise_of(source))]
    assert ("nothing-passes" in rules) is found


def test_every_rule_of_the_proof_can_be_waived_by_name() -> None:
    assert {f"trivial-{name}" for name in TRIVIAL} <= PROVED.keys() and set(OF_EXPERIMENTS) <= set(TRIVIAL)


TWO = """
from grader.spec import alternative, case, cases, mistake

def double(x):
    return 2 * x

def treble(x):
    return 3 * x

@cases("double")
def for_double(rng):
    yield case(x=rng.normal(3))

@cases("treble")
def for_treble(rng):
    yield case(x=rng.normal(5))

@alternative(part="treble")
def thrice(x):
    return x + x + x

@mistake("doubles", "Doubles.", part="treble", hint="What is the treble of 3?")
def doubles(x):
    return 2 * x

@mistake("trebles", "Trebles.", part="double", hint="What is the double of 3?")
def trebles(x):
    return 3 * x

@mistake("adds", "Adds.", part="double", hint=" ".join(["Add", "what?"]))
def adds(x):
    return x + 3

halves = mistake("halves", "Halves.", part="treble", hint="Is it smaller?")(lambda x: x / 2)
"""


@pytest.fixture
def two(tmp_path: Path) -> Write:
    def write(source: str = TWO) -> Exercise:
        parts = "".join(f"  - {{id: {id}, kind: code, covers: [E1.1.1], entry: {id}}}\n" for id in ("double", "treble"))
        for name, text in {
            "exercise.yaml": f"id: two\ntitle: Two\nparts:\n{parts}",
            "starter.py": "def double(x): ...\n\n\ndef treble(x): ...\n",
            "reference.py": source,
        }.items():
            (tmp_path / "two").mkdir(exist_ok=True)
            (tmp_path / "two" / name).write_text(text)
        return load_exercise(tmp_path / "two")

    return write


@pytest.mark.slow
def test_other_answers_are_judged_for_their_own_part(grader: Grader, two: Write) -> None:
    """Each part's mistake is the other part's right answer."""
    assert unproved(grader, two()) == []
    source = TWO.replace('"Doubles.", part="treble"', '"Doubles.", part="double"')
    (one,) = [one for one in unproved(grader, two(source)) if one.rule == "mistake-fails"]
    assert (one.part, one.line, one.message) == ("double", line_of("def doubles", source), "doubles passes")
    source = TWO.replace('@alternative(part="treble")', '@alternative(part="double")')
    (one,) = unproved(grader, two(source))
    assert (one.rule, one.part, one.line) == ("alternative-passes", "double", line_of("def thrice", source))


def test_a_mistake_that_no_decorator_marks_is_judged_too(grader: Grader, two: Write) -> None:
    source = TWO.replace("lambda x: x / 2", "lambda x: x * 3")
    (one,) = unproved(grader, two(source))
    assert (one.rule, one.part, one.line) == ("mistake-fails", "treble", line_of("halves = ", source))


EDITED = """
from grader.spec import case, cases, edit, edit_alternative

def half(x):
    return x / 2

def f(x):
    return half(x) + 1

@cases
def vectors(rng):
    yield case(x=rng.normal(3), label="three numbers")

edit_alternative("times", of=half, replace=("/ 2", "* 0.5"))
edit("thirds", "Takes a third.", hint="How many halves are in one?", of=half, replace=("2", "3"))
edit("nothing-added", "Adds nothing.", hint="What is half of 0, and one?", replace=(" + 1", ""))
"""


@pytest.mark.slow
def test_answers_that_are_a_change_of_the_reference_are_proved_like_others(grader: Grader, exercise_of: Write) -> None:
    assert unproved(grader, exercise_of(EDITED)) == []
    for old, new, rule, said in (
        ('"* 0.5"', '"* 0.6"', "alternative-passes", "edit times: failed"),
        ('("2", "3")', '("2", "2.0")', "mistake-fails", "thirds passes"),
        (
            '(" + 1", "")',
            '(" + 1", " + 0.0 + x / 3 - x / 2 + 1")',
            "mistake-hint",
            "nothing-added is answered with: Ho",
        ),
    ):
        source = EDITED.replace(old, new)
        (one,) = unproved(grader, exercise_of(source))
        assert (one.rule, one.line) == (rule, line_of(new, source)) and one.message.startswith(said)


def test_a_reference_that_cannot_be_loaded_is_said_once(grader: Grader, exercise_of: Write) -> None:
    source = EDITED.replace("@cases", "other = half\n\n@cases", 1).replace('one?", of=half', 'one?", of=other')
    (one,) = unproved(grader, exercise_of(source))
    assert one.rule == "reference-passes" and "no function or class `other` is defined here" in one.message
    (one,) = unproved(grader, exercise_of("import no_such_module\n" + SOUND))
    assert one.rule == "reference-passes" and "reference.py:1: ModuleNotFoundError" in one.message
    source = SOUND.replace("    yield case(", "    raise KeyError(3)\n    yield case(")
    (one,) = unproved(grader, exercise_of(source))
    assert f"reference.py:{line_of('raise KeyError', source)}: KeyError: 3" in one.message


def test_a_proof_that_is_cancelled_stops(grader: Grader, exercise_of: Write) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        list(prove(exercise_of(SOUND), grader, cancel))
