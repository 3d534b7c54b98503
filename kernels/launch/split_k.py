"""Split-K: a product summed over many pixels is split along them, and the partial sums are added in order."""

from typing import NamedTuple

import torch

from kernels.device import common
from kernels.device import conv as device
from kernels.launch.arguments import needs_int64, strides
from kernels.launch.gpu import multiprocessors
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div
from kernels.types import dtypes


class SplitK(NamedTuple):
    """How many pixels each split sums over, and how many splits there are."""

    split_size: int
    splits: int


def split_k(pixels: int, step: int, least: int, programs: int, on: torch.device) -> SplitK:
    """Splits that keep a device busy.

    `step` pixels are taken at a time, a split has about `least` of them or more, and there are so many `programs`
    for each split.
    """
    wanted = ceil_div(2 * multiprocessors(on), programs)
    splits = max(1, min(wanted, ceil_div(pixels, least)))
    split_size = ceil_div(ceil_div(pixels, splits), step) * step
    return SplitK(split_size, ceil_div(pixels, split_size))


def workspace(dw: torch.Tensor, split: SplitK) -> torch.Tensor:
    """Room for the partial sum of each split: [splits, OC, KH · KW · C/groups], in the dtype of sums."""
    return dw.new_empty((split.splits, dw.shape[0], dw[0].numel()), dtype=dtypes.accumulator(dw.dtype))


def reduction(partial: torch.Tensor, dw: torch.Tensor) -> Launch:
    """The launch that adds the partial sums up in `dw` [OC, C/groups, KH, KW]."""
    block = 16384 if common.INTERPRETED else 1024
    _, own, height, width = dw.shape
    return Launch(
        device.sum_splits,
        (ceil_div(dw.numel(), block),),
        {
            "partial": partial, "dw": dw, "elements": dw.numel(), "splits": partial.shape[0],
            **strides("w_ochw", dw),
        },
        {
            "IC": own, "KH": height, "KW": width, "BLOCK": block, "ACC": common.tl_accumulator(dw.dtype),
            "INT64": needs_int64(partial, dw),
        },
    )  # fmt: skip
