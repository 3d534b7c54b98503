"""The solution: the course's code without its judging, other ways, the right answers."""

from __future__ import annotations

from collections.abc import Callable

from grader.solution import solution
from lessons.schema import Exercise

Written = Callable[..., Exercise]

REFERENCE = '''
    """Says how it is judged."""

    from __future__ import annotations

    import math
    import torch
    from functools import lru_cache
    from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake

    FACTOR: int = 2
    SECRET = 3

    def twice(x):
        return FACTOR * x

    @lru_cache
    def factor(n):
        # a comment stays
        return math.sqrt(n * n)

    def f(x):
        """Doubles."""
        return twice(x) * factor(1)

    def drawn(rng):
        return SECRET * rng.normal(3)

    @cases
    def vectors(rng: Rng):
        yield case(x=drawn(rng))

    @check("is larger")
    def larger(got, ref, inputs):
        return None

    @alternative
    def adds(x):
        """Another way."""
        return x + x

    @alternative(accept=True)
    def doubles(x):
        return 2 * x

    @mistake("squares", "Squares.", hint="What is the double of 3?")
    def squares(x):
        return x * x

    edit("trebles", "Trebles.", hint="Is the double of 1 three?", of=twice, replace=("FACTOR", "3"))
    added = edit("adds-one", "Adds one.", hint="What is the double of 0?", replace=("factor(1)", "factor(1) + 1"))
    edit_alternative("left", of=twice, replace=("FACTOR * x", "x * FACTOR"))
    edit_alternative("at-fault", of=twice, replace=("no such text", ""))
'''
CODE = '''\
import math
FACTOR: int = 2

def twice(x):
    return FACTOR * x


@lru_cache
def factor(n):
    # a comment stays
    return math.sqrt(n * n)


def f(x):
    """Doubles."""
    return twice(x) * factor(1)
'''
PARTS = """
  - {id: code, kind: code, covers: [E1.1.1], entry: f}
  - id: why
    kind: choice
    covers: [E1.1.1]
    text: Which?
    options: [{id: one, right: true, text: The first}, {id: two, text: The second, why: No.}]
  - id: many
    kind: multi
    covers: [E1.1.1]
    text: Which?
    options: [{id: one, right: true, text: A}, {id: two, right: true, text: B}, {id: three, text: C, why: No.}]
  - {id: how, kind: explain, covers: [E1.1.1], text: How?, rubric: [So], model_answer: So it is.}
  - {id: number, kind: numeric, covers: [E1.1.1], text: 'The double of {n}?'}
  - {id: table, kind: numeric, covers: [E1.1.1], text: 'Sizes?'}
"""
QUESTIONS = """
    from grader.spec import Question

    def number(rng):
        n = rng.randrange(100, 1000)
        return Question({"n": n}, answer=2 * n)

    def table(rng):
        return Question({}, answer={"A-B": (2, 5), "A-C": None})
"""


def test_what_solves_it_is_shown_and_what_judges_it_is_not(written: Written) -> None:
    shown = solution(written(PARTS, reference=REFERENCE, questions=QUESTIONS))
    expected = CODE.replace("import math\n", "import math\nfrom functools import lru_cache\n", 1)
    assert shown.code == expected
    assert shown.alternatives == (
        'def adds(x):\n    """Another way."""\n    return x + x\n',
        "def doubles(x):\n    return 2 * x\n",
        'def twice(x):\n    return x * FACTOR\n\n\ndef f(x):\n    """Doubles."""\n    return twice(x) * factor(1)\n',
    )


def test_the_right_answers_are_those_of_the_learners_own_questions(written: Written) -> None:
    exercise = written(PARTS, reference=REFERENCE, questions=QUESTIONS)
    answers = dict(solution(exercise, {"number": 7, "table": 7}).answers)
    assert answers["why"] == "The first" and answers["many"] == "A; B" and answers["how"] == "So it is."
    assert answers["table"] == "A-B = 2x5, A-C = none"
    number, text = answers["number"].split(" ", 1)
    assert text == f"(The double of {int(number) // 2}?)"
    assert dict(solution(exercise, {"number": 8}).answers)["number"] != answers["number"]


def test_a_question_that_was_never_opened_has_no_answer_yet(written: Written) -> None:
    exercise = written(PARTS, reference=REFERENCE, questions=QUESTIONS)
    assert "open the question first" in dict(solution(exercise).answers)["number"]


def test_an_exercise_without_code_has_answers_only(written: Written) -> None:
    shown = solution(written(PARTS.split("  - id: many")[0].replace("code, kind: code", "x, kind: choice")))
    assert shown.code == "" and shown.alternatives == ()
