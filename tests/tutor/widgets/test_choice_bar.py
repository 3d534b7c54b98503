"""The bar of parts on a line that is too short for it."""

from __future__ import annotations

import pytest

from tutor.widgets.choice_bar import AROUND, fitted

TEXTS = ["[x] Try and report", "[ ] Why it fails", "[-] A third part of it"]


def width(texts: list[str]) -> int:
    return sum(len(text) + AROUND for text in texts if text)


def test_where_there_is_room_nothing_is_cut() -> None:
    assert fitted(TEXTS, 0, width(TEXTS)) == TEXTS


@pytest.mark.parametrize("room", [30, 40, 50, 60])
@pytest.mark.parametrize("current", [0, 1, 2])
def test_the_current_one_keeps_its_text(room: int, current: int) -> None:
    shown = fitted(TEXTS, current, room)
    assert shown[current] == TEXTS[current]
    assert width(shown) <= room


def test_the_marks_stay_as_long_as_they_fit() -> None:
    assert fitted(TEXTS, 0, 34) == ["[x] Try and report", "[ ]", "[-]"]


@pytest.mark.parametrize("current", [0, 10, 19])
def test_of_very_many_the_nearest_are_shown(current: int) -> None:
    texts = [f"[ ] Part {number}" for number in range(20)]
    shown = fitted(texts, current, 70)
    assert shown[current] == texts[current] and width(shown) <= 70
    assert [bool(text) for text in shown] != [True] * 20
    assert shown[min(current + 1, 18)] == "[ ]" if current < 19 else shown[18] == "[ ]"


def test_a_line_too_short_for_even_one() -> None:
    assert fitted(["[x] A very long title indeed"], 0, 15) == ["[x] A very…"]
