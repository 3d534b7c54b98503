"""Which edges a filter stands over is known before it slides."""

from __future__ import annotations

import itertools
from typing import Any

from kernels.types.window import Window

AXES = list(itertools.product((1, 2, 5), (1, 2, 3), (0, 1, 2), (1, 2)))
"""Sizes, strides, paddings and dilations of one axis."""


def windows(pictures: range) -> Any:
    """One axis of a picture each, beside another one that is never over an edge, with what the filter does there."""
    for whole, (size, stride, padding, dilation) in itertools.product(pictures, AXES):
        window = Window((size, 1), (stride, 1), (padding, 0), (dilation, 1))
        out = window.output((whole, 3))
        if out[0] > 0:
            yield window, (whole, 3), out


def test_edges_are_those_that_any_tap_reaches_over() -> None:
    seen = set()
    for window, picture, out in windows(range(1, 12)):
        (size, _), (stride, _), (padding, _), (dilation, _) = window
        places = {o * stride - padding + tap * dilation for o in range(out[0]) for tap in range(size)}
        expected = {"TOP": min(places) < 0, "BOTTOM": max(places) >= picture[0], "LEFT": False, "RIGHT": False}
        assert window.edges(picture, out) == expected
        seen.add((expected["TOP"], expected["BOTTOM"]))
    assert seen == {(False, False), (True, False), (True, True)}


def test_edges_of_the_transpose_leave_out_none() -> None:
    seen = set()
    for window, picture, out in windows(range(1, 12)):
        (size, _), (stride, _), (padding, _), (dilation, _) = window
        reached = (i + padding - tap * dilation for i in range(picture[0]) for tap in range(size))
        places = {place // stride for place in reached if place % stride == 0}
        found = window.transposed_edges(picture, out)
        assert found["TOP"] or min(places, default=0) >= 0
        assert found["BOTTOM"] or max(places, default=0) < out[0]
        assert not (found["LEFT"] or found["RIGHT"])
        seen.add((found["TOP"], found["BOTTOM"]))
    assert seen == {(False, False), (True, False), (True, True)}


def test_columns_are_seen_as_rows_are() -> None:
    rows, columns = Window((3, 1), (2, 1), (1, 0), (1, 1)), Window((1, 3), (1, 2), (0, 1), (1, 1))
    for one, other in (
        (rows.edges((7, 3), (4, 3)), columns.edges((3, 7), (3, 4))),
        (rows.transposed_edges((7, 3), (3, 3)), columns.transposed_edges((3, 7), (3, 3))),
    ):
        assert (one["TOP"], one["BOTTOM"]) == (other["LEFT"], other["RIGHT"]) == (True, True)
