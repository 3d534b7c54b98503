"""Numbers as people write them, and what is none."""

from __future__ import annotations

import math

import pytest

from grader.questions.answers import Unreadable, parse
from grader.questions.arithmetic import number, readable

NUMBERS = {
    "12": 12,
    " -0.5 ": -0.5,
    "1e-3": 0.001,
    "2/3": 2 / 3,
    "-7/2": -3.5,
    "7,850": 7850,
    "7 850": 7850,
    "1,234,567.5": 1234567.5,
    "7\u202f850": 7850,
    "7_850": 7850,
    "4*15*23*3+4": 4144,
    "4 \u00d7 15 \u22c5 2": 120,
    "(28 - 5 + 2*2)/2 + 1": 14.5,
    "2^10": 1024,
    "2**-1": 0.5,
    "\u22123": -3,
    "784*10 + 10": 7850,
    "inf": math.inf,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_read(text: str) -> None:
    assert number(text) == pytest.approx(NUMBERS[text])
    assert parse(text, 1.0) == pytest.approx(NUMBERS[text])


NONE = [
    *("", "a few", "1/0", "7,85", "1,23", "3 apples", "2**9999", "10**10**10", "(" * 90 + "1" + ")" * 90 + "!"),
    *("__import__('os')", "[1]", "1 if 1 else 2", "9" * 500, "True", "1,2,3", "12 34", "f(3)", "0x", "3j", "(-8)**0.5"),
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_said(text: str) -> None:
    assert not readable(text)
    found = parse(text, 1.0)
    assert isinstance(found, Unreadable) and ("number" in found.message or "decimal point" in found.message)


def test_a_decimal_comma_gets_a_sentence_of_its_own() -> None:
    found = parse("7,85", 1.0)
    assert isinstance(found, Unreadable) and found.message.startswith("Write a decimal point: 7.85.")
