"""Figures in a terminal: in colour, without, and in plain lines."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual.color import Color

from grader.records.figure import Figure, parse
from tutor.plots.drawing import plain_lines, plot_figure
from tutor.plots.figure_text import sentences
from tutor.plots.terminal_style import PLAIN, TerminalStyle
from tutor.themes import SHAPES, contrast

COLOUR, MONO = TerminalStyle(), TerminalStyle(colour=False)


def panels(*all: dict[str, Any]) -> Figure:
    return parse({"panels": list(all)})


def image(rows: list[list[int]], **more: Any) -> dict[str, Any]:
    data = base64.b64encode(bytes(value for row in rows for value in row)).decode()
    layer = {"kind": "image", "width": len(rows[0]), "height": len(rows), "mode": "grey", "cells": data, **more}
    return {"axes": False, "layers": [layer]}


def moons(**more: Any) -> dict[str, Any]:
    points = {"kind": "points", "x": [0, 1, 2], "y": [0, 1, 2], "colours": ["#000000", "#ffffff", "#000000"]}
    return {"layers": [points], "x_limits": [-1, 3], "y_limits": [-1, 3], **more}


def test_an_image_holds_two_rows_in_a_line() -> None:
    black, white = [0] * 28, [255] * 28
    figure = panels(image([black if i % 2 else white for i in range(28)]))
    content = plot_figure(figure, 60, COLOUR)
    assert content.plain == "\n".join(["▀" * 28] * 14)
    assert "#ffffff on #000000" in str(content.spans[0].style).lower() or len(content.spans) == 14


def test_without_colours_an_image_is_shades() -> None:
    figure = panels(image([[0, 255] * 14] * 28))
    assert plot_figure(figure, 60, MONO).plain == "\n".join([" █" * 14] * 14)
    assert next(plain_lines(figure)) == " @" * 14


def test_images_of_a_batch_stand_side_by_side_with_their_titles() -> None:
    seven = {**image([[200] * 28] * 28), "title": "seven"}
    figure = panels(*({**seven, "column": i} for i in range(3)))
    lines = plot_figure(figure, 100, MONO).plain.splitlines()
    assert lines[0].split() == ["seven"] * 3 and len(lines[1]) == 3 * 28 + 4
    narrow = plot_figure(figure, 60, MONO).plain.splitlines()
    assert narrow[0].split() == ["seven"] * 2 and max(map(len, narrow)) <= 60
    assert list(sentences(figure)) == ["[3 times an image of 28 x 28 in grey: seven, seven, seven.]"]


def test_many_images_are_smaller_rather_than_below_one_another() -> None:
    figure = panels(*({**image([[9] * 28] * 28), "column": i} for i in range(5)))
    lines = plot_figure(figure, 78, MONO).plain.splitlines()
    assert len(lines) == 7 and len(lines[0]) == 5 * 14 + 4 * 2


def test_classes_differ_by_sign() -> None:
    for style, signs in ((COLOUR, "●×"), (MONO, "●×"), (PLAIN, "ox")):
        drawn = plot_figure(panels(moons()), 60, style).plain
        body = [line[3:] for line in drawn.splitlines()[1:-2]]
        assert sum(line.count(signs[0]) for line in body) == 2 and sum(line.count(signs[1]) for line in body) == 1


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (90, 170, 255), (31, 119, 180), (200, 200, 90)])
def test_colours_are_seen_on_dark_and_on_light(colour: tuple[int, int, int]) -> None:
    for dark, ground in ((True, Color.parse("#1e1e1e")), (False, Color.parse("#e0e0e0"))):
        assert contrast(Color(*TerminalStyle(dark=dark).visible(colour)), ground) >= SHAPES


def test_a_legend_says_which_sign_is_which() -> None:
    lines = [
        {"kind": "line", "x": [0, 1], "y": [i, 1], "colour": "#ff0000", "label": name}
        for i, name in enumerate(["a", "b"])
    ]
    drawn = plot_figure(panels({"layers": lines, "legend": True}), 60, MONO).plain
    assert drawn.splitlines()[-1] == "● a   × b"


def test_a_log_axis_has_whole_powers_and_leaves_out_what_is_not_positive() -> None:
    line = {"kind": "line", "x": [0, 1, 2], "y": [-1, 1, 1000]}
    drawn = plot_figure(panels({"layers": [line], "y_limits": [1, 1000], "y_log": True}), 60, COLOUR).plain
    labels = [line.split("┤")[0].strip() for line in drawn.splitlines() if "┤" in line]
    assert labels == ["1e3", "100", "10", "1"]


def test_an_axis_that_runs_down() -> None:
    line = {"kind": "line", "x": [0, 1], "y": [0, 9]}
    drawn = plot_figure(panels({"layers": [line], "y_limits": [10, 0]}), 60, COLOUR).plain
    labels = [float(line.split("┤")[0]) for line in drawn.splitlines() if "┤" in line]
    assert labels == sorted(labels)


def test_numbers_at_an_axis_are_told_apart() -> None:
    line = {"kind": "line", "x": [0, 1], "y": [1000.1, 1000.2]}
    drawn = plot_figure(panels({"layers": [line], "y_limits": [1000.1, 1000.2]}), 60, COLOUR).plain
    labels = [line.split("┤")[0].strip() for line in drawn.splitlines() if "┤" in line]
    assert len(labels) > 1 and len(set(labels)) == len(labels)


def test_a_confusion_matrix_keeps_its_numbers() -> None:
    matrix = image([[0, 255], [255, 0]], extent=[-0.5, 1.5, 1.5, -0.5])
    matrix["layers"] += [{"kind": "note", "x": i, "y": j, "text": str(10 * j + i)} for i in (0, 1) for j in (0, 1)]
    rows = [line.split() for line in plot_figure(panels(matrix), 60, MONO).plain.splitlines()]
    assert rows == [["0", "1"], ["0", "0", "1"], ["1", "10", "11"]]


def test_regions_are_shades_without_colours() -> None:
    regions = {
        "kind": "regions",
        "width": 2,
        "height": 1,
        "cells": ["ab"],
        "extent": [0, 1, 0, 1],
        "levels": [0, 1, 2],
        "colours": ["#000000", "#ffffff"],
    }
    drawn = plot_figure(panels({"layers": [regions], "x_limits": [0, 1], "y_limits": [0, 1]}), 60, MONO).plain
    body = [line for line in drawn.splitlines() if "│" in line]
    assert body and all("░" in line and "▓" in line and line.index("░") < line.index("▓") for line in body)


def test_what_is_told_of_a_figure() -> None:
    figure = parse(
        {
            "panels": [
                {
                    "title": "Loss",
                    "x_label": "epoch",
                    "x_limits": [0, 30],
                    "y_limits": [0.1, 2.5],
                    "y_log": True,
                    "layers": [
                        {"kind": "line", "x": [0, 1], "y": [2, 0.25], "label": "train"},
                        {"kind": "rule", "axis": "y", "at": 0.5, "label": "goal"},
                        {"kind": "bars", "left": [0], "right": [1], "bottom": [0], "top": [3]},
                        {"kind": "note", "x": 0, "y": 1, "text": "here"},
                    ],
                },
                moons(),
            ]
        }
    )
    assert list(sentences(figure)) == [
        "[Loss: a line (train) from y = 2 to 0.25, between 0.25 and 2, 1 bar, the highest 3, a line at y = 0.5 (goal), "
        "texts: here; x (epoch) from 0 to 30, y from 0.1 to 2.5, logarithmic.]",
        "[3 points in 2 colours; x from -1 to 3, y from -1 to 3.]",
    ]


def boxes(**more: Any) -> dict[str, Any]:
    values = {"low": [0, 2], "first": [1, 4], "median": [2, 6], "third": [4, 7], "high": [5, 9]}
    layer = {"kind": "boxes", "at": [1, 2], "width": [0.5, 0.5], **values}
    return {"layers": [layer], "x_limits": [0.5, 2.5], "y_limits": [0, 10], **more}


def test_a_box_has_a_median_within_its_quartiles_and_whiskers_beyond() -> None:
    rows = plot_figure(panels(boxes()), 30, PLAIN).plain.splitlines()[1:7]
    assert "".join(row[9] for row in rows) == "   +=|" and "".join(row[22] for row in rows) == " |=+| "
    assert list(sentences(panels(boxes()))) == [
        "[2 boxes, medians (quartiles) 2 (1 to 4), 6 (4 to 7); x from 0.5 to 2.5, y from 0 to 10.]"
    ]


def test_plain_lines_are_of_the_typewriter_and_fit() -> None:
    line = {"kind": "line", "x": [0, 1], "y": [0, 1], "label": "a"}
    figure = panels({**moons(), "title": "M"}, {"layers": [line], "legend": True, "column": 1}, image([[5] * 28] * 28))
    lines = list(plain_lines(figure, 80))
    assert all(len(line) <= 80 for line in lines if not line.startswith("["))
    assert "\n".join(lines).isascii()


def test_what_could_not_be_drawn_is_said() -> None:
    figure = parse({"notes": ["A terminal does not draw 3d axes."], "title": "T"})
    assert plot_figure(figure, 60, COLOUR).plain == "T\nA terminal does not draw 3d axes."
    assert plot_figure(parse({}), 60, COLOUR).plain == "An empty figure."


NUMBER = st.none() | st.floats(-1e300, 1e300) | st.sampled_from([0.0, 1.0, -1.0, 1e-300, 5.0])
POINTS = st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=6)
COLOURS = st.sampled_from(["#000000", "#ffffff", "#ff8800"])
LIMITS = st.none() | st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=2)


@st.composite
def layers(drawn: st.DrawFn) -> dict[str, Any]:
    points = drawn(POINTS)
    x, y = [point[0] for point in points], [point[1] for point in points]
    place = drawn(st.lists(st.floats(-1e300, 1e300), min_size=4, max_size=4))
    kind = drawn(st.sampled_from(["line", "points", "bars", "rule", "image", "note", "boxes"]))
    made: dict[str, dict[str, Any]] = {
        "line": {"kind": "line", "x": x, "y": y, "dashed": drawn(st.booleans()), "marked": drawn(st.booleans())},
        "points": {"kind": "points", "x": x, "y": y, "colours": [drawn(COLOURS)]},
        "bars": {"kind": "bars", "left": x, "right": y, "bottom": y, "top": x},
        "rule": {"kind": "rule", "axis": drawn(st.sampled_from("xy")), "at": place[0]},
        "image": image([[1, 2], [3, 4]], extent=place)["layers"][0],
        "note": {"kind": "note", "x": place[0], "y": place[1], "text": "here"},
        "boxes": {"kind": "boxes", "at": x, "width": x, "low": y, "first": y, "median": x, "third": x, "high": y},
    }
    return made[kind]


BOX_FAR_AWAY = {
    "kind": "boxes", "at": [2.7e137], "width": [2.7e137], "low": [0.0], "first": [0.0], "median": [2.7e137],
    "third": [2.7e137], "high": [0.0],
}  # fmt: skip


@pytest.mark.slow
@example([BOX_FAR_AWAY], [0.0, 2.1e-162], None, False, False, 20, COLOUR)
@settings(max_examples=150, deadline=None)
@given(
    st.lists(layers(), max_size=4),
    LIMITS,
    LIMITS,
    st.booleans(),
    st.booleans(),
    st.integers(20, 120),
    st.sampled_from([COLOUR, MONO, PLAIN]),
)
def test_whatever_is_in_a_panel_it_is_drawn_in_its_width(
    all: list[dict[str, Any]], x: Any, y: Any, x_log: bool, y_log: bool, width: int, style: TerminalStyle
) -> None:
    panel = {"layers": all, "x_limits": x, "y_limits": y, "x_log": x_log, "y_log": y_log, "legend": True}
    figure = panels(panel, {**panel, "column": 1})
    for line in plot_figure(figure, width, style).plain.splitlines():
        assert len(line) <= width
    assert list(sentences(figure))


@pytest.mark.parametrize("width", [20, 34, 60, 76, 114, 194])
def test_no_line_is_wider_than_the_place(width: int) -> None:
    figure = panels(*({**moons(title="a" * 90), "column": i, "x_label": "b" * 90} for i in range(3)))
    assert max(len(line) for line in plot_figure(figure, width, COLOUR).plain.splitlines()) <= width
