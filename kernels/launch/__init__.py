"""How a kernel is started: what it is called with, in how many programs, and with which tiles.

A `Launch` is made without being run. So the same code that starts a kernel on a GPU tells what to compile where there
is none (`kernels.report`): a launch made of tensors on the device "meta" has all that a compiler asks for.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import torch

from kernels.device import common, interpreter

if common.INTERPRETED:
    interpreter.accelerate()


@dataclass(frozen=True, slots=True)
class Launch:
    """One start of one kernel.

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
        """Starts it. The kernel runs on; what is asked of its results waits for it."""
        # contraction into fused multiply-adds is asked for, because newer Tritons have it off
        self.kernel[self.grid](
            **self.arguments,
            **self.constants,
            num_warps=self.warps,
            num_stages=self.stages,
            enable_fp_fusion=True,
        )


def power_of_two(number: int) -> int:
    """The smallest power of two that is not below `number` (at least 1)."""
    return 1 << max(0, number - 1).bit_length()


def ceil_div(number: int, divisor: int) -> int:
    """How many pieces of `divisor` cover `number`."""
    return -(-number // divisor)


def _index(device: torch.device) -> int:
    return device.index if device.index is not None else torch.cuda.current_device()


@lru_cache
def _processors(index: int) -> int:
    return int(torch.cuda.get_device_properties(index).multi_processor_count)


_assumed = (9, 0)


@contextlib.contextmanager
def assuming(target: tuple[int, int]) -> Iterator[None]:
    """Within it, launches of tensors that lie on no GPU are made for one of this compute capability."""
    global _assumed
    before, _assumed = _assumed, target
    try:
        yield
    finally:
        _assumed = before


@lru_cache
def _capability(index: int) -> tuple[int, int]:
    return torch.cuda.get_device_capability(index)


def capability(device: torch.device) -> tuple[int, int]:
    """The compute capability to choose tiles for: the GPU's, or that which is assumed; 9.0 unless said."""
    if device.type == "cuda":
        return _capability(_index(device))
    return _assumed


def processors(device: torch.device) -> int:
    """How many multiprocessors to keep busy: the GPU's, 132 (an H100's or H200's) where none is, 4 for the interpreter.

    The interpreter runs one program after another and each operation of each costs it the same, so that few are best.
    """
    if device.type == "cuda":
        return _processors(_index(device))
    return 4 if common.INTERPRETED else 132


def wide(*tensors: torch.Tensor | None, after: int = 0) -> bool:
    """Whether an element of one of these lies beyond what 32 bits can count.

    `after`: so many axes at the front are left out, where a kernel finds its place along them in 64 bits by itself.
    """
    return any(
        tensor is not None
        and sum(
            (size - 1) * abs(stride) for size, stride in zip(tensor.shape[after:], tensor.stride()[after:], strict=True)
        )
        >= 2**31 - 1
        for tensor in tensors
    )
