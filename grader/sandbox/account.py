"""What one answer may cost in all: how long its file may be loaded, and how long its parts may keep the grader waiting.

The limits of a part are its own. A file that sleeps while it is loaded and again in each part would hold the grader
for all of them, one after the other; so waiting is added up over the whole answer. Computing is no waiting: on a busy
machine a process gets a fifth of a processor and no less.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

LOADS_CPU = 16.0
"""Seconds of computing for the file, which is loaded once more after each part that had to be stopped."""
LOADS_WAIT, WAIT = 10.0, 20.0
"""Seconds of waiting: while the file is loaded, and in all."""
SHARE = 5
"""So many seconds pass on a busy machine while a process computes for one."""


@dataclass
class Purse:
    """Seconds of computing and of waiting that may be used up, and what has been by now."""

    cpu: float
    wait: float
    computed: float = 0.0
    waited: float = 0.0

    def charge(self, cpu: float, busy: float, wall: float) -> None:
        """busy: the seconds computed by everybody who is waited for."""
        self.computed += cpu
        self.waited += wall - SHARE * busy


@dataclass
class Account:
    """Of one answer. scale: how many times as long as the reference machine this one takes."""

    scale: float = 1.0
    loading: Purse = field(init=False)
    all: Purse = field(init=False)

    def __post_init__(self) -> None:
        self.loading = Purse(LOADS_CPU * self.scale, LOADS_WAIT * self.scale)
        self.all = Purse(math.inf, WAIT * self.scale)

    def charge(self, *, loading: bool, cpu: float, busy: float, wall: float) -> None:
        """What was used up while limits were in force."""
        self.all.charge(cpu, busy, wall)
        if loading:
            self.loading.charge(cpu, busy, wall)

    def empty(self, *, loading: bool, cpu: float, busy: float, wall: float) -> str | None:
        """What there would be too little of with this in addition, a key of endings.REASONS; or None."""
        waited = wall - SHARE * busy
        if loading and self.loading.computed + cpu > self.loading.cpu:
            return "reloading"
        if loading and self.loading.waited + waited > self.loading.wait:
            return "loading"
        return "waiting" if self.all.waited + waited > self.all.wait else None

    def limit(self, reason: str) -> str:
        """How much there was of it, as it is said."""
        seconds = {"reloading": self.loading.cpu, "loading": self.loading.wait, "waiting": self.all.wait}
        return f"{seconds[reason]:.3g} s" if reason in seconds else ""
