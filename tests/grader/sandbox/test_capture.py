"""What code prints: harmless for a terminal, head and tail kept, a flood noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records.printable import clean
from grader.sandbox.capture import FLOOD, FLOOD_HEAD, FLOOD_LINES, HEAD, TAIL, Capture

ESCAPES = {
    "a colour": "\x1b[31mred\x1b[0m",
    "moving the cursor": "\x1b[2J\x1b[1;1Hred",
    "the clipboard": "\x1b]52;c;aGVsbG8=\x07red",
    "a title": "\x1b]0;title\x1b\\red",
    "a link": "\x1b]8;;http://x\x1b\\red\x1b]8;;\x1b\\",
    "a device string": "\x1bPq#0\x1b\\red",
    "a privacy message": "\x1b^secret\x1b\\red",
    "a character set": "\x1b(0red",
    "a reset": "\x1bcred",
    "eight-bit control": "\x9bred",
    "bell and backspace": "r\x07\x08ed\x7f",
    "an escape at the end": "red\x1b",
    "a string that does not end": "red\x1b]0;title",
}


@pytest.mark.parametrize("name", ESCAPES)
def test_what_would_move_a_terminal_is_taken_out(name: str) -> None:
    assert clean(ESCAPES[name]) == "red"


def test_tabs_line_ends_and_other_scripts_stay() -> None:
    assert clean("a\tb\nгде ∑ 😀\n") == "a\tb\nгде ∑ 😀\n"
    assert clean("half \ud800") == "half ?"


@given(st.text())
def test_nothing_that_controls_is_left(text: str) -> None:
    left = clean(text)
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in left)
    assert clean(left) == left
    left.encode("utf-8")


def test_a_small_output_is_kept_whole() -> None:
    capture = Capture()
    assert capture.add(b"one\n") + capture.add(b"two\n") == "one\ntwo\n"
    assert capture.output.text == "one\ntwo\n" and capture.output.omitted == 0


def test_a_character_may_come_in_pieces() -> None:
    capture = Capture()
    data = "∑".encode()
    capture.add(data[:1])
    assert capture.unfinished == ""
    capture.add(data[1:])
    assert capture.unfinished == "∑"
    capture.add(b"\xff")
    assert capture.unfinished == "∑\ufffd"


@pytest.mark.parametrize("split", [1, 2, 3, 4, 6, 12])
def test_an_escape_may_come_in_pieces_too(split: int) -> None:
    capture = Capture()
    data = b"\x1b]52;c;aGk=\x07red\x1b[31m"
    capture.add(data[:split])
    capture.add(data[split:])
    assert capture.unfinished == capture.output.text == "red"


def test_head_and_tail_are_kept_and_the_rest_is_counted() -> None:
    capture = Capture()
    capture.add(b"first\n" + b"x" * (HEAD - 6))
    for _ in range(10):
        capture.add(b"y" * TAIL)
    capture.add(b"\nlast")
    output = capture.output
    assert output.head.startswith("first\n") and len(output.head) == HEAD
    assert output.tail.endswith("\nlast") and len(output.tail) == TAIL
    assert len(output.head) + len(output.tail) + output.omitted == HEAD + 10 * TAIL + 5
    assert f"[... {output.omitted} characters left out ...]" in output.text


def test_a_flood_is_noticed_by_its_bytes() -> None:
    capture = Capture()
    capture.add(b"\x1b" * FLOOD)
    assert not capture.flooded
    capture.add(b"x")
    assert capture.flooded


def test_of_a_flood_the_first_lines_are_kept() -> None:
    capture = Capture()
    for number in range(100_000):
        capture.add(b"line %d\n" % number)
    assert capture.output.omitted and len(capture.output.text.splitlines()) > 1000
    capture.endless = True
    output = capture.output
    assert output.head.splitlines() == [f"line {number}" for number in range(FLOOD_LINES)] and output.tail == ""
    assert len(output.head) + output.omitted == capture.bytes
    capture = Capture()
    capture.add(b"x" * FLOOD)
    capture.endless = True
    assert capture.output.head == "x" * FLOOD_HEAD and capture.output.omitted == FLOOD - FLOOD_HEAD
