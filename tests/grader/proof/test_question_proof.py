"""A numeric question that does not hold what it asks is found by drawing it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.proof.question_proof import complaints, places
from lessons.schema import Exercise

Write = Callable[..., Exercise]

PART = "\n  - {{id: area, kind: numeric, covers: [E1.1.1], text: '{text}'}}\n"
QUESTION = (
    "from grader.spec import Question\n\n\ndef area(rng):\n    n = rng.randrange(2, 9)\n    return Question({})\n"
)


def found(written: Write, question: str, text: str = "How much is {n}?") -> list[tuple[str, str]]:
    exercise = written(PART.format(text=text), questions=QUESTION.format(question))
    return list(complaints(exercise, exercise.parts[0]))


SOUND = [
    ("{'n': n}, 2 * n, slips={n * n + 1: 'a', -n: 'b'}", "How much is {n}?"),
    ("{'n': n}, n / 3, tolerance=0.01", "How much is {n}?"),
    ("{'n': n}, None, slips={(n, 2): 'a', (2,): 'b'}", "How much is {n}?"),
    ("{'n': n}, True, slips={False: 'a'}", "How much is {n}?"),
    ("{'n': n}, (), slips={None: 'a'}", "How much is {n}?"),
    ("{}, {'A': (2, n), 'B': None}, slips={('A', None): 'a', ('B', (n,)): 'b'}", "Which?"),
    ("{'n': n}, 1", "Is $\\\\frac{a}{b} x^{k} x_{i} = {n}$?"),
]


@pytest.mark.parametrize(("question", "text"), SOUND)
def test_a_sound_question_has_nothing_against_it(written: Write, question: str, text: str) -> None:
    assert found(written, question, text.replace("\\\\", "\\")) == []


@pytest.mark.parametrize(
    ("question", "text", "file", "said"),
    [
        ("{'m': n}, 1", "How much is {m} of {n}?", "exercise.yaml", "the text asks for `{n}`, and the question giv"),
        ("{'n': n}, 1", "Is $n = {m}$, or {n}?", "exercise.yaml", "the text asks for `{m}`"),
        ("{'n': n, 'm': 2}, 1", "How much is {n}?", "questions.py", "the value `m` does not stand in the text"),
        ("{'n': n}, 1 / 3", "How much is {n}?", "questions.py", "seed 1: its own answer, answer = 0.333333, is not"),
        ("{'n': n}, 2 * n, slips={n + n: 'a'}", "{n}?", "questions.py", "the slip `"),
        ("{'n': n}, 4, tolerance=0.5, slips={4.25: 'a'}", "{n}?", "questions.py", "the slip `4.25` is the answer"),
        ("{'n': n}, 4, slips={5: 'a', 5.0000000001: 'b'}", "{n}?", "questions.py", "the slip `5` is answered with: a"),
        ("{'n': n}, (2, n), slips={'x': 'a'}", "{n}?", "questions.py", "the slip `x` is answered with: This is n"),
        ("{}, {'A': 1, 'B': 2}, slips={('C', 3): 'a'}", "Which?", "questions.py", "the slip ('C', 3) is none of this"),
        ("{}, {'A': 1, 'B': 2}, slips={3: 'a'}", "Which?", "questions.py", "the slip 3 is none of this table"),
        ("{}, {'A': 1, 'B': 2}, slips={('B', 2): 'a'}", "Which?", "questions.py", "the slip `2` in the row B is th"),
        ("{'n': rng.normal(3)}, 1", "{n}?", "questions.py", "questions.py:6: AttributeError: "),
        ("{'n': n}, object()", "{n}?", "questions.py", "returns what no question holds"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_said_once(written: Write, question: str, text: str, file: str, said: str) -> None:
    (one,) = found(written, question, text)
    assert one[0] == file and said in one[1], one


def test_a_slip_that_meets_the_answer_for_some_numbers_only_is_found(written: Write) -> None:
    """n * n is 2 * n where n is 2: one draw in seven."""
    ((file, message),) = found(written, "{'n': n}, 2 * n, slips={n * n: 'That is the square.'}")
    assert file == "questions.py" and message.endswith("the slip `4` is the answer")


def test_a_function_that_is_missing_is_a_fault_of_the_questions(written: Write) -> None:
    exercise = written(PART.format(text="Which?"), questions="")
    ((file, message),) = complaints(exercise, exercise.parts[0])
    assert file == "questions.py" and "there is no function area(rng)" in message


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{n} of {some_name}, {1} and {}", {"n", "some_name"}),
        (r"$\frac{a}{b}$ and $x_{i}^{k}$ and $\sqrt[3]{q}$", set()),
        (r"$x = {n}$, $$\mathbb{R}^{n} \ni {m}$$", {"n", "m"}),
    ],
)
def test_the_places_of_a_text_are_told_from_the_arguments_of_formulas(text: str, names: set[str]) -> None:
    assert places(text) == names
