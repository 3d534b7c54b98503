"""What a verdict says of a question has its formulas as terminal text; what comes from running code stays."""

from typing import Any

import pytest

from grader.records.verdict import Check, Diagnosis, Output, PartVerdict, Verdict
from grader.report import text
from grader.report.readable import readable_part


def part(kind: str, **fields: Any) -> PartVerdict:
    check = Check(label="$x_0$", status="failed", score=0.0, max=1.0, message="Where is $z = 0$?", got="$y$", **fields)
    return PartVerdict(part="why", kind=kind, status="failed", score=0.0, max=1.0, checks=(check,))


def test_the_formulas_of_a_question_are_text() -> None:
    (check,) = readable_part(
        part("multi", hint="Is $w_0$ 0?", diagnosis=(Diagnosis(name="slip", message="It is $z$."),))
    ).checks
    assert (check.label, check.message, check.got, check.hint) == ("x₀", "Where is z = 0?", "y", "Is w₀ 0?")
    assert check.diagnosis[0].message == "It is z."


def test_what_was_typed_and_what_code_said_stay_as_they_are() -> None:
    assert readable_part(part("numeric")).checks[0].got == "$y$"
    assert readable_part(part("code")) == part("code")


def test_what_authors_say_of_code_is_readable_too() -> None:
    said = "Where is $z = 0$?"
    one = part("code", hint="Is $w_0$ in `w`?", diagnosis=(Diagnosis(name="own", message=said),))
    (check,) = readable_part(one).checks
    assert (check.label, check.got, check.hint) == ("$x_0$", "$y$", "Is w₀ in `w`?")
    assert check.message == check.diagnosis[0].message == "Where is z = 0?"


HINT = "Try $x^2$:\n\n```python\nx**2\n```\n\nor `x * x`."


@pytest.mark.parametrize("kind", ["choice", "code"])
def test_neither_formulas_nor_marks_of_code_are_left_in_plain_lines(kind: str) -> None:
    one = part(kind, hint=HINT, diagnosis=(Diagnosis(name="own", message="It is `f` of $z$."),))
    whole = Verdict(
        exercise="a", score=0, max=1, parts=(one,), status="failed", output=Output(head="a `printed` $line$\n")
    )
    lines = text.render(whole)
    assert "hint: Try x²:" in lines and "    x**2" in lines and "or x * x." in lines
    assert "it looks like this: It is f of z." in lines
    assert "    | a `printed` $line$" in lines  # what code prints stays as it is
    said = lines.partition("  your code printed")[0]
    assert "`" not in said and ("$" not in said or kind == "code")
