"""A name that is not there is looked for in the file, and what is found is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.sandbox.missing import sentence
from lessons.schema import Exercise

FILES = {
    "def soft_max(x): return x": "did you mean soft_max? The task calls it softmax",
    "def Softmax(x): return x": "did you mean Softmax? The task calls it softmax",
    "def sofmax(x): return x": "did you mean sofmax? The task calls it softmax",
    "SOFT_MAX = 3": "did you mean SOFT_MAX? The task calls it softmax",
    "class Layer:\n    def softmax(self, x): return x": "line 2 makes it a method of the class Layer",
    "def outer():\n    def softmax(x): return x": "line 2 defines it inside outer. Write it outside",
    "if __name__ == '__main__':\n    def softmax(x): return x": 'line 2 is below `if __name__ == "__main__":`',
    "if False:\n    def softmax(x): return x": "line 2 is not reached",
    "import sys\nsys.exit()\ndef softmax(x): return x": "your file ends before line 3",
    "def relu(x): return x": "",
    "": "",
    "def f(:": "",
}


@pytest.mark.parametrize("source", FILES)
def test_what_is_said_of_a_name_that_is_not_there(source: str) -> None:
    namespace: dict[str, object] = {}
    if source != "def f(:":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.exit", _stop)
            try:
                exec(source, namespace)
            except StopIteration:
                pass
    said = sentence("softmax", source, namespace)
    assert said.startswith("softmax is not defined in your file")
    assert FILES[source] in said and bool(FILES[source]) == (said != "softmax is not defined in your file")


def _stop() -> None:
    raise StopIteration


REFERENCE = """
    from grader.spec import case, cases

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(5))
"""


ANY_MISTAKE = """
    from grader.spec import mistake

    @mistake("any", "Does too little.", hint="More?", when=lambda got, ref, inputs: True)
    def any_wrong(x):
        return x
"""


def test_a_missing_name_is_told_without_a_hint_about_exceptions(
    grader: Grader, exercise_of: Callable[..., Exercise]
) -> None:
    source = REFERENCE + ANY_MISTAKE
    exercise = exercise_of(source, extra="hints: [{when: error, text: Which line raises it?}]")
    (check,) = grader.grade(exercise, "class A:\n    def f(self, x): return 2 * x\n").parts[0].checks
    assert check.message.startswith("f is not defined in your file: line 2 makes it a method of the class A")
    assert check.hint is None and check.diagnosis == ()
    (check,) = grader.grade(exercise, "def f(x): return x.no\n").parts[0].checks
    assert check.hint == "Which line raises it?"


@pytest.mark.parametrize("end", ["import sys; sys.exit()", "import sys; sys.exit(0)", "quit()", "raise SystemExit"])
def test_an_exit_at_the_end_of_a_file_ends_its_reading_and_no_more(
    grader: Grader, exercise_of: Callable[..., Exercise], end: str
) -> None:
    source = f"def f(x): return 2 * x\n{end}\n"
    assert grader.grade(exercise_of(REFERENCE), source).passed
