"""What a verdict says of a question has its formulas as terminal text; what comes from running code stays."""

from typing import Any

from grader.records.verdict import Check, Diagnosis, PartVerdict
from tutor.text.verdicts import readable_part


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
