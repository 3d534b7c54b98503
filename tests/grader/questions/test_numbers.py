"""Answers that are numbers, sizes and tables: in which spellings they are right, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.questions import answers
from lessons.schema import Exercise
from tests.grader.questions.asked import NUMERIC, judge, questions

Written = Callable[..., Exercise]

# --- numbers ------------------------------------------------------------------------------------------------------


def test_a_number_is_judged_by_the_question_of_its_nonce(written: Written) -> None:
    exercise = written(NUMERIC, questions=questions("2 * n"))
    n = answers.ask(exercise, exercise.parts[0], 7).values["n"]
    other = answers.ask(exercise, exercise.parts[0], 8).values["n"]
    assert n != other
    assert judge(exercise, str(2 * n)).score == 5.0
    assert judge(exercise, str(2 * n), nonce=8).score == 0.0
    assert judge(exercise, str(2 * other), nonce=8).score == 5.0


def test_the_text_has_the_numbers_and_keeps_other_braces(written: Written) -> None:
    exercise = written(NUMERIC, questions=questions("2 * n"))
    asked = answers.ask(exercise, exercise.parts[0], 7)
    assert asked.text == f"What is {asked.values['n']} and {asked.values['n']}? {{other}}"


def test_an_answer_without_a_nonce_is_for_no_question(written: Written) -> None:
    verdict = judge(written(NUMERIC, questions=questions("1")), "1", nonce=None)
    assert verdict.status == "failed" and "open the question again" in verdict.message


@pytest.mark.parametrize("text", ["0.5", "1/2", " .5 ", "5e-1", "0.50", 0.5, "2/4", "0.509"])
def test_numbers_in_all_spellings(written: Written, text: Any) -> None:
    assert judge(written(NUMERIC, questions=questions("0.5", 0.01)), text).status == "passed"


@pytest.mark.parametrize("text", ["0.511", "-0.5", "−0.5", "0.489", "none", "nan", "inf", "1e400"])
def test_numbers_beyond_the_tolerance(written: Written, text: str) -> None:
    verdict = judge(written(NUMERIC, questions=questions("0.5", 0.01)), text)
    assert verdict.status == "failed" and verdict.checks[0].message == "This is not right."


def test_the_typographic_minus_is_a_minus(written: Written) -> None:
    assert judge(written(NUMERIC, questions=questions("-3")), "−3").status == "passed"


@pytest.mark.parametrize("text", ["about 3", "1/0", "3 4", "{}"])
def test_an_unreadable_number_says_how_to_write_one(written: Written, text: str) -> None:
    verdict = judge(written(NUMERIC, questions=questions("0.5")), text)
    assert verdict.checks[0].message == "Answer with a number, such as 12, 7,850, 0.5, 1e-3, 2/3 or 4*15+3."
    assert verdict.checks[0].got == text


def test_without_a_tolerance_a_number_is_still_not_compared_bit_by_bit(written: Written) -> None:
    exercise = written(NUMERIC, questions=questions("0.1 + 0.2"))
    assert judge(exercise, "0.3").status == "passed"
    assert judge(exercise, "0.3001").status == "failed"


def test_a_slip_has_its_own_feedback(written: Written) -> None:
    exercise = written(NUMERIC, questions=questions("n", 0.5, "{n + 2: 'Two too many.', None: 'It can be done.'}"))
    n = answers.ask(exercise, exercise.parts[0], 7).values["n"]
    near = judge(exercise, str(n + 2.25)).checks[0]
    assert near.message == near.hint == "Two too many." and near.diagnosis[0].name == "slip"
    assert judge(exercise, "none").checks[0].hint == "It can be done."
    other = judge(exercise, str(n + 7)).checks[0]
    assert other.hint is None and not other.diagnosis


def test_a_word_and_a_truth_are_answers_too(written: Written) -> None:
    word = written(NUMERIC, questions=questions("'float32'"))
    assert judge(word, "float32").status == "passed" and judge(word, "float64").status == "failed"
    truth = written(NUMERIC, questions=questions("True"))
    assert {judge(truth, text).status for text in ("yes", "True", True)} == {"passed"}
    assert {judge(truth, text).status for text in ("no", "false", False)} == {"failed"}
    assert judge(truth, "perhaps").checks[0].message == "Answer yes or no."


# --- sizes and tables ---------------------------------------------------------------------------------------------

SPELLINGS = [
    "2x5x3",
    "2X5X3",
    "2 x 5 x 3",
    "2×5×3",
    "2*5*3",
    "2 5 3",
    "2,5,3",
    "(2, 5, 3)",
    "(2, 5, 3,)",
    "[2, 5, 3]",
    "Size([2, 5, 3])",
    "torch.Size([2, 5, 3])",
    [2, 5, 3],
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_sizes_in_all_spellings(written: Written, text: Any) -> None:
    exercise = written(NUMERIC, questions=questions("(2, 5, 3)"))
    assert judge(exercise, text).status == "passed"
    wrong = written(NUMERIC, questions=questions("(5, 2, 3)"))
    assert judge(wrong, text).checks[0].got == "2x5x3"


@pytest.mark.parametrize(("text", "size"), [("4", (4,)), ("(4,)", (4,)), ("()", ()), ("[]", ()), ("1x1", (1, 1))])
def test_short_sizes(text: str, size: tuple[int, ...]) -> None:
    assert answers.parse(text, (2, 3)) == size
    assert answers.parse(answers.written(size), size) == size


@pytest.mark.parametrize("text", ["2x5x", "2-5", "-2x5", "two by five", "2.0x5", "99999999999"])
def test_an_unreadable_size_says_how_to_write_one(written: Written, text: str) -> None:
    verdict = judge(written(NUMERIC, questions=questions("(2, 5)")), text)
    assert verdict.status == "failed" and "such as 2x5x2, or none" in verdict.checks[0].message


@pytest.mark.parametrize("text", ["none", "None", "NO", "impossible", "incompatible", "-", "x", "✗"])
def test_what_cannot_be_is_said_in_many_words(written: Written, text: str) -> None:
    assert judge(written(NUMERIC, questions=questions("None")), text).status == "passed"
    assert judge(written(NUMERIC, questions=questions("(2,)")), text).checks[0].got == "none"


TABLE = questions("{'A-B': (2, 5), 'A-C': None, 'B-C': 3, 'total': n}", 0, "{('A-B', (5, 2)): 'Turned round.'}")


def test_a_table_is_worth_its_right_rows(written: Written) -> None:
    exercise = written(NUMERIC, questions=TABLE)
    asked = answers.ask(exercise, exercise.parts[0], 7)
    assert asked.rows == ("A-B", "A-C", "B-C", "total")
    n = asked.values["n"]
    table = {"A-B": "2x5", "A-C": "none", "B-C": "3", "total": n}
    assert judge(exercise, table).score == 5.0
    two = judge(exercise, {**table, "A-B": "5x2", "B-C": "4"})
    assert (two.status, two.score) == ("failed", 2.5)
    assert [check.status for check in two.checks] == ["failed", "passed", "failed", "passed"]
    assert two.checks[0].hint == "Turned round." and two.checks[2].hint is None


def test_a_slip_of_one_row_is_not_that_of_another(written: Written) -> None:
    exercise = written(NUMERIC, questions=questions("{'A': (2, 5), 'B': (2, 5)}", 0, "{('A', (5, 2)): 'Turned.'}"))
    assert [check.hint for check in judge(exercise, {"A": "5x2", "B": "5x2"}).checks] == ["Turned.", None]


@pytest.mark.parametrize("text", ["A-B=2x5, a-c = none", "A-B = (2, 5); AC=none", "A–B=2,5, A C=no"])
def test_a_table_is_typed_in_one_line(written: Written, text: str) -> None:
    exercise = written(NUMERIC, questions=TABLE)
    typed = answers.typed(exercise.parts[0], text)
    checks = judge(exercise, typed).checks
    assert [check.status for check in checks] == ["passed", "passed", "failed", "failed"]
    assert checks[2].message == "No answer yet."


@pytest.mark.parametrize(
    ("text", "start"), [("2x5", "This fills no row"), ("A-D=3", "There is no row 'A-D'"), ("=3", "There is no row ''")]
)
def test_an_answer_that_fills_no_row_says_how_to_write_one(written: Written, text: str, start: str) -> None:
    exercise = written(NUMERIC, questions=TABLE)
    verdict = judge(exercise, answers.typed(exercise.parts[0], text))
    assert verdict.score == 0
    assert verdict.message == f'{start}; the rows are A-B, A-C, B-C, total. Write "A-B=.., A-C=..".'
