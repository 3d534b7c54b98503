"""A figure of anyone's making: what does not fit is no figure, and what is taken in is small and safe to print."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records.figure import FigureError, parse

LINE = {"kind": "line", "x": [0, 1], "y": [1, None]}
IMAGE = {"kind": "image", "width": 2, "height": 1, "mode": "grey", "cells": base64.b64encode(b"ab").decode()}
REGIONS = {
    "kind": "regions",
    "width": 2,
    "height": 1,
    "cells": ["ab"],
    "extent": [0, 1, 0, 1],
    "levels": [0, 1, 2],
    "colours": ["#000000", "#ffffff"],
}


def of(*layers: Any, **panel: Any) -> dict[str, Any]:
    return {"panels": [{**panel, "layers": list(layers)}]}


def test_a_figure() -> None:
    figure = parse(json.loads(json.dumps(of(LINE, IMAGE, REGIONS, title="T", x_limits=[0, 1], x_names={"a": 0}))))
    assert figure.panels[0].title == "T" and len(figure.panels[0].layers) == 3


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "figure",
        {"panels": 3},
        {"panels": [{}] * 101},
        {"title": "a" * 201},
        {"more": 1},
        {"key": 100},
        {"key": -1},
        {"notes": ["a"] * 11},
        of(row=1000),
        of(x_limits=[0]),
        of(x_limits=[0, 1e301]),
        of(x_names={"a" * 201: 0}),
        of(x_names={str(i): i for i in range(41)}),
        of(*[LINE] * 161),
        of({"kind": "bomb"}),
        of({**LINE, "x": [0]}),
        of({**LINE, "x": [0, "1"]}),
        of({**LINE, "x": [0.0] * 5001, "y": [0.0] * 5001}),
        of({**LINE, "colour": "red"}),
        of({**LINE, "colour": "#00000\n"}),
        of({**LINE, "x": [0, 1e400], "y": [0, 0]}),
        of({"kind": "points", "x": [0, 1, 2], "y": [0, 1, 2], "colours": ["#000000"] * 2}),
        of({"kind": "points", "x": [], "y": [], "colours": []}),
        of({"kind": "bars", "left": [0], "right": [1], "bottom": [0], "top": []}),
        of({**IMAGE, "cells": "!!"}),
        of({**IMAGE, "width": 3}),
        of({**IMAGE, "width": 65}),
        of({**IMAGE, "width": 10**30}),
        of({**IMAGE, "mode": "rgb"}),
        of({**REGIONS, "cells": ["ac"]}),
        of({**REGIONS, "cells": ["a"]}),
        of({**REGIONS, "cells": []}),
        of({**REGIONS, "cells": ["a\u001b"]}),
        of({"kind": "rule", "axis": "z", "at": 0}),
    ],
)
def test_what_does_not_fit_is_no_figure(data: Any) -> None:
    with pytest.raises(FigureError):
        parse(data)


def test_a_nested_bomb_is_no_figure() -> None:
    bomb: Any = []
    for _ in range(100_000):
        bomb = [bomb]
    with pytest.raises(FigureError):
        parse(bomb)


def test_texts_are_safe_to_print() -> None:
    evil = "a\x1b[2J\x1b]52;c;aGk=\x07b\nc"
    figure = parse(
        {
            "title": evil,
            "notes": [evil],
            "panels": [{"title": evil, "x_names": {evil: 0}, "layers": [{**LINE, "label": evil}]}],
        }
    )
    panel = figure.panels[0]
    assert [figure.title, figure.notes[0], panel.title, *panel.x_names] == ["ab c"] * 4
    assert repr(figure).count("ab c") == 5 and "\\x" not in repr(figure)


DATA = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 99)
    | st.floats()
    | st.sampled_from(["line", "#aaaaaa", "a\x1b[m", "", "ab"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "x", "y", "layers", "panels", "title", "colour", "extent", "cells"]), inner
        )
    ),
    max_leaves=25,
)


@given(DATA)
def test_whatever_comes_is_a_figure_or_none(data: Any) -> None:
    try:
        assert "\x1b" not in repr(parse(data))
    except FigureError:
        pass
