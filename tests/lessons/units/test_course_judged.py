"""Questions of the course that are answered with values: right answers pass, and a wrong one hears what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.questions import answers
from grader.records.given import Given
from grader.records.verdict import PartVerdict
from lessons.loading.loader import load_course
from lessons.schema import Exercise, Part

COURSE = load_course(Path(__file__).parents[3] / "lessons" / "units")


def part_of(exercise: str, part: str) -> tuple[Exercise, Part]:
    found = COURSE.exercise(exercise)
    assert found is not None
    asked = found.part(part)
    assert asked is not None
    return found, asked


def judged(exercise: str, part: str, value: object) -> PartVerdict:
    found, asked = part_of(exercise, part)
    return answers.judge(found, asked, Given(value=value, nonce=1))


def test_the_choice_knows_one_right_option() -> None:
    _, part = part_of("mixed-list", "why")
    for option in part.options:
        verdict = judged("mixed-list", "why", option.id)
        assert (verdict.status == "passed") == option.right
        assert option.right or verdict.checks[0].message == (option.why or "").strip()


TEN = ["a-c", "a-e", "b-c", "b-e", "b-f", "c-d", "c-e", "c-f", "d-e", "e-f"]


def test_ten_of_fifteen_pairs_are_compatible() -> None:
    verdict = judged("broadcast-pairs", "compatible", TEN)
    assert (verdict.status, verdict.score) == ("passed", verdict.max)
    fourteen = judged("broadcast-pairs", "compatible", [*TEN[:5], *TEN[6:]])
    assert 0 < fourteen.score < fourteen.max
    (count,) = [check for check in fourteen.checks if check.status != "passed"]
    assert count.message == "14 of 15 options are as they should be."  # which one was left out is not given away
    one = next(option.id for option in part_of("broadcast-pairs", "compatible")[1].options if option.id not in TEN)
    sixteen = judged("broadcast-pairs", "compatible", [*TEN, one])
    _, wrong = [check for check in sixteen.checks if check.status != "passed"]
    assert wrong.got == "chosen" and wrong.message


def test_the_table_of_sizes_gives_credit_by_row() -> None:
    table = (
        "A-B=none, A-C=2x5x2, A-D=none, A-E=2x1x2, A-F=none, B-C=2x1x5x3, B-D=none, B-E=2x1x1x3, "
        "B-F=2x1x5x3, C-D=5x5, C-E=5x1, C-F=5x3, D-E=1x5, D-F=none, E-F=5x3"
    )
    assert judged("broadcast-pairs", "sizes", table).status == "passed"
    wrong = judged("broadcast-pairs", "sizes", table.replace("C-D=5x5", "C-D=5x1").replace("D-F=none", "D-F=5x5"))
    assert wrong.score == pytest.approx(wrong.max * 13 / 15, abs=0.01)
    messages = [check.message for check in wrong.checks if check.status != "passed"]
    assert "Both can be expanded at once" in messages[0]
    assert "in D the 5 is the last dimension" in messages[1].replace("In D", "in D")
