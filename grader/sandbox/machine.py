"""How fast this machine is: budgets are seconds of a reference machine, and a slower one gets more of its own.

The reference machine is one that does the work below in REFERENCE_SECONDS of CPU time. What is measured is CPU time
and the best of several tries, so that other work on the machine counts little.
"""

from __future__ import annotations

import time

TRIES = 5
REFERENCE_SECONDS = 0.006
MOST = 20.0
"""No budget grows by more than this, whatever was measured."""


def work() -> float:
    """Some work of the kind that learner code does: Python's own and small tensors. Gives its CPU seconds."""
    import torch

    began = time.process_time()
    total = 0
    for number in range(40_000):
        total += number % 7
    matrix = torch.full((16, 16), 0.5)
    for _ in range(600):
        matrix = torch.relu(matrix @ matrix) / 4
    return time.process_time() - began


def scale() -> float:
    """How many times as long as on the reference machine code takes here; never below 1, rounded to a tenth."""
    best = min(work() for _ in range(TRIES))
    return round(min(max(best / REFERENCE_SECONDS, 1.0), MOST), 1)
