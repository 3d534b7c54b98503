"""Sums over many pixels, dealt out in shares whose sums are added in order."""

from typing import NamedTuple

import torch

from kernels import dtypes
from kernels.device import common
from kernels.device import conv as device
from kernels.launch import Launch, ceil_div, processors
from kernels.launch.arguments import strides


class Shares(NamedTuple):
    """How many pixels make a share, and how many shares there are."""

    share: int
    splits: int


def dealt(pixels: int, step: int, least: int, programs: int, on: torch.device) -> Shares:
    """Shares that keep a device busy.

    `step` pixels are taken at a time, a share has about `least` of them or more, and there are so many `programs`
    for each share.
    """
    wanted = ceil_div(2 * processors(on), programs)
    splits = max(1, min(wanted, ceil_div(pixels, least)))
    share = ceil_div(ceil_div(pixels, splits), step) * step
    return Shares(share, ceil_div(pixels, share))


def partial_sums(dw: torch.Tensor, shares: Shares) -> torch.Tensor:
    """Room for the sum over each share: [splits, OC, KH · KW · C/groups], in the dtype of sums."""
    return dw.new_empty((shares.splits, dw.shape[0], dw[0].numel()), dtype=dtypes.accumulator(dw.dtype))


def added(partial: torch.Tensor, dw: torch.Tensor) -> Launch:
    """The start that adds them up in `dw` [OC, C/groups, KH, KW]."""
    block = 16384 if common.INTERPRETED else 1024
    _, own, height, width = dw.shape
    return Launch(
        device.sum_splits,
        (ceil_div(dw.numel(), block),),
        {
            "partial": partial, "dw": dw, "elements": dw.numel(), "splits": partial.shape[0],
            **strides("w_ochw", dw),
        },
        {"IC": own, "KH": height, "KW": width, "BLOCK": block, "ACC": common.accumulator(dw.dtype)},
    )  # fmt: skip
