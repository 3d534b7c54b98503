"""What a call computes: which operations of PyTorch, on tensors of which shapes, and how often.

A reported time says nothing of what was timed; this does. It is an observation: code that takes the trouble can hide
from it, and what is computed in plain Python is not heard.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

NEARLY_ZERO = 1e-9
"""Nothing that is divided by a number below this keeps its digits."""
SLIP = "division by nearly 0"
"""What such a division is recorded as, beside its own name."""
HELD, HELD_IN_ALL = 0.002, 2.0
"""Seconds that each such division is held up for where that is asked for, and of all of them together."""
SPENT = "not all held up"
"""Recorded where there were more of them than that."""
KINDS = 2000
"""How many different entries are kept."""

Entry = tuple[str, tuple[tuple[int, ...], ...]]


class Work(TorchDispatchMode):
    """Counts the operations that run while it is entered. held: whether divisions by nearly 0 are held up."""

    def __init__(self, *, held: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held, self.spent = held, 0.0
        self.counts: Counter[Entry] = Counter()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name = func.__name__.partition(".")[0].strip("_")
        shapes = tuple(tuple(tensor.shape) for tensor in _tensors([*args, *(kwargs or {}).values()]))
        self._add(name, shapes)
        if _slips(name, args):
            self._add(SLIP, shapes)
            self._hold()
        return func(*args, **(kwargs or {}))

    def _add(self, name: str, shapes: tuple[tuple[int, ...], ...]) -> None:
        if len(self.counts) < KINDS or (name, shapes) in self.counts:
            self.counts[name, shapes] += 1

    def _hold(self) -> None:
        if not self.held:
            return
        if self.spent > HELD_IN_ALL:
            self._add(SPENT, ())
            return
        time.sleep(HELD)
        self.spent += HELD

    def told(self) -> list[Any]:
        """[name, shapes of the tensors among the arguments, how often] for each kind of operation."""
        return [[name, [list(shape) for shape in shapes], count] for (name, shapes), count in self.counts.items()]


def _tensors(values: Any) -> list[torch.Tensor]:
    """Those among the arguments of an operation, which may come in lists."""
    found: list[torch.Tensor] = []
    for value in values:
        if isinstance(value, torch.Tensor):
            found.append(value)
        elif isinstance(value, list | tuple):
            found += _tensors(value)
    return found


def _slips(name: str, args: Any) -> bool:
    """Whether an operation divides by what is nearly 0."""
    if name in ("div", "true_divide") and len(args) > 1:
        below = args[1]
    elif name == "reciprocal" or (name == "pow" and isinstance(args[-1], int | float) and args[-1] < 0):
        below = args[0]
    else:
        return False
    if isinstance(below, torch.Tensor):
        return below.is_floating_point() and bool((below.detach().abs() < NEARLY_ZERO).any())
    return isinstance(below, float) and abs(below) < NEARLY_ZERO
