"""Curves in a terminal: several at once, with signs that do not need colour, and gaps where they are no numbers."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.plots.curve_drawing import Scene, family, plot_curves
from tutor.plots.terminal_style import PLAIN, TerminalStyle

COLOUR, MONO = TerminalStyle(), TerminalStyle(colour=False)


def lines(scene: Scene, style: TerminalStyle = COLOUR, width: int = 60, height: int = 12) -> list[str]:
    return plot_curves(scene, width, height, style).plain.splitlines()


def falling(scale: float = 1.0, count: int = 100) -> list[tuple[int, float]]:
    return [(step, scale * math.exp(-step / 30)) for step in range(count)]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("train/loss", ("loss", False)),
        ("val/loss", ("loss", True)),
        ("val_loss", ("loss", True)),
        ("loss.test", ("loss", True)),
        ("valid/top/5", ("top/5", True)),
        ("loss", ("loss", False)),
        ("evaluation", ("evaluation", False)),
        ("val", ("val", False)),
    ],
)
def test_training_and_validation_are_one_family(name: str, found: tuple[str, bool]) -> None:
    assert family(name) == found


def test_training_and_validation_share_a_colour_and_differ_in_signs() -> None:
    scene = Scene({"train/loss": falling(), "val/loss": falling(2), "accuracy": falling(0.5)})
    drawn = plot_curves(scene, 60, 12, COLOUR)
    assert drawn.plain.splitlines()[-1] == "─ train/loss 0.0369   ● val/loss 0.0738   ─ accuracy 0.0184"
    last = drawn.split("\n")[-1]
    colours = [str(span.style) for span in last.spans]
    assert len(set(colours)) == 3  # two shades of one colour, and another


def test_without_colour_each_curve_has_a_sign_of_its_own() -> None:
    scene = Scene({"train/loss": falling(), "val/loss": falling(2), "accuracy": falling(0.5)}, [{"x": falling(3)}])
    for style, signs in ((MONO, "●×+·"), (PLAIN, "ox+.")):
        text = lines(scene, style)
        names = ("train/loss 0.0369", "val/loss 0.0738", "accuracy 0.0184", "earlier runs")
        told = [f"{sign} {name}" for sign, name in zip(signs, names, strict=True)]
        assert "   ".join(text[12:]).split("   ") == [*told, "x: step"]
        assert all(any(sign in line for line in text[:11]) for sign in signs)


def test_a_curve_ends_where_it_is_no_number_and_that_is_said() -> None:
    curve = [*falling(count=50), *((step, math.nan) for step in range(50, 100))]
    text = lines(Scene({"loss": curve, "other": [(0, 1.0), (99, 1.0)]}))
    assert text[-1] == "─ loss 0.195, NaN from step 50   ─ other 1   x: step"
    text = lines(Scene({"loss": [(0, 1.0), (1, math.inf), (2, 2.0)]}))
    assert text[-1] == "─ loss 1, infinite from step 1   x: step"


def test_a_logarithmic_scale_leaves_out_what_is_not_positive() -> None:
    curve = [(0, 1000.0), (1, 0.0), (2, -5.0), (3, 1.0)]
    text = lines(Scene({"loss": curve}, logarithmic=True))
    labels = [line.split("┤")[0].strip() for line in text if "┤" in line]
    assert labels[0] == "1e3" and labels[-1] in ("1", "10")


def test_a_window_shows_a_part_of_the_steps() -> None:
    text = lines(Scene({"loss": falling(count=1001)}, window=(0.5, 0.75)))
    steps = [float(word) for word in text[-2].split()]
    assert steps[0] >= 500 and steps[-1] <= 750


def test_the_courses_curve_lies_over_the_learners() -> None:
    text = lines(Scene({"loss": falling()}, reference={"loss": falling(0.7)}))
    assert text[-1] == "─ loss 0.0369   ━ the course's loss 0.0258   x: step" and any("━" in line for line in text[:10])
    assert lines(Scene({}, reference={"loss": falling()}))[-1] == "━ the course's loss 0.0369   x: step"


def test_a_single_point_is_a_value() -> None:
    assert lines(Scene({"loss": [(3, 0.25)], "n": [(3, 7.0)]})) == ["step 3: loss 0.25", "step 3: n 7"]
    assert lines(Scene({})) == ["No curve yet."]


def test_a_run_that_begins_anew_is_not_joined_to_its_end() -> None:
    twice = [(step, float(step)) for step in range(100)] * 2
    once = lines(Scene({"x": twice[:100]}))
    assert lines(Scene({"x": twice})) == once


def test_spikes_of_a_long_curve_are_seen() -> None:
    curve = [(step, 1.0 if step == 7777 else 0.0) for step in range(20_000)]
    text = lines(Scene({"x": curve}))
    assert any(not set(line.split("│")[1]) <= {" "} for line in text[1:3] if "│" in line)


POINT = st.tuples(st.integers(-(2**53), 2**53), st.floats() | st.sampled_from([0.0, 1.0, 1e308, 5e-324]))
CURVES = st.dictionaries(
    st.sampled_from(["a", "train/a", "val/a", "b"]), st.lists(POINT, min_size=1, max_size=8), max_size=3
)


@settings(max_examples=200, deadline=None)
@given(
    CURVES,
    CURVES,
    st.booleans(),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.integers(10, 120),
    st.integers(1, 30),
    st.sampled_from([COLOUR, MONO, PLAIN]),
)
def test_whatever_was_logged_is_drawn_in_its_width(
    curves: Any,
    other: Any,
    logarithmic: bool,
    window: tuple[float, float],
    width: int,
    height: int,
    style: TerminalStyle,
) -> None:
    scene = Scene(curves, [other], other, logarithmic, (min(window), max(window)))
    for line in lines(scene, style, width, height):
        assert len(line) <= max(24, width)
