"""Before code runs: every data set that it names is there, the real one or what stands in for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from grader.records.verdict import DataUse
from grader.sandbox.run import Cancel, Cancelled
from lessons.data import mirror
from lessons.data.catalogue import DataSet
from lessons.data.mentions import mentioned

OnEvent = Callable[[dict[str, Any]], None]


def provide(
    sources: tuple[str, ...],
    folder: Path,
    say: Callable[[str], None] | None = None,
    *,
    entries: Collection[str] = (),
    on_event: OnEvent | None = None,
    cancel: Cancel | None = None,
) -> tuple[DataUse, ...]:
    """Has a stand-in made for each set that sources name and that is not in the mirror `folder`.

    entries: what is called of the sources from outside; by default everything in them counts.
    say: is told that something is being made, and what stands in for what. on_event: gets how far that is, as
    {"type": "making", "name", "done", "total", "left": seconds or None}, and {"type": "made"} when it is over, also by
    a failure. Raises DataError, and Cancelled.
    """
    named = mentioned(*sources, entries=entries)
    for data in named:
        if mirror.state(data, folder) == "absent":
            if say:
                say(f"[{data.stand_in} is being made, which takes a few seconds and happens once.]\n")
            _make(data, folder, on_event or (lambda event: None), cancel)
    uses = tuple(_use(data, folder) for data in named)
    for use in uses:
        if use.notice and say:
            say(f"[{use.notice}]\n")
    return uses


def _make(data: DataSet, folder: Path, on_event: OnEvent, cancel: Cancel | None) -> None:
    began = 0.0
    first = 0

    def report(done: int, total: int) -> None:
        nonlocal began, first
        if cancel is not None and cancel.is_set:
            raise Cancelled
        now = time.monotonic()
        if not began:  # what comes before the first report, such as imports, says nothing of the rest
            began, first = now, done
        left = (now - began) / (done - first) * (total - done) if done > first else None
        on_event({"type": "making", "name": data.stand_in, "done": done, "total": total, "left": left})

    try:
        on_event({"type": "making", "name": data.stand_in, "done": 0, "total": None, "left": None})
        mirror.make(data, folder, report)
    finally:
        on_event({"type": "made"})


def _use(data: DataSet, folder: Path) -> DataUse:
    notice = mirror.notice(data, folder)
    return DataUse(id=data.id, name=data.stand_in if notice else data.title, real=not notice, notice=notice)
