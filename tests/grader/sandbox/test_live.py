"""What code streams while it runs: `log` and `progress`, in the sandbox and outside."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from grader.grading import Grader
from grader.sandbox import live
from grader.sandbox.capture import MAX_EVENTS, Events

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
    for name, value in {"_descriptor": end, "_second": 0.0, "_sent": 0, "_dropped": 0}.items():
        monkeypatch.setattr(live, name, value)
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
        on_output=lambda text: seen.extend(text.split()),
        on_event=lambda event: seen.append(event["type"]),
    )
    assert sorted(seen[:2]) == ["a", "log"] and seen[2:] == ["b"]


def test_progress_counts_to_the_end(grader: Grader) -> None:
    found = events(grader, "import time\nfor i in live.progress(range(3)):\n    time.sleep(0.21)\n")
    assert [event["done"] for event in found][-1] == 3 and {event["total"] for event in found} == {3}
    assert found[-1]["left"] == 0.0 and all(event["left"] >= 0 for event in found)


def test_a_flood_of_events_is_cut_and_the_cut_is_said(grader: Grader) -> None:
    found = events(
        grader, "import time\nfor i in range(5000): live.log({'i': i})\ntime.sleep(1.1)\nlive.log({'i': -1})"
    )
    assert len(found) < 2000 and found[0]["values"]["i"] == 0 and found[-1]["values"]["i"] == -1
    assert found[-1]["dropped"] > 2000


# --- what can be logged -------------------------------------------------------------------------------------------


def test_tensors_become_numbers_and_lists(stream: int) -> None:
    live.log({"one": torch.tensor(1.5), "many": torch.tensor([[1, 2]]), "odd": [float("nan"), float("-inf")]}, step=1)
    assert received(stream)[0]["values"] == {"one": 1.5, "many": [[1, 2]], "odd": ["nan", "-inf"]}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({1: 2}, "log takes names as text, not 1"),
        ([1], "log takes a dict of names and values"),
        ({"x": object()}, "log cannot show x: a object is no number"),
        ({"x": [1, {2}]}, "log cannot show x: a set is no number"),
    ],
)
def test_what_cannot_be_logged_is_said(stream: int, values: Any, sentence: str) -> None:
    with pytest.raises(TypeError, match=sentence):
        live.log(values)
    assert received(stream) == []


def test_an_event_too_large_is_said(stream: int) -> None:
    live.log({"x": "a" * 8000})
    with pytest.raises(ValueError, match="an event is at most 8192 bytes; log fewer values"):
        live.log({"x": list(range(5000))})
    assert len(received(stream)) == 1


def test_at_most_200_events_in_a_second(stream: int, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(live.time, "monotonic", lambda: now)
    for i in range(250):
        live.log({"i": i})
    assert [event["values"]["i"] for event in received(stream)] == list(range(200))
    now = 101.0
    live.log({"i": 250})
    live.log({"i": 251})
    assert [event.get("dropped") for event in received(stream)] == [50, None]


# --- outside ------------------------------------------------------------------------------------------------------


def test_outside_the_tutor_logging_prints_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    live.log({"loss": 0.25, "accuracy": torch.tensor(0.5)}, step=12)
    live.log({"name": "bn"})
    assert capsys.readouterr().out == "step 12: loss 0.25, accuracy 0.5\nname bn\n"


def test_outside_the_tutor_progress_passes_everything_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(live.progress("abc")) == ["a", "b", "c"]
    assert list(live.progress(iter("abc"), total=3)) == ["a", "b", "c"]
    assert list(live.progress(iter("abc"))) == ["a", "b", "c"]
    told = capsys.readouterr()
    assert told.out == "" and told.err == "3 of 3 done, about 0 s left\n" * 2


def test_the_tutors_own_module_is_the_same() -> None:
    from tutor import live as outside

    assert outside.log is live.log and outside.progress is live.progress


# --- what the host takes in ---------------------------------------------------------------------------------------


def test_only_small_known_events_are_taken_in() -> None:
    taken = Events()
    good = b'{"type": "log", "values": {"x": 1}, "step": null}\n'
    bad = [
        b"not json\n",
        b"[1]\n",
        b'{"type": "verdict", "status": "passed"}\n',
        b'{"type": "log", "values": 3}\n',
        b'{"type": "log"}\n',
        b"[" * 5000 + b"\n",
        b'{"type": "log", "values": {"x": "' + b"a" * 9000 + b'"}}\n',
        b"\xff\xfe\n",
    ]
    assert taken.add(b"".join(bad) + good[:10]) == []
    assert len(taken.add(good[10:])) == 1 and len(taken.kept) == 1


def test_a_line_that_never_ends_takes_no_memory() -> None:
    taken = Events()
    for _ in range(100):
        taken.add(b"x" * 8000)
    assert len(taken._rest) <= 2 * 8192


def test_what_is_kept_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.sandbox import capture

    now = 0.0

    def later() -> float:
        nonlocal now
        now += 1
        return now

    monkeypatch.setattr(capture.time, "monotonic", later)
    taken = Events()
    line = b'{"type": "progress", "done": 1}\n'
    assert len(taken.add(line * (MAX_EVENTS + 10))) == MAX_EVENTS + 10
    assert len(taken.kept) == MAX_EVENTS and len(taken.add(line)) == 1 and len(taken.kept) == MAX_EVENTS
