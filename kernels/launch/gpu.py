"""The GPU that a launch is made for: the tensors' own, or one that is assumed where they lie on none."""

import contextlib
from collections.abc import Iterator
from functools import lru_cache

import torch

from kernels.device import common


def _index(device: torch.device) -> int:
    return device.index if device.index is not None else torch.cuda.current_device()


@lru_cache
def _multiprocessors(index: int) -> int:
    return int(torch.cuda.get_device_properties(index).multi_processor_count)


_assumed = (9, 0)


@contextlib.contextmanager
def assuming_capability(capability: tuple[int, int]) -> Iterator[None]:
    """Within it, launches of tensors that lie on no GPU are made for one of this compute capability."""
    global _assumed
    before, _assumed = _assumed, capability
    try:
        yield
    finally:
        _assumed = before


@lru_cache
def _capability(index: int) -> tuple[int, int]:
    return torch.cuda.get_device_capability(index)


def compute_capability(device: torch.device) -> tuple[int, int]:
    """The compute capability to choose tiles for: the GPU's, or that which is assumed; 9.0 unless said."""
    if device.type == "cuda":
        return _capability(_index(device))
    return _assumed


def multiprocessors(device: torch.device) -> int:
    """How many multiprocessors to keep busy: the GPU's, 132 (an H100's or H200's) where none is, 4 for the interpreter.

    The interpreter runs one program after another and each operation of each costs it the same, so that few are best.
    """
    if device.type == "cuda":
        return _multiprocessors(_index(device))
    return 4 if common.INTERPRETED else 132
