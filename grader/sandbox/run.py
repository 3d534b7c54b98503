"""A run seen from outside: how it is cancelled, and how it went."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from grader.records.verdict import DataUse, Output, Status


class Cancelled(Exception):
    """The run was cancelled."""


class Cancel:
    """Cancels a run from another thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        self._event.set()

    @property
    def is_set(self) -> bool:
        return self._event.is_set()


@dataclass(frozen=True)
class Measurement:
    """What an expression gave after a run: plain data, or a sentence that says why there is none."""

    value: Any = None
    error: str = ""


@dataclass(frozen=True)
class Run:
    """How a demo or scratch code went."""

    status: Status
    message: str
    output: Output
    events: list[dict[str, Any]]
    seconds: float
    line: int | None = None
    """The line of the source at which it failed."""
    data: tuple[DataUse, ...] = ()
    """The data sets that it names."""
    measured: dict[str, Measurement] = field(default_factory=dict)
    """By expression, where the run has passed."""
