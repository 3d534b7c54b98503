"""What the editor does to lines of Python."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text import python_code
from tutor.text.python_code import commented, dedented, found, indented, level_of, moved, new_line, opens

FOUR, TWO, TAB = "    ", "  ", "\t"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1", ""),
        ("    x = 1", FOUR),
        ("def f(x):", FOUR),
        ("    if x:  # why", FOUR * 2),
        ('    text = "a: b', FOUR),
        ("d = {'a':", FOUR),  # the bracket is open
        ("x = y[1:", FOUR),
        ("f(x, [", FOUR),
        ("f(x)", ""),
        ("# note:", ""),
        ("        return x", FOUR),
        ("        returned = x", FOUR * 2),
        ("    pass", ""),
        ("    return [", FOUR * 2),
        ("", ""),
    ],
)
def test_the_next_line_is_as_deep_as_python_has_it(before: str, after: str) -> None:
    assert new_line(before, FOUR) == after


def test_a_file_keeps_its_own_indentation() -> None:
    assert level_of("x = 1\n") == FOUR == python_code.USUAL
    assert level_of("def f():\n  if x:\n    y\n") == TWO
    assert level_of("def f():\n\tif x:\n\t\ty\n") == TAB
    assert level_of("f(\n     x,\n)\n") == FOUR  # what is only aligned is no level
    assert new_line("\tif x:", TAB) == "\t\t" and new_line("\t\treturn", TAB) == TAB


@pytest.mark.parametrize("level", [FOUR, TWO, TAB])
def test_blocks_go_in_and_out(level: str) -> None:
    lines = ["def f():", f"{level}x", "", f"{level}{level}y"]
    deeper = indented(lines, level)
    assert deeper[1] == level * 2 + "x" and deeper[2] == ""
    assert dedented(deeper, level) == lines
    assert dedented(["x", " y", "\tz"], FOUR) == ["x", "y", "z"]
    assert dedented(["        ", "", "  "], FOUR) == ["    ", "", ""]


def test_comments_and_back() -> None:
    lines = ["    if x:", "", "        y"]
    there = commented(lines)
    assert there == ["    # if x:", "", "    #     y"] and commented(there) == lines
    assert commented(["# a", "b"]) == ["# # a", "# b"]  # one is code, so that all become comments
    assert commented(["#a"]) == ["a"] and commented(["", ""]) == ["", ""]


@pytest.mark.parametrize(
    ("typed", "line", "closed"),
    [
        ("(", "f|", True),
        ("(", "f| + 1", True),
        ("(", "f|x", False),
        ("[", "f(|)", True),
        ('"', "x = |", True),
        ("'", "don|", False),
        ('"', '""|', False),  # the third of three
        ("'", "x = f|", True),  # an f-string
        ("'", "buff|", False),
        ("(", 'x = "a |', False),
        ("(", "# see |", False),
        ("(", "x = 'a\\'|", False),
    ],
)
def test_what_is_closed_at_once(typed: str, line: str, closed: bool) -> None:
    column = line.index("|")
    assert opens(typed, line.replace("|", ""), column) is closed


def test_marks_move_with_their_lines() -> None:
    before = ["a", "b", "c", "d"]
    assert moved({1, 3}, before, ["new", *before]) == {2, 4}
    assert moved({1, 3}, before, ["a", "c", "d"]) == {2}
    assert moved({1, 3}, before, ["a", "b2", "c", "d"]) == {1, 3}
    assert moved({0, 3}, before, ["a"]) == {0}
    assert moved({2}, before, []) == set()


@given(
    st.lists(st.sampled_from("abc"), max_size=8),
    st.lists(st.sampled_from("abc"), max_size=8),
    st.sets(st.integers(0, 7)),
)
def test_marks_stay_in_the_text(before: list[str], after: list[str], marks: set[int]) -> None:
    now = moved({mark for mark in marks if mark < len(before)}, before, after)
    assert all(0 <= mark < len(after) for mark in now)


def test_words_are_found_whatever_their_case() -> None:
    assert found("Loss and loss; glossy", "loss") == [0, 9, 16] and found("a.b", ".") == [1] and found("x", "") == []
