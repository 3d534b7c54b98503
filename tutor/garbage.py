"""When the app's garbage is collected: while nobody waits for the screen."""

from __future__ import annotations

import gc
import time

COLLECTED = 2000, 10, 1_000_000
"""When Python looks for garbage: for what has just been made, as ever; for all of it never by itself."""
TIDIED = 2
"""Seconds between two looks whether there is much garbage: a screen that is closed leaves some 35,000 objects."""
RESTED = 1.0
"""Seconds without a key after which nobody waits: going through everything takes some 60 ms."""
MOST = 40
"""Looks for what is new, of some 20,000 objects each, after which it is gone through in any case."""


class Garbage:
    """Of a process that is the app's own: what is there now stays, and need not be gone through."""

    def __init__(self) -> None:
        self.acted = 0.0
        gc.freeze()

    def keep(self) -> None:
        """What is there by now stays too, and Python no longer goes through everything by itself."""
        gc.freeze()
        gc.set_threshold(*COLLECTED)

    def hear(self) -> None:
        """Somebody has pressed a key, or used the mouse."""
        self.acted = time.monotonic()

    def tidy(self) -> None:
        """Collects garbage where there is much of it, once nobody waits."""
        looks = gc.get_count()[2]
        if looks > MOST or (looks and time.monotonic() - self.acted > RESTED):
            gc.collect()
