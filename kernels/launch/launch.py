"""A kernel's launch as a value: what it is called with, in how many programs, and with which tiles.

A `Launch` is made without being run. So the same code that launches a kernel on a GPU tells what to compile where there
is none (`kernels.compile`): a launch made of tensors on the device "meta" has all that a compiler asks for.
"""

import threading
from dataclasses import dataclass, field
from typing import Any

from kernels.device import common, interpreter

if common.INTERPRETED:
    interpreter.accelerate()


class _Started(threading.local):
    """The lists that this thread's launches are written down in, with the compiled kernels."""

    def __init__(self) -> None:
        self.lists: list[list[tuple[Launch, Any]]] = []


started = _Started()


@dataclass(frozen=True, slots=True)
class Launch:
    """One launch of one kernel.

    `arguments` are what may change from call to call, by name: tensors, None, integers, floats. `constants` are
    compiled into the kernel.
    """

    kernel: Any
    grid: tuple[int, ...]
    arguments: dict[str, Any]
    constants: dict[str, Any] = field(default_factory=dict)
    warps: int = 4
    stages: int = 3

    def run(self) -> None:
        """Starts the kernel, which runs on; what is asked of its results waits for it."""
        # contraction into fused multiply-adds is asked for, because newer Tritons have it off
        kernel = self.kernel[self.grid](
            **self.arguments,
            **self.constants,
            num_warps=self.warps,
            num_stages=self.stages,
            enable_fp_fusion=True,
        )
        for one in started.lists:
            one.append((self, kernel))
