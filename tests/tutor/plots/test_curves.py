"""Curves in plain lines."""

from __future__ import annotations

from typing import Any

import pytest

from grader.records.curves import sentence
from tutor.plots.curves import curve_lines, curves


def logged(**series: list[float]) -> list[dict[str, Any]]:
    length = len(next(iter(series.values())))
    return [
        {"type": "log", "values": {name: values[i] for name, values in series.items()}, "step": i * 10}
        for i in range(length)
    ]


def test_a_table_and_a_sentence() -> None:
    loss = [2.0, 1.0, 0.5, 0.25, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125]
    assert list(curve_lines(logged(loss=loss, accuracy=[i / 10 for i in range(11)]))) == [
        "step   loss  accuracy",
        "   0      2         0",
        "  20    0.5       0.2",
        "  40  0.125       0.4",
        "  60  0.125       0.6",
        "  80  0.125       0.8",
        " 100  0.125         1",
        "loss 2 -> 0.125 in 100 steps, flat from 40",
        "accuracy 0 -> 1 in 100 steps",
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([1.0, 1.0, 1.0], "x 1 -> 1 in 2 steps, flat from 0"),
        ([3.0, 2.0, 1.0], "x 3 -> 1 in 2 steps"),
        ([1.0, 5.0, 1.0], "x 1 -> 1 in 2 steps"),
        ([float(i) for i in range(100)], "x 0 -> 99 in 99 steps"),
    ],
)
def test_flat_is_what_stays_flat(values: list[float], told: str) -> None:
    assert sentence("x", list(enumerate(values))) == told


def test_what_is_no_curve_is_left_out() -> None:
    events: list[dict[str, Any]] = [
        {"type": "log", "values": {"fact": 3}, "step": None},
        {"type": "log", "values": {"once": 3, "word": "a", "yes": True, "list": [1]}, "step": 1},
        {"type": "log", "values": {"word": "b", "yes": False, "list": [2]}, "step": 2},
        {"type": "progress", "done": 1},
    ]
    assert curves(events) == {} and list(curve_lines(events)) == []
