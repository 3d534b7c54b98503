"""Answers that are values: what is right, what is worth a part of the points, what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.grading import Grader
from grader.questions import answers
from grader.records.given import Given
from grader.records.verdict import PartVerdict
from lessons.schema import Exercise

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
NUMERIC = "\n  - {id: asked, kind: numeric, covers: [E1.1.1], points: 5, text: 'What is {n} and {n}? {other}'}\n"
QUESTIONS = """
from grader.spec import Question

def asked(rng):
    n = rng.randrange(10, 1000)
    return Question(values={{"n": n}}, answer={answer}, tolerance={tolerance}, slips={slips})
"""


def questions(answer: str, tolerance: float = 0.0, slips: str = "{}") -> str:
    return QUESTIONS.format(answer=answer, tolerance=tolerance, slips=slips)


def judge(exercise: Exercise, value: Any, nonce: int | None = 7) -> PartVerdict:
    return answers.judge(exercise, exercise.parts[0], Given(value, nonce))


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
    assert verdict.status == "failed" and "one, two, three, four." in verdict.checks[0].message
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


def test_two_wrong_options_are_named_and_the_rest_is_counted(written: Written) -> None:
    said = [(check.label, check.status, check.message, check.got) for check in judge(written(MULTI), ["two"]).checks]
    assert said == [
        ("options", "failed", "1 of 4 options are as they should be.", None),
        ("The second", "failed", "That is the second.", "chosen"),
        ("The first", "failed", "This one belongs.", "left"),
    ]


def test_one_unknown_option_among_several_is_said(written: Written) -> None:
    verdict = judge(written(MULTI), ["one", "fuor"])
    assert verdict.score == 0 and verdict.checks[0].message.startswith("'fuor' is none of the options: one, two")


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
    assert verdict.status == "failed" and verdict.checks[0].message == "Choose one of one, two, three, four."


def test_an_essay_alone_neither_passes_nor_fails(written: Written) -> None:
    verdict = judge(written(ESSAY), "Because.")
    assert (verdict.status, verdict.score) == ("skipped", 0.0) and "not judged" in verdict.message


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
    assert verdict.status == "failed" and verdict.checks[0].message == "This is not it."


def test_the_typographic_minus_is_a_minus(written: Written) -> None:
    assert judge(written(NUMERIC, questions=questions("-3")), "−3").status == "passed"


@pytest.mark.parametrize("text", ["about 3", "0,5", "1/0", "3 4", "{}"])
def test_an_unreadable_number_says_how_to_write_one(written: Written, text: str) -> None:
    verdict = judge(written(NUMERIC, questions=questions("0.5")), text)
    assert verdict.checks[0].message == "Answer with a number, such as 12, 0.5, 1e-3 or 2/3."
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
