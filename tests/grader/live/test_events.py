"""What the host takes in of a worker's live stream, which is taken for hostile."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.live.events import BURST, EACH, FLOOD, MAX_EVENTS, Events
from grader.live.stream import MAX_EVENT, MAX_FIGURE, MAX_FIGURES, MAX_NAMES

GOOD = b'{"type": "log", "values": {"x": 1}, "step": null}\n'
CURVE = {"type": "curve", "name": "loss", "steps": [1, 2], "values": [0.5, "nan"], "count": 2}


def taken(event: Any) -> list[dict[str, Any]]:
    return Events().add(json.dumps(event, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[1]",
        b'{"type": "verdict", "status": "passed"}',
        b'{"type": []}',
        b'{"type": "log", "values": 3}',
        b'{"type": "log"}',
        b'{"type": "log", "values": {"x": NaN}}',
        b'{"type": "log", "values": {"x": Infinity}}',
        b'{"type": "log", "values": {"x": 1e999}}',
        b'{"type": "log", "values": {"x": 1' + b"0" * 4000 + b"}}",
        b'{"type": "log", "values": {"x": 1}, "step": 1.5}',
        b'{"type": "log", "values": {"x": 1}, "step": true}',
        b'{"type": "log", "values": {"x": {"y": 1}}}',
        b'{"type": "log", "values": {"x": 1}, "dropped": -1}',
        b'{"type": "progress", "done": "a"}',
        b'{"type": "progress", "done": 1, "total": 1e3}',
        b'{"type": "progress", "done": 1, "left": 1e300}',
        b"[" * 5000,
        b'{"type": "log", "values": {"x": ' + b"[" * 500 + b"]" * 500 + b"}}",
        b'{"type": "log", "values": {"x": "' + b"a" * 9000 + b'"}}',
        b'{"type": "log", "values": {"' + b"a" * 201 + b'": 1}}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_small_known_event_is_dropped(line: bytes) -> None:
    found = Events()
    assert found.add(line + b"\n") == [] and found.kept == []
    assert found.add(GOOD) == found.kept == [{"type": "log", "values": {"x": 1}, "step": None}]


@pytest.mark.parametrize(
    "change",
    [
        {"steps": [1]},
        {"steps": [1, "2"]},
        {"steps": [1, True]},
        {"steps": [1, 1 << 60]},
        {"steps": [], "values": []},
        {"steps": list(range(101)), "values": [0.0] * 101},
        {"values": [1, None]},
        {"values": [1, "NaN"]},
        {"values": [1, [2]]},
        {"values": [1, True]},
        {"values": [1, 10**400]},
        {"name": 3},
        {"name": "a" * 201},
        {"count": -1},
        {"count": None},
    ],
)
def test_a_curve_of_another_form_is_dropped(change: dict[str, Any]) -> None:
    assert taken(CURVE) == [CURVE]
    assert taken({**CURVE, **change}) == []


def test_a_line_may_come_in_pieces() -> None:
    found = Events()
    assert found.add(GOOD[:10]) == [] and len(found.add(GOOD[10:])) == 1


def test_names_and_texts_are_safe_to_print() -> None:
    title = "a\x1b[2J\x1b]52;c;aGk=\x07b\nc"
    assert taken({"type": "log", "values": {title: [title, "\ud800"]}})[0]["values"] == {"ab c": ["ab\nc", "?"]}
    assert taken({**CURVE, "name": title})[0]["name"] == "ab c"
    assert taken({**CURVE, "name": "\x1b[2J"})[0]["name"] == "?"


def test_names_that_collide_are_one() -> None:
    line = b'{"type":"log","values":{"a":1,"a":2,"\\u001b[1ma":3}}\n'
    assert Events().add(line)[0]["values"] == {"a": 3}


def test_a_line_that_never_ends_takes_no_memory_and_hides_nothing_after_it() -> None:
    found = Events()
    for _ in range(100):
        assert found.add(b"x" * 8000) == []
        assert len(found._rest) <= MAX_FIGURE + 8000
    assert found.add(b"x\n" + GOOD) and len(found.kept) == 1


def test_what_is_kept_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0

    def later() -> float:
        nonlocal now
        now += 1
        return now

    monkeypatch.setattr(time, "monotonic", later)
    found = Events()
    line = b'{"type": "progress", "done": 1}\n'
    assert len(found.add(line * (MAX_EVENTS + 10))) == MAX_EVENTS + 10
    assert len(found.kept) == MAX_EVENTS and len(found.add(line)) == 1 and len(found.kept) == MAX_EVENTS


def test_a_flood_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 5.0)
    found = Events()
    began = time.process_time()
    for _ in range(40):
        found.add(GOOD * 20_000)
    assert time.process_time() - began < 10
    assert 0 < len(found.kept) <= BURST // EACH
    assert not found.flooded
    found.bytes = FLOOD + 1
    assert found.flooded


def test_the_number_of_curves_has_a_limit() -> None:
    found = Events()
    for i in range(MAX_NAMES + 5):
        found.add(json.dumps({**CURVE, "name": f"n{i}"}).encode() + b"\n")
    assert len({event["name"] for event in found.kept}) == MAX_NAMES


def test_the_number_of_figures_has_a_limit() -> None:
    found = Events()
    for _ in range(MAX_FIGURES + 5):
        found.add(b'{"type":"figure","figure":{"title":"a"},"at":3}\n')
    assert len(found.kept) == MAX_FIGURES
    assert found.add(GOOD)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_bytes_break_it(one: bytes, two: bytes) -> None:
    found = Events()
    found.add(one)
    found.add(two + b"\n")
    assert found.add(GOOD)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(
    st.dictionaries(
        st.sampled_from(["values", "step", "name", "steps", "count", "done", "total", "left", "figure"]), JSON
    ),
    st.sampled_from(["log", "curve", "progress", "figure"]),
)
def test_no_event_of_a_known_kind_breaks_it(event: dict[str, Any], kind: str) -> None:
    for one in taken({"type": kind, **event}):
        assert one["type"] == kind and len(repr(one)) < 2 * MAX_EVENT
