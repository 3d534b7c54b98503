"""Formulas are read as they are written, compared as functions, and never cost more than a moment."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.proof.question_proof import complaints_of_formula
from grader.questions import answers, formula
from grader.records.given import Given
from grader.records.verdict import PartVerdict
from grader.solution import solution
from lessons.schema import Exercise
from tutor.text.plain import question_lines

LETTERS = {"n_in": "whole", "n_out": "whole", "p": "positive", "x": "real"}
PART = """
  - id: rule
    kind: formula
    covers: [E1.1.1]
    points: 2
    letters: {{n_in: whole, n_out: whole}}
    formula: {formula}
    slips:
      - {{formula: 1 / n_in, why: That is the forward pass alone.}}
      - {{formula: {slip}, why: That is the standard deviation.}}
    text: Which variance has a layer of `n_in` inputs and `n_out` outputs?
"""
Write = Callable[..., Exercise]


@pytest.fixture
def exercise(written: Write) -> Exercise:
    return written(PART.format(formula="2 / (n_in + n_out)", slip="sqrt(2 / (n_in + n_out))"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 / (n_in + n_out)", "1 / (n_in/2 + n_out/2)"),
        ("$2 · p^2$", "2*p²"),
        ("p¹² − p", "p*(p**11 - 1)"),
        ("sqrt(6) / sqrt(n_in)", "(6 / n_in) ** 0.5"),
        ("exp(-p) * exp(x)", "exp(x - p)"),
        ("ln(p * n_in)", "log(p) + log(n_in)"),
        ("(n_in + 2 - 3) // 2 + 1", "floor((n_in - 1) / 2) + 1"),
        ("-(x - 1)", "1 - x"),
        ("sin(x)**2 + cos(x)**2", "1"),
        ("n_in % 2", "n_in - 2 * floor(n_in / 2)"),
        ("tanh(x)", "1 - 2 / (exp(2*x) + 1)"),
        ("sqrt(pi) ** 2 * p", "pi * p"),
        ("0.1 * p", "p / 10"),
    ],
)
def test_the_same_function_in_other_words(one: str, other: str) -> None:
    read = [formula.read(text, LETTERS) for text in (one, other)]
    assert formula.difference(read[0], read[1], LETTERS) is None
    assert formula.means(read[0], other, LETTERS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 / n_in + n_out", "2 / (n_in + n_out)"),
        ("3.1416 * p", "pi * p"),
        ("abs(x)", "x"),
        ("sqrt(x**2)", "x"),
        ("n_in // 2", "n_in / 2"),
        ("p + 1e-12", "p"),
        ("ceil(p)", "floor(p) "),
        ("log(-p)", "p"),
        ("1 / (n_in - n_in)", "p"),
    ],
)
def test_another_function(one: str, other: str) -> None:
    assert formula.difference(formula.read(one, LETTERS), formula.read(other, LETTERS), LETTERS) is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write a formula"),
        ("2 / (n_in +", "cannot be read as a formula. Write it as in Python, for example `2 * n_in / (n_out + 1)`"),
        ("2 / n_im", "`n_im` is none of the letters here. Did you mean `n_in`?"),
        ("2 (n_in + 1)", "Write the sign of a product: `2 * (...)`"),
        ("p(n_in + 1)", "Write the sign of a product: `p * (...)`"),
        ("sigmoid(p)", "`sigmoid` cannot be used in a formula; sqrt, exp"),
        ("sqrt(p, 2)", "`sqrt` cannot be used"),
        ("'a'", "This is no formula"),
        ("True", "This is no formula"),
        ("p if p > 1 else 2", "This is no formula"),
        ("p.real", "This is no formula"),
        ("[p]", "This is no formula"),
        ("p" + "+p" * 101, "This is too long"),
        ("__import__('os')", "`__import__` cannot be used"),
        ("\x00", "cannot be read"),
    ],
)
def test_what_is_no_formula_is_told_how_to_write_one(text: str, said: str) -> None:
    with pytest.raises(formula.Unreadable, match=r".") as raised:
        formula.read(text, LETTERS)
    assert said in str(raised.value)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    ["9**9**9**9**9", "exp(exp(exp(exp(p))))", "p**-9999999999", "2**(2**(2**(2**p)))", "(-1)**0.5", "0**-1", "log(0)"],
)
def test_what_is_too_large_or_has_no_value_differs_and_takes_no_time(text: str) -> None:
    differs = formula.difference(formula.read(text, LETTERS), formula.read("p", LETTERS), LETTERS)
    assert differs is not None
    with pytest.raises(formula.Valueless):
        formula.difference(formula.read("p", LETTERS), formula.read("log(-p)", LETTERS), LETTERS)


@settings(max_examples=60)
@given(st.text(alphabet="npx_in0123.+-*/^()sqrtexplog %,", max_size=60))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        read = formula.read(text, LETTERS)
    except formula.Unreadable as fault:
        assert str(fault).endswith((".", "`?", "?"))
        return
    formula.difference(read, formula.read("p", LETTERS), LETTERS)


def judged(exercise: Exercise, value: str) -> PartVerdict:
    return answers.judge(exercise, exercise.parts[0], Given(value, None))


def test_a_verdict_says_where_it_differs_and_what_it_looks_like(exercise: Exercise) -> None:
    assert judged(exercise, "1/((n_in+n_out)/2)").status == "passed"
    [check] = judged(exercise, "n_in**-1").checks
    assert check.status == "failed" and check.hint == "That is the forward pass alone."
    assert check.message.startswith("For n_in = ") and "your formula gives" in check.message
    [check] = judged(exercise, "2 / (n_in + n_out) + 1e-9").checks
    got, expected = re.findall(r"\d\.\d+", check.message)
    assert got != expected
    [check] = judged(exercise, "log(-n_in)").checks
    assert check.hint is None and "your formula has no value" in check.message
    assert judged(exercise, "").message == "Not answered yet."


def test_a_slip_of_the_hand_costs_no_attempt(exercise: Exercise) -> None:
    [part] = exercise.parts
    said = [answers.misread(exercise, part, Given(text, None)) for text in ("2 / n_oud", "3")]
    assert said[0] == "`n_oud` is none of the letters here. Did you mean `n_out`?" and said[1] is None


def test_it_is_asked_and_solved_in_plain_lines(exercise: Exercise) -> None:
    [part] = exercise.parts
    lines = list(question_lines(exercise, part, answers.ask(exercise, part, 1)))
    assert lines[1:] == ["  a formula in n_in, n_out", f'  answer: dl-tutor answer {exercise.id}.rule "FORMULA"']
    assert "2 / (n_in + n_out)" in str(solution(exercise, {}))


def test_the_proof_of_a_formula(exercise: Exercise, written: Write) -> None:
    assert list(complaints_of_formula(exercise, exercise.parts[0])) == []
    for right, slip, said in [
        ("2 / (n_in + n_aut)", "n_in", "the right formula cannot be read: `n_aut` is none of the letters"),
        ("log(-n_in)", "n_in", "the formula has no value at any point"),
        ("1 / n_out", "n_out ** -1", "the slip `n_out ** -1` is the right formula"),
        ("1 / n_out", "n_in ** -1", "the slip `n_in ** -1` is answered with: That is the forward pass alone."),
        ("1 / n_out", "n_in +", "the slip `n_in +` is answered with: This cannot be read"),
    ]:
        bad = written(PART.format(formula=right, slip=slip))
        assert any(said in message for _, message in complaints_of_formula(bad, bad.parts[0])), said
    silent = written(PART.format(formula="1 / n_out", slip="n_in").replace("`n_out` outputs", "many outputs"))
    assert [message for _, message in complaints_of_formula(silent, silent.parts[0])] == [
        "the text does not say what `n_out` stands for"
    ]
