"""The format carries what the specification asks: exercises written like lessons, judged for real."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.proof.claims import handed_in, prove
from grader.questions import answers
from grader.records.given import Given
from grader.records.verdict import PartVerdict
from lessons.lint.linter import waiver_of
from lessons.lint.rules.code import marks
from lessons.loading.loader import load_exercise
from lessons.schema import RUN_KINDS, Exercise

HERE = Path(__file__).parent
EXERCISES = sorted(path.parent.name for path in HERE.glob("*/exercise.yaml"))


def load(name: str) -> Exercise:
    return load_exercise(HERE / name)


def judge(grader: Grader, name: str, part: str, source: str, seed: int = 5) -> PartVerdict:
    return grader.grade(load(name), source, {}, parts=[part], seed=seed).parts[0]


def variant(name: str, function: str, part: str) -> str:
    """The reference's file with another of its functions in the place of the entry."""
    exercise = load(name)
    found = exercise.part(part)
    assert found is not None
    return handed_in((exercise.folder / "reference.py").read_text(encoding="utf-8"), found, function)


LONG = (
    "bn-backward",
    "bn-layer",
    "cube-norms",
    "image-dataset",
    "overfit-curves",
    "parallel-blocks",
    "second-derivative",
    "small-translator",
    "valley-search",
)
"""Exercises whose proof takes seconds."""
PROVED = [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in EXERCISES]


@pytest.mark.parametrize("name", PROVED)
def test_starter_reference_alternatives_and_mistakes_are_judged_as_they_claim(grader: Grader, name: str) -> None:
    exercise = load(name)
    assert [one for one in prove(exercise, grader, drawn=3) if not waiver_of(exercise, one.rule, one.part)] == []


@pytest.mark.parametrize("name", EXERCISES)
def test_each_run_part_has_mistakes_and_another_right_answer(name: str) -> None:
    exercise = load(name)
    found = list(marks(ast.parse((exercise.folder / "reference.py").read_text(encoding="utf-8"))))
    for part in exercise.parts:
        if part.kind in RUN_KINDS:
            own = [one.kind for one in found if one.part in (part.id, None)]
            assert "mistake" in own and "alternative" in own, part.id


def test_an_accepted_variance_is_said(grader: Grader) -> None:
    verdict = judge(grader, "bn-backward", "gradients", variant("bn-backward", "unbiased", "gradients"))
    assert verdict.message == "Judged as: The forward pass with the unbiased variance."
    verdict = judge(grader, "bn-layer", "layer", variant("bn-layer", "Unbiased", "layer"))
    assert verdict.message == "Judged as: Running averages of the unbiased variance."


def test_a_view_is_an_observation_and_labelled_so(grader: Grader) -> None:
    verdict = judge(grader, "odd-slice", "slice", "def odd_slice(X):\n    return X[1::2, 1::2, 1::2] + 0\n")
    assert verdict.status == "failed"
    assert {check.cls for check in verdict.checks if check.status == "failed"} == {"observation"}


@pytest.mark.slow
def test_a_decoder_that_never_stops_is_stopped(grader: Grader) -> None:
    source = "def predict(cell, start, end, context, limit):\n    while True:\n        cell(start, context)\n"
    verdict = judge(grader, "small-translator", "predict", source)
    assert verdict.status == "timeout"


def test_held_out_sentences_reach_the_worker_only_after_training(grader: Grader) -> None:
    source = """
import gc
def predict(*args): raise NotImplementedError
def train(pairs):
    known = {source for source, _ in pairs}
    held = [o for o in gc.get_objects() if type(o) is list and o and all(type(s) is str for s in o)]
    seen = [s for o in held for s in o if s in known or set(s.split()) <= {"one", "two", "red", "blue", "cat", "dog"}]
    fresh = [s for s in seen if s not in known and len(s.split()) > 1]
    print("seen", len(fresh))
    return lambda sentences: ["" for _ in sentences]
"""
    verdict = grader.grade(load("small-translator"), source, {}, parts=["train"], seed=5)
    assert "seen 0" in verdict.output.text and verdict.status == "failed"


def test_any_of_several_minima_is_right_and_the_others_are_named(grader: Grader) -> None:
    verdict = judge(grader, "valley-search", "minimum", variant("valley-search", "edit over-the-ridge", "minimum"))
    wrong = verdict.checks[1]
    assert wrong.hint == "You were carried over a ridge." and verdict.checks[0].status == "passed"


def test_choice_number_and_code_in_one_exercise(grader: Grader) -> None:
    exercise = load("parallel-blocks")
    slope = exercise.part("slope")
    assert slope is not None
    asked = answers.ask(exercise, slope, 11)
    x = asked.values["x"]
    assert f"x = {x}" in asked.text

    import math

    right = {
        "slope": Given(f"{2 * x * math.sin(x) + x * x * math.cos(x):.4f}", 11),
        "meeting": Given("summed"),
    }
    source = (exercise.folder / "reference.py").read_text(encoding="utf-8")
    verdict = grader.grade(exercise, source, right, trust_numbers=True)
    assert verdict.passed and verdict.score == 5
    wrong = {"slope": Given(f"{2 * x * math.sin(x):.6f}", 11), "meeting": Given("averaged")}
    verdict = grader.grade(exercise, source, wrong, trust_numbers=True)
    assert [part.status for part in verdict.parts] == ["passed", "failed", "failed"]
    assert verdict.parts[1].checks[0].hint == "One of the two paths is missing."
    assert verdict.parts[2].checks[0].message == "Double one path's weight: is the effect halved?"


def test_a_single_part_is_judged_alone(grader: Grader) -> None:
    source = "import torch\ndef fro(A):\n    return (A ** 2).sum((1, 2)).sqrt()\n"
    verdict = grader.grade(load("cube-norms"), source, {}, parts=["frobenius"])
    assert verdict.passed and [part.part for part in verdict.parts] == ["frobenius"]
    whole = grader.grade(load("cube-norms"), source, {})
    assert [part.status for part in whole.parts] == ["error", "error", "passed", "error", "error", "failed"]
    assert whole.score == 1.0
