"""What code streams while it runs: `log` and `progress`, in the sandbox and outside."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.grading import Grader
from grader.live import logger, series
from grader.live import stream as stream_of
from grader.live.events import FLOOD, MAX_EVENTS, MAX_KEPT
from grader.records.figure import MAX_PANELS, MAX_SIDE

USES = "from tutor import live\nimport tutor.live\n"


def events(grader: Grader, source: str, **options: Any) -> list[dict[str, Any]]:
    run = grader.run(USES + source, name="demo.py", **options)
    assert run.status == "passed", run.message
    return run.events


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Events go into a pipe, whose reading end this is."""
    out, end = os.pipe()
    os.set_blocking(out, False)
    os.set_blocking(end, False)
    monkeypatch.setattr(logger, "_stream", stream_of.Stream(end))
    yield out
    os.close(out)
    os.close(end)


def received(out: int) -> list[dict[str, Any]]:
    data = b""
    try:
        while piece := os.read(out, 1 << 16):
            data += piece
    except BlockingIOError:
        pass
    return [json.loads(line) for line in data.splitlines()]


# --- in the sandbox -----------------------------------------------------------------------------------------------


def test_logged_values_arrive(grader: Grader) -> None:
    found = events(grader, "live.log({'loss': 0.5, 'words': ['a', True, None]}, step=3)\ntutor.live.log({'n': 2})\n")
    assert found == [
        {"type": "log", "values": {"loss": 0.5, "words": ["a", True, None]}, "step": 3},
        {"type": "log", "values": {"n": 2}, "step": None},
    ]


def test_events_come_while_the_code_runs(grader: Grader) -> None:
    seen: list[str] = []
    source = USES + "import time\nprint('a', flush=True)\nlive.log({'x': 1})\ntime.sleep(0.6)\nprint('b')\n"
    grader.run(
        source,
        name="demo.py",
        on_output=lambda text, _: seen.extend(text.split()),
        on_event=lambda event: seen.append(event["type"]),
    )
    assert sorted(seen[:2]) == ["a", "log"] and seen[2:] == ["b"]


def test_progress_counts_to_the_end(grader: Grader) -> None:
    found = events(grader, "import time\nfor i in live.progress(range(3)):\n    time.sleep(0.21)\n")
    assert [event["done"] for event in found][-1] == 3 and {event["total"] for event in found} == {3}
    assert found[-1]["left"] == 0.0 and all(event["left"] >= 0 for event in found)


def test_of_a_flood_of_facts_the_latest_of_each_name_arrives_and_the_rest_is_counted(grader: Grader) -> None:
    found = events(grader, "for i in range(5000): live.log({'i': i, f'{i % 3}': i})\n")
    assert len(found) < 2000 and found[0]["values"] == {"i": 0, "0": 0}
    latest: dict[str, Any] = {}
    for event in found:
        latest.update(event["values"])
    assert latest == {"i": 4999, "0": 4998, "1": 4999, "2": 4997}
    assert sum(event.get("dropped", 0) for event in found) > 2000


def test_a_fact_that_has_a_curves_name_comes_after_the_curve(grader: Grader) -> None:
    found = events(grader, "for i in range(50): live.log({'x': i}, step=i)\nlive.log({'x': 7.5})\n")
    assert found[-1] == {"type": "log", "values": {"x": 7.5}, "step": None}


def test_a_curve_of_a_run_that_is_stopped_has_arrived_by_then(grader: Grader) -> None:
    source = USES + "import time\nfor i in range(1000):\n    live.log({'x': i}, step=i)\n    time.sleep(0.05)\n"
    run = grader.run(source + "", name="demo.py", seconds=0.2)
    steps = [step for event in run.events for step in event["steps"]]
    assert run.status == "timeout" and steps == list(range(len(steps))) and len(steps) > 10


# --- what can be logged -------------------------------------------------------------------------------------------


def test_tensors_become_numbers_and_lists(stream: int) -> None:
    logger.log({"one": torch.tensor(1.5), "many": torch.tensor([[1, 2]]), "odd": [float("nan"), float("-inf")]}, step=1)
    logger.log({"loss": torch.tensor(2.5, requires_grad=True), "bad": float("nan")}, step=torch.tensor(4))  # type: ignore[arg-type]
    logger.flush()
    one, *points = received(stream)
    assert points == [
        {"type": "curve", "name": "loss", "steps": [4], "values": [2.5], "count": 1},
        {"type": "curve", "name": "bad", "steps": [4], "values": ["nan"], "count": 1},
    ]
    assert one["values"] == {"one": 1.5, "many": [[1, 2]], "odd": ["nan", "-inf"]}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({1: 2}, "log takes names as text, not 1"),
        ([1], "log takes a dict of names and values"),
        ({"x": object()}, "log cannot show x: a object is no number"),
        ({"x": [1, {2}]}, "log cannot show x: a set is no number"),
        ({"a" * 201: 2}, "a name is at most 200 characters long"),
        ({"x": 10**400}, "log cannot show x: a whole number of more than 308 digits"),
    ],
)
def test_what_cannot_be_logged_is_said(stream: int, values: Any, sentence: str) -> None:
    with pytest.raises((TypeError, ValueError), match=sentence):
        logger.log(values)
    with pytest.raises((TypeError, ValueError), match=sentence):
        logger.log(values, step=1)
    assert received(stream) == []


def test_an_event_too_large_is_said(stream: int) -> None:
    logger.log({"x": "a" * 8000})
    with pytest.raises(ValueError, match="an event is at most 8192 bytes; log fewer values"):
        logger.log({"x": list(range(5000))})
    assert len(received(stream)) == 1


def test_at_most_200_facts_in_a_second(stream: int, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("grader.live.stream.time.monotonic", lambda: now)
    for i in range(250):
        logger.log({"i": i})
    assert [event["values"]["i"] for event in received(stream)] == list(range(200))
    now = 101.0
    logger.log({"i": 250})
    logger.log({"i": 251})
    logger.flush()
    assert [(event["values"]["i"], event.get("dropped")) for event in received(stream)] == [(250, 50), (251, None)]


def test_a_run_has_at_most_200_curves(stream: int) -> None:
    with pytest.raises(ValueError, match="log keeps at most 200 curves in a run; 'x200' is one more"):
        for i in range(201):
            logger.log({f"x{i}": i}, step=1)


def test_the_limits_are_the_documented_ones() -> None:
    words = " ".join((Path(__file__).parents[3] / "docs" / "live.md").read_text(encoding="utf-8").split())
    for limit in (
        f"first {series.EXACT:,} points",
        f"lasts for {series.EACH} kept points",
        f"at most {stream_of.MAX_NAME} characters",
        f"more than {stream_of.MAX_PER_SECOND} come in a second",
        f"{stream_of.MAX_EVENT >> 10} KiB at most",
        f"at most {stream_of.MAX_NAMES} curves",
        f"Up to {MAX_SIDE} x {MAX_SIDE} cells",
        f"at most {MAX_PANELS} are shown",
        f"cut at {MAX_EVENTS:,} and {MAX_KEPT >> 20} MiB",
        f"its figures at {stream_of.MAX_FIGURES} and {stream_of.MAX_FIGURE_BYTES >> 20} MiB",
        f"after {FLOOD >> 20} MiB the run is stopped",
    ):
        assert limit in words


# --- outside ------------------------------------------------------------------------------------------------------


def test_outside_the_tutor_logging_prints_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logger.log({"loss": 0.25, "accuracy": torch.tensor(0.5)}, step=12)
    logger.log({"name": "bn"})
    assert capsys.readouterr().out == "step 12: loss 0.25, accuracy 0.5\nname bn\n"


def test_outside_the_tutor_progress_passes_everything_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(logger.progress("abc")) == ["a", "b", "c"]
    assert list(logger.progress(iter("abc"), total=3)) == ["a", "b", "c"]
    assert list(logger.progress(iter("abc"))) == ["a", "b", "c"]
    told = capsys.readouterr()
    assert told.out == "" and told.err == "3 of 3 done, about 0 s left\n" * 2


def test_outside_the_tutor_what_the_terminal_cannot_show_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    from tutor import live as outside

    logger.log({"größe": 1, "half": "\ud800"})
    outside.show(torch.rand(4, 4), title="∑")
    assert b"gr??e 1, half ?" in raw.getvalue()


def test_the_tutors_own_module_is_the_same() -> None:
    from tutor import live as outside

    assert outside.log is logger.log and outside.progress is logger.progress
