"""What is told while a stand-in is made before a run, and how that is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.provision import provide
from grader.sandbox.run import Cancel, Cancelled
from lessons.data import mirror
from lessons.data.mirror import DataError


@pytest.mark.slow
def test_the_making_is_told_from_its_start_to_its_end(tmp_path: Path) -> None:
    events: list[dict[str, Any]] = []
    (used,) = provide(("MNIST",), tmp_path, on_event=events.append)
    assert used.name == "digits28" and not used.real
    assert events[0] == {"type": "making", "name": "digits28", "done": 0, "total": None, "left": None}
    assert events[-1] == {"type": "made"}
    told = events[1:-1]
    assert len(told) > 5 and all(event["type"] == "making" and event["total"] == 1797 for event in told)
    assert told[0]["left"] is None and all(event["left"] >= 0 for event in told[1:])
    events.clear()
    provide(("MNIST",), tmp_path, on_event=events.append)
    assert events == []


@pytest.mark.slow
def test_it_is_stopped_where_the_run_is(tmp_path: Path) -> None:
    cancel = Cancel()
    events: list[dict[str, Any]] = []
    cancel.set()
    with pytest.raises(Cancelled):
        provide(("FashionMNIST",), tmp_path, on_event=events.append, cancel=cancel)
    assert events[-1] == {"type": "made"} and list(tmp_path.iterdir()) == []


def test_a_failure_ends_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: object, folder: Path, progress: Callable[[int, int], None]) -> None:
        progress(1, 2)
        raise DataError("there is no more room")

    monkeypatch.setattr(mirror, "make", broken)
    events: list[dict[str, Any]] = []
    with pytest.raises(DataError):
        provide(("MNIST",), tmp_path, on_event=events.append)
    assert [event["type"] for event in events] == ["making", "making", "made"]
