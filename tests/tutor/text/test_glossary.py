"""The terms of a card, and the entries of the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.loading.loader import load_course
from lessons.schema import Term
from tutor.text.glossary import entry_lines, named, terms_in

GLOSSARY = load_course(Path(__file__).parents[1] / "course").glossary


def found(text: str, **more: Term) -> list[str]:
    return terms_in({**GLOSSARY, **more}, text)


def test_terms_come_in_the_order_of_the_text() -> None:
    assert found("A **Mean** and a slope, and the mean again.") == ["mean", "slope"]
    assert found("The slope of\nthe average") == ["slope", "mean"]


@pytest.mark.parametrize("text", ["two slopes", "(slope)", "a *slope*", "slope-wise"])
def test_forms_of_a_word(text: str) -> None:
    assert found(text) == ["slope"]


@pytest.mark.parametrize("text", ["sloped", "`slope`", "```\nslope\n```", "x.mean", "meaning", ""])
def test_what_is_another_word_or_code(text: str) -> None:
    assert found(text) == []


def test_a_term_of_several_words_may_stand_on_two_lines() -> None:
    term = Term(term="matrix product", definition="x")
    assert found("The matrix\nproducts here", matrix=term) == ["matrix"]


def test_an_entry_is_named_by_its_id_its_term_or_another_word() -> None:
    assert [named(GLOSSARY, word) for word in ("mean", "Average", "SLOPE", "slop")] == ["mean", "mean", "slope", None]


def test_an_entry_in_plain_lines() -> None:
    assert list(entry_lines(GLOSSARY, "slope")) == ["slope", "    How steep a line is, Δy/Δx.", "    see: mean"]
    assert next(iter(entry_lines(GLOSSARY, "mean"))) == "mean (also: average)"
