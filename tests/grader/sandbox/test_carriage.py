"""Text that goes back in its line is what a terminal shows of it in the end, in whatever pieces it comes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.grading import Grader
from grader.sandbox.carriage import HELD, LONGEST, Carriage

BAR = "".join(f"\r{10 * n:3}%|{'#' * n:10}| {n}/10" for n in range(11)) + "\n"
NESTED = "\r0/2 epochs"
for epoch in "12":
    NESTED += "".join(f"\n\r{step}/2 steps\x1b[A" for step in "012") + f"\r{epoch}/2 epochs"
NESTED += "\n\nend\n"
SEEN = {
    "a progress bar": (BAR, "100%|##########| 10/10\n"),
    "a bar that is cleared": ("\r 50%|##   |\r            \r\nafter\n", "\nafter\n"),
    "a shorter text over a longer one": ("abcdef\rXY\n", "XYcdef\n"),
    "the rest of the line erased": ("abcdef\rXY\x1b[K\n", "XY\n"),
    "the whole line erased": ("abcdef\x1b[2K\rXY\n", "XY\n"),
    "Windows' line ends": ("one\r\ntwo  \r\n", "one\ntwo\n"),
    "plain lines": ("one  \n\ttwo\n", "one  \n\ttwo\n"),
    "a wheel": ("|\b/\b-\b\\\bdone\n", "done\n"),
    "more backspaces than text": ("ab\b\b\b\bX\n", "Xb\n"),
    "colours": ("\r\x1b[31m 9%\x1b[0m\r\x1b[32m100%\x1b[0m\n", "100%\n"),
    "no end": ("\r1/2\r2/2", "2/2"),
    "a return at the end": ("half\r", "half"),
    "nothing": ("", ""),
    "a bar in a bar": (NESTED, "2/2 epochs\n2/2 steps\nend\n"),
    "up to a shorter line": ("\ra\nlong\x1b[Ab\x1b[1B!\n", "a   b\nlong !\n"),
    "up beyond what can be rewritten": ("one\n\rtwo\x1b[9A\rTWO\n", "one\nTWO\n"),
}


def seen(*pieces: str) -> str:
    carriage = Carriage()
    return "".join(map(carriage.add, pieces)) + carriage.cut()


@pytest.mark.parametrize("name", SEEN)
def test_a_line_is_rewritten(name: str) -> None:
    text, expected = SEEN[name]
    assert seen(text) == seen(*text) == expected
    for place in range(len(text)):
        assert seen(text[:place], text[place:]) == expected


@given(st.lists(st.text(alphabet="ab\r\n\b \x1b[K2\t∑")))
def test_pieces_make_no_difference(pieces: list[str]) -> None:
    assert seen(*pieces) == seen("".join(pieces))
    assert not set("\r\b\x1b") & set(seen(*pieces))


def test_the_unfinished_line_can_be_looked_at_while_it_comes() -> None:
    carriage = Carriage()
    assert carriage.add("one\n 10%") == "one\n" and carriage.unfinished == " 10%"
    assert carriage.add("\r 20%") == "" and carriage.unfinished == " 20%"
    assert carriage.add("\x1b[") == "" and carriage.add("31m") == "" and carriage.unfinished == " 20%"
    assert carriage.add("!\n") == "" and carriage.unfinished == " 20%!\n"
    assert carriage.cut() == " 20%!\n" and carriage.unfinished == ""


def test_what_follows_a_bar_is_held_for_a_few_lines_only() -> None:
    carriage = Carriage()
    assert carriage.add("\r100%\n" + "".join(f"{n}\n" for n in range(HELD - 1))) == ""
    assert carriage.add("more\n") == "100%\n"
    assert carriage.add("end\n") == "".join(f"{n}\n" for n in range(HELD - 1)) + "more\nend\n"


def test_a_line_without_end_is_finished_in_pieces_and_nothing_is_lost() -> None:
    carriage = Carriage()
    given = "x" * (5 * LONGEST)
    done = "".join(carriage.add(given[at : at + 1000]) for at in range(0, len(given), 1000))
    assert len(done) > 3 * LONGEST and done + carriage.cut() == given


@pytest.mark.parametrize("text", ["a\b", "a\r", "\x1b[2K", "\r\b", "ab\x1b[K\r"])
def test_rewriting_without_end_costs_little(text: str) -> None:
    carriage, data = Carriage(), text * (1_000_000 // len(text))
    began = time.process_time()
    for at in range(0, len(data), 1 << 16):
        carriage.add(data[at : at + (1 << 16)])
    assert time.process_time() - began < 30  # a hang guard


def test_a_bar_of_a_run_is_its_last_state_and_is_seen_while_it_moves(grader: Grader) -> None:
    told: list[tuple[str, str]] = []
    bar = 'import sys\nfor n in range(4): sys.stderr.write(f"\\r{n}/3")\nprint()\nprint("end", end="")\n'
    run = grader.run(bar, name="bar.py", on_output=lambda *text: told.append(text))
    assert run.output.text == "3/3\nend" == "".join(text for text, _ in told)
    assert all("\r" not in text + rest for text, rest in told)
