"""What the proof finds in the inputs that an exercise draws, and in the budgets that it gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from grader.grading import Grader
from grader.proof.baseline import OF_EXPERIMENTS, TRIVIAL
from grader.proof.claims import SEEDS
from grader.proof.shapes import untold
from lessons.schema import Exercise
from tests.grader.proof.sound import SOUND, line_of, unproved

Write = Callable[..., Exercise]

SQUARE = """
from grader.spec import alternative, case, cases, mistake, script

class F:
    def __call__(self, x): return 2 * x

def f(x):
    return 2 * x

@cases
def inputs(rng):
    {cases}
"""


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ("yield case(x=rng.normal(7, 5))", ""),
        ("yield case(x=rng.normal(4)); yield case(x=rng.normal(3, 5, 6))", ""),
        ("yield case(kwargs={'x': rng.normal(7, 5)})", ""),
        ("yield case(x=[rng.normal(5, 5), (rng.normal(7, 5),)], compare=False)", ""),
        ("yield case(x=[{'a': rng.normal(5, 5)}], compare=False)", "there are only (5, 5)"),
        ("yield case(x=3)", ""),
        ("yield case(x=rng.normal(7, 5).sum())", ""),
        ("yield case(x=rng.normal(8)); yield case(x=rng.normal(6))", ""),
        ("yield case(x=rng.normal(8)); yield case(x=rng.normal(1))", "no case has a vector whose size is no power of"),
        ("yield case(x=rng.normal(5, 5)); yield case(x=rng.normal(7))", "there are only (5, 5), (7,)"),
        ("yield case(x=rng.normal(3, 8))", "a tensor whose sizes are pairwise different and no powers of two"),
        ("yield case(x=rng.normal(3, 1))", "there are only (3, 1)"),
        ("yield case(x=rng.normal(3, 2))", "there are only (3, 2)"),
        ("yield case(x=rng.normal(3, 0))", "there are only (3, 0)"),
        ("s = script('one'); s.call('f', rng.normal(7, 5)); yield s", ""),
        ("s = script('one'); s.call('f', rng.normal(5, 5)); yield s", "there are only (5, 5)"),
    ],
)
def test_an_input_tells_rows_from_columns(grader: Grader, exercise_of: Write, cases: str, said: str) -> None:
    (facts,) = grader.survey(exercise_of(SQUARE.format(cases=cases)))
    found = untold(facts)
    assert bool(found) == bool(said) and said in found


def test_inputs_that_are_to_be_refused_tell_nothing(grader: Grader, exercise_of: Write) -> None:
    source = SQUARE.format(cases="yield case(x=rng.normal(5, 5)); yield case(x=rng.normal(7, 3), raises=ValueError)")
    source = source.replace(
        "    return 2 * x\n\n@cases", "    if len(x) == 7: raise ValueError\n    return 2 * x\n\n@cases"
    )
    (one,) = [one for one in unproved(grader, exercise_of(source)) if one.rule == "shapes"]
    assert "there are only (5, 5)" in one.message and one.line == line_of("def inputs", source)


SLOW = SOUND.replace(
    "def f(x):\n",
    "def f(x):\n    for _ in range(2_500_000): pass\n",
)


@pytest.mark.parametrize(("seconds", "found"), [("0.2", 1), pytest.param("3", 0, marks=pytest.mark.slow)])
def test_the_budget_has_room(grader: Grader, exercise_of: Write, seconds: str, found: int) -> None:
    """Work, not seconds: a slow machine has more of these. The first case is played twice."""
    exercise = exercise_of(SLOW, extra=f"budget: {{seconds: {seconds}}}\n")
    told = [one for one in unproved(grader, exercise) if one.rule == "budget"]
    assert len(told) == found
    for one in told:
        assert (one.part, one.file) == ("one", "exercise.yaml")
        took = re.fullmatch(
            r"one: the reference took (\S+) s of CPU, and the budget is 0.2 s; it should be 5 times as much, "
            r"(\S+) s or more",
            one.message,
        )
        assert took and 0.025 < float(took[1]) < 0.2 and float(took[2]) >= 5 * float(took[1]) - 0.05


@pytest.mark.slow
def test_lint_runs_on_its_own_budget(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(SLOW, extra="budget: {seconds: 20, lint: 0.02}\n")
    rules = {one.rule: one.message for one in unproved(grader, exercise)}
    assert "timeout" in rules["reference-passes"] and "(0.02" in rules["reference-passes"]


@pytest.mark.slow
def test_an_experiment_is_proved_on_one_seed_and_a_few_baselines(exercise_of: Write) -> None:
    class Watched(Grader):
        def __init__(self) -> None:
            super().__init__()
            self.seeds: list[int] = []
            self.sources: list[str] = []

        def grade_all(self, exercise: Any, answers: Any, **words: Any) -> Any:
            self.seeds += [answer.seed for answer in answers]
            self.sources += [answer.source for answer in answers]
            return super().grade_all(exercise, answers, **words)

    exercise = exercise_of(SOUND)
    parts = tuple(msgspec.structs.replace(part, kind="experiment") for part in exercise.parts)
    grader = Watched()
    with grader:
        assert unproved(grader, msgspec.structs.replace(exercise, parts=parts)) == []
        assert len(grader.seeds) == 1 + 1 + 1 + len(OF_EXPERIMENTS) + 3 and set(grader.seeds) == {SEEDS[0]}
        assert sum("def spoil" in source for source in grader.sources) == 3
        grader.seeds.clear()
        assert unproved(grader, exercise) == []
        assert len(grader.seeds) == 1 + 3 + 1 + 1 + len(TRIVIAL) + 3 and set(grader.seeds) == set(SEEDS)


@pytest.mark.parametrize(("label", "wrong"), [("1 steps, 2 rows", "1 steps"), ("1 step, 31 rows of 1 class", "")])
def test_labels_count_in_good_english(grader: Grader, exercise_of: Write, label: str, wrong: str) -> None:
    exercise = exercise_of(SOUND.replace('label="three numbers"', f'label="{label}"'))
    found = [one.message for one in unproved(grader, exercise) if one.rule == "labels"]
    assert len(found) == bool(wrong) and all(repr(wrong) in one for one in found)
