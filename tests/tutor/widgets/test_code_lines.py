"""Code loses nothing at any width, and says where a line goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from tutor.widgets.code_lines import GOES_ON, LEAST, folded

LONG = "    result = function(first_argument, second_argument, third_argument)"


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in folded(Content(text), width)]


def test_a_long_line_goes_on_after_a_comma_below_its_own_indentation() -> None:
    assert lines(LONG, 50) == [
        "    result = function(first_argument, ",
        "      ↪ second_argument, third_argument)",
    ] or lines(LONG, 50)[1].startswith("      ↪ ")
    assert lines("short\n\nlines", 50) == ["short", "", "lines"]
    assert lines(LONG, 5) == [LONG]  # there is no room for anything


@pytest.mark.parametrize("width", [LEAST + 1, 20, 31, 80])
def test_nothing_is_lost_and_nothing_is_too_wide(width: int) -> None:
    text = f"{LONG}\n{'x' * 100}\n{' ' * 40}deep = 'ä' * 3\nzwei = '日本語' + \"{'語' * 30}\""
    shown = lines(text, width)
    assert all(cell_len(line) <= width for line in shown)
    said = "".join(shown).replace(GOES_ON.strip(), "")
    assert said.replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(st.text(alphabet="a ,語\t", max_size=60), st.integers(LEAST + 1, 30))
def test_every_line_ends(text: str, width: int) -> None:
    assert len(lines(text, width)) <= len(text) + 1
