"""Before code runs: every data set that it names is there, the real one or what stands in for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.verdict import DataUse
from lessons.data import mirror
from lessons.data.catalogue import DataSet


def provide(sources: tuple[str, ...], folder: Path, say: Callable[[str], None] | None = None) -> tuple[DataUse, ...]:
    """Has a stand-in made for each set that sources name and that is not in the mirror `folder`.

    say: is told that something is being made, and what stands in for what. Raises DataError.
    """
    named = mirror.mentioned("\n".join(sources))
    for data in named:
        if mirror.state(data, folder) == "absent":
            if say:
                say(f"[{data.stand_in} is being made, which takes a few seconds and happens once.]\n")
            mirror.make(data, folder)
    uses = tuple(_use(data, folder) for data in named)
    for use in uses:
        if use.notice and say:
            say(f"[{use.notice}]\n")
    return uses


def _use(data: DataSet, folder: Path) -> DataUse:
    notice = mirror.notice(data, folder)
    return DataUse(id=data.id, name=data.stand_in if notice else data.title, real=not notice, notice=notice)
