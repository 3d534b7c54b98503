"""Answers that are values: what is right, what is worth a part of the points, what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.grading import Grader
from grader.questions import answers
from grader.records.given import Given
from lessons.schema import Exercise
from tests.grader.questions.asked import NUMERIC, judge, questions

Written = Callable[..., Exercise]

CHOICE = """
  - id: why
    kind: {kind}
    covers: [E1.1.1]
    points: 4
    text: Which?
    options:
      - {{id: one, right: true, text: The first}}
      - {{id: two, text: The second, why: That is the second.}}
      - {{id: three, text: The third, why: That is the third.}}
      - {{id: four, right: {second}, text: The fourth, why: The fourth one belongs too.}}
    {extra}
"""
CHOICES = CHOICE.format(kind="choice", second="false", extra="")
MULTI = CHOICE.format(kind="multi", second="true", extra="")
EXPLAIN = CHOICE.format(kind="explain", second="false", extra="rubric: [Says it]\n    model_answer: So it is.")
ESSAY = """
  - {id: why, kind: explain, covers: [E1.1.1], text: Why?, rubric: [Says it], model_answer: So it is.}
"""
# --- a choice -----------------------------------------------------------------------------------------------------


def test_the_right_option_has_all_points(written: Written) -> None:
    verdict = judge(written(CHOICES), "one")
    assert (verdict.status, verdict.score, verdict.max) == ("passed", 4.0, 4.0)
    assert verdict.checks[0].message == "" and verdict.checks[0].got == "The first"


def test_a_wrong_option_says_why_it_is_wrong_and_not_which_is_right(written: Written) -> None:
    verdict = judge(written(CHOICES), "two")
    assert (verdict.status, verdict.score) == ("failed", 0.0)
    assert verdict.checks[0].message == "That is the second."
    assert "first" not in str(verdict).lower()


@pytest.mark.parametrize("value", ["", None, [], {}])
@pytest.mark.parametrize("parts", [CHOICES, MULTI, EXPLAIN, NUMERIC])
def test_what_is_not_answered_is_said(written: Written, parts: str, value: Any) -> None:
    verdict = judge(written(parts, questions=questions("n")), value)
    assert (verdict.status, verdict.score, verdict.message) == ("failed", 0.0, "Not answered yet.")
    assert answers.judge(written(parts), written(parts).parts[0], None) == verdict


@pytest.mark.parametrize("value", ["five", 0, True, ["one"], {"choice": "five", "essay": "one"}])
def test_an_unknown_option_names_the_known_ones(written: Written, value: Any) -> None:
    verdict = judge(written(CHOICES), value)
    assert verdict.status == "failed" and "four, one, three, two." in verdict.checks[0].message
    assert "is none of the options" in verdict.checks[0].message


def test_options_are_shuffled_by_the_nonce_and_stay(written: Written) -> None:
    exercise = written(CHOICES)
    orders = {nonce: [o.id for o in answers.ask(exercise, exercise.parts[0], nonce).options] for nonce in range(30)}
    assert len({tuple(order) for order in orders.values()}) > 5
    assert {frozenset(order) for order in orders.values()} == {frozenset({"one", "two", "three", "four"})}
    assert orders[3] == [o.id for o in answers.ask(exercise, exercise.parts[0], 3).options]


# --- several ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (["one", "four"], 4.0),
        (["four", "one", "one"], 4.0),
        ("four, one", 4.0),
        (["one"], 2.0),
        (["one", "two", "four"], 2.0),
        (["one", "two"], 0.0),
        (["two", "three"], 0.0),
        (["one", "two", "three", "four"], 0.0),
    ],
)
def test_several_options_are_worth_what_lies_above_guessing(written: Written, value: Any, score: float) -> None:
    verdict = judge(written(MULTI), value)
    assert verdict.score == score
    assert verdict.status == ("passed" if score == 4.0 else "failed")


def test_a_wrong_option_that_was_chosen_is_explained_and_one_left_out_is_not(written: Written) -> None:
    said = [(check.label, check.status, check.message, check.got) for check in judge(written(MULTI), ["two"]).checks]
    assert said == [
        ("options", "failed", "1 of 4 options are as they should be.", None),
        ("The second", "failed", "That is the second.", "chosen"),
    ]


def test_one_unknown_option_among_several_is_said(written: Written) -> None:
    verdict = judge(written(MULTI), ["one", "fuor"])
    assert verdict.score == 0 and verdict.checks[0].message.startswith("'fuor' is none of the options: four, one")


# --- a choice with an essay ---------------------------------------------------------------------------------------


def test_an_explanation_is_judged_by_its_choice(written: Written) -> None:
    exercise = written(EXPLAIN)
    right = judge(exercise, {"choice": "one", "essay": "Three short words"})
    assert right.status == "passed" and right.score == 4.0 and "(3 words)" in right.message
    wrong = judge(exercise, {"choice": "two", "essay": "The first, as everybody knows"})
    assert wrong.status == "failed" and wrong.checks[0].message == "That is the second."
    assert judge(exercise, "one").message == ""


def test_an_essay_without_a_choice_asks_for_the_choice(written: Written) -> None:
    verdict = judge(written(EXPLAIN), {"essay": "All of it"})
    assert verdict.status == "failed" and verdict.checks[0].message == "Choose one of four, one, three, two."


def test_an_essay_alone_neither_passes_nor_fails(written: Written) -> None:
    verdict = judge(written(ESSAY), "Because.")
    assert (verdict.status, verdict.score) == ("skipped", 0.0) and "not judged" in verdict.message


# --- what is typed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "text", "essay", "value"),
    [
        (CHOICES, " one ", "", "one"),
        (MULTI, "one, four", "", ["one", "four"]),
        (MULTI, "one four,", "", ["one", "four"]),
        (EXPLAIN, "one", "", "one"),
        (EXPLAIN, "one", "So.", {"choice": "one", "essay": "So."}),
        (NUMERIC, " 12 ", "", "12"),
        (NUMERIC, "A-B=2,5, C=none", "", {"A-B": "2,5", "C": "none"}),
    ],
)
def test_typed(written: Written, parts: str, text: str, essay: str, value: Any) -> None:
    assert answers.typed(written(parts).parts[0], text, essay) == value


@pytest.mark.parametrize(
    ("parts", "answer", "value", "said"),
    [
        (CHOICES, "n", "two", None),
        (CHOICES, "n", "tow", "'tow' is none of the options"),
        (MULTI, "n", ["one", "tow"], "'tow' is none of the options"),
        (EXPLAIN, "n", {"choice": "", "essay": "So."}, "Choose one of"),
        (ESSAY, "n", "So.", None),
        (NUMERIC, "n", "12", None),
        (NUMERIC, "n", "twelve", "Answer with a number"),
        (NUMERIC, "(2, 3)", "2 and 3", "Answer with a size"),
        (NUMERIC, "{'A': 1, 'B': 2}", {"A": "7"}, None),
        (NUMERIC, "{'A': 1, 'B': 2}", "7", "This fills no row"),
        (NUMERIC, "{'A': 1, 'B': 2}", {"A": "seven"}, "A: Answer with a number"),
        (NUMERIC, "{'A': 1, 'B': 2}", {"A": "7", "C": "8"}, "There is no row 'C'"),
    ],
)
def test_an_answer_that_says_nothing_is_told_from_a_wrong_one(
    written: Written, parts: str, answer: str, value: Any, said: str | None
) -> None:
    exercise = written(parts, questions=questions(answer))
    found = answers.misread(exercise, exercise.parts[0], Given(value, 7))
    assert found is None if said is None else said in str(found)


# --- in a verdict -------------------------------------------------------------------------------------------------


def test_values_need_no_sandbox_and_faults_of_a_lesson_are_not_the_learners(written: Written) -> None:
    with Grader() as grader:
        verdict = grader.grade(written(CHOICES), None, {"why": Given("one")})
        assert verdict.passed and verdict.sandbox.level == 0 and grader.host.pid is None
        broken = grader.grade(written(NUMERIC, questions="1 / 0"), None, {"asked": Given("1", 1)})
    assert broken.status == "grader_error" and "questions.py:1: ZeroDivisionError" in broken.parts[0].message
