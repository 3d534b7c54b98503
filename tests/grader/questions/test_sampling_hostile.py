"""The process of a question is taken for hostile: a teacher's course is code too, and may be somebody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.questions.answers import ask
from grader.questions.sampling import MAX_ANSWER, QuestionFault, sample
from lessons.schema import Exercise
from tests.grader.records.hostile import HOSTILE, harms

Written = Callable[..., Exercise]
PARTS = "\n  - {id: sum, kind: numeric, covers: [E1.1.1], text: 'What is {a}?'}\n"
QUESTION = "from grader.spec import Question\nimport os\n\ndef sum(rng):\n    "
ALL = "".join(HOSTILE.values())

FAULTS = {
    "an answer of its own": ("os.write(1, b'[1]'); os._exit(0)", "no question came"),
    "a broken answer": ("os.write(1, b'{\"values\": 3'); os._exit(0)", "no question came"),
    "an answer with other fields": ('os.write(1, b\'{"values": {}, "more": 1}\'); os._exit(0)', "no question came"),
    "an answer of other types": ('os.write(1, b\'{"tolerance": "x"}\'); os._exit(0)', "no question came"),
    "nothing": ("os._exit(0)", "no question came"),
    "depth": (f"os.write(1, b'[' * {100_000}); os._exit(0)", "no question came"),
    "a number of 5,000 digits": ("os.write(1, b'{\"answer\": ' + b'9' * 5000 + b'}'); os._exit(0)", "no question came"),
    "such a number in a question": ("return Question({'a': 10 ** 5000}, answer=1)", "returns what no question holds"),
    "a nest": (
        "x = []\n    for _ in range(5000): x = [x]\n    return Question({'a': x}, 1)",
        "RecursionError",
    ),
    "a flood": ("while True: os.write(1, b'x' * (1 << 20))", "no question came"),
    "a flood of complaints": ("while True: os.write(2, b'x' * (1 << 20))", "OSError"),
    "a fault that moves the terminal": (f"raise ValueError({ALL!a})", "questions.py:5: ValueError: a"),
    "last words that move the terminal": (f"os.write(2, {ALL!a}.encode('utf-8', 'replace')); os._exit(1)", ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_it_does_is_a_sentence_of_one_line(written: Written, name: str) -> None:
    body, said = FAULTS[name]
    exercise = written(PARTS, questions=f"{QUESTION}{body}\n")
    with pytest.raises(QuestionFault) as caught:
        sample(exercise, exercise.parts[0], 1)
    message = str(caught.value)
    assert "questions.py" in message and said in message and harms(message) == []
    assert "\n" not in message and len(message) < MAX_ANSWER


def test_the_values_of_a_question_are_harmless(written: Written) -> None:
    body = f"return Question({{'a': {ALL!a}.encode('utf-8', 'replace').decode()}}, answer=1, slips={{2: {ALL!a}[:20]}})"
    exercise = written(PARTS, questions=f"{QUESTION}{body}\n")
    asked = ask(exercise, exercise.parts[0], 1)
    question = sample(exercise, exercise.parts[0], 1)
    assert harms(asked.text) == harms(str(question.values["a"])) == harms(question.slips[2]) == []
    assert asked.text.startswith("What is a")
