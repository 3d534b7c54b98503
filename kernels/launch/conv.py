"""Which kernels a convolution launches, and with which tiles."""

import math
from typing import Any, NamedTuple

import torch

from kernels.device import common
from kernels.device import conv as device
from kernels.launch import depthwise
from kernels.launch.arguments import epilogue, flat_grid, grid, needs_int64, strides
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div, next_power_of_2
from kernels.launch.split_k import reduction, split_k, workspace
from kernels.types.norm import Norm
from kernels.types.window import Window


class GemmTile(NamedTuple):
    """A tile of the product: BM rows by BN columns, BK of what is summed over at a time."""

    BM: int
    BN: int
    BK: int
    warps: int
    stages: int


def gemm_tile(rows: int, columns: int, summed: int, dtype: torch.dtype, precision: str) -> GemmTile:
    """Tiles for a product of [rows, summed] with [summed, columns].

    Checked by compiling (`kernels.compile`): none spills its registers on sm_80 and sm_90, and in 16 bits all are
    copied asynchronously.
    """
    if common.INTERPRETED:
        bn, bk = min(64, max(16, next_power_of_2(columns))), min(128, max(16, next_power_of_2(summed)))
        return GemmTile(512, bn, bk, 4, 2)
    bn = max(16, min(128, next_power_of_2(columns)))
    if dtype == torch.float64:
        return GemmTile(64, min(bn, 64), 16, 8 if bn > 32 else 4, 2)
    if dtype == torch.float32:
        if precision == "ieee":
            return GemmTile(64, min(bn, 64), 16, 8, 2)
        return GemmTile(128, min(bn, 64), 32, 8, 3)
    bk = max(16, min(64, next_power_of_2(summed)))
    return GemmTile(128, bn, bk, 8 if bn > 32 else 4, 3)


def _product(tile: GemmTile, dtype: torch.dtype, precision: str, int64: bool) -> dict[str, Any]:
    return {
        "BM": tile.BM,
        "BN": tile.BN,
        "BK": tile.BK,
        "DOT": common.tl_operand(dtype),
        "ACC": common.tl_accumulator(dtype),
        "PRECISION": precision,
        "INT64": int64,
    }


TOGETHER = 8
"""Rows of tiles that are walked together, where there are several columns of them."""


def _places(
    rows: int, columns: int, phases: int, groups: int
) -> tuple[tuple[int, ...], dict[str, int | None], dict[str, int]]:
    """The programs of so many tiles, how each finds its own, and how many rows of them are walked together."""
    if columns * phases == 1:
        return (*grid(rows, columns, groups), {"TOGETHER": 1})
    programs, _ = flat_grid(rows, columns * phases, groups)
    return programs, {"blocks_0": rows, "blocks_1": columns}, {"TOGETHER": TOGETHER}


def forward(
    x: torch.Tensor,
    w: torch.Tensor,
    bias: torch.Tensor | None,
    norm: Norm | None,
    y: torch.Tensor,
    window: Window,
    groups: int,
    *,
    relu: bool,
    precision: str,
) -> list[Launch]:
    """The launch that fills `y` [N, OC, OH, OW] with the convolution of `x` [N, C, H, W] by `w` [OC, C/groups, ...]."""
    own = w.shape[1]
    if own == 1 < groups:
        return depthwise.forward(x, w, bias, norm, y, window, relu=relu)
    n, _, height, width = x.shape
    out_height, out_width = y.shape[2:]
    channels = w.shape[0] // groups
    pixels = n * out_height * out_width
    tile = gemm_tile(pixels, channels, own * math.prod(window.size), x.dtype, precision)
    after, flags = epilogue(bias, norm, relu)
    programs, blocks, together = _places(ceil_div(pixels, tile.BM), ceil_div(channels, tile.BN), 1, groups)
    arguments = {
        "x": x, "w": w, "y": y, "N": n, "H": height, "W": width, "OH": out_height, "OW": out_width, "OC": channels,
        **blocks, **strides("x_nchw", x), **strides("w_ochw", w), **strides("y_nchw", y), **after,
    }  # fmt: skip
    int64 = needs_int64(x, w, y)
    constants = {
        "IC": own, **window.constants(), **window.edges((height, width), (out_height, out_width)), **together, **flags,
        "FULL": channels % tile.BN == 0, **_product(tile, x.dtype, precision, int64),
    }  # fmt: skip
    return [Launch(device.convolve, programs, arguments, constants, tile.warps, tile.stages)]


def transposed(
    dy: torch.Tensor,
    w: torch.Tensor,
    bias: torch.Tensor | None,
    norm: Norm | None,
    dx: torch.Tensor,
    window: Window,
    groups: int,
    *,
    relu: bool,
    precision: str,
) -> list[Launch]:
    """The launch that fills `dx`, [N, C, H, W], with the transposed convolution of `dy`, [N, OC, OH, OW], by `w`.

    `w` is the weight of the convolution that this is the transpose of, [OC, C/groups, KH, KW].
    """
    own = w.shape[1]
    if own == 1 < groups:
        return depthwise.transposed(dy, w, bias, norm, dx, window, relu=relu)
    n, _, height, width = dx.shape
    out_height, out_width = dy.shape[2:]
    channels = w.shape[0] // groups
    (stride_h, stride_w), (dilation_h, dilation_w) = window.stride, window.dilation
    period_h, period_w = stride_h // math.gcd(stride_h, dilation_h), stride_w // math.gcd(stride_w, dilation_w)
    pixels = n * ceil_div(height, stride_h) * ceil_div(width, stride_w)
    taps = ceil_div(window.size[0], period_h) * ceil_div(window.size[1], period_w)
    tile = gemm_tile(pixels, own, channels * taps, dy.dtype, precision)
    after, flags = epilogue(bias, norm, relu)
    phases = stride_h * stride_w
    programs, blocks, together = _places(ceil_div(pixels, tile.BM), ceil_div(own, tile.BN), phases, groups)
    arguments = {
        "dy": dy, "w": w, "dx": dx, "N": n, "H": height, "W": width, "OH": out_height, "OW": out_width, "IC": own,
        **blocks, **strides("x_nchw", dx), **strides("w_ochw", w), **strides("y_nchw", dy), **after,
    }  # fmt: skip
    constants = {
        "OC": channels, **window.constants(), "PERIOD_H": period_h, "PERIOD_W": period_w,
        **window.transposed_edges((height, width), (out_height, out_width)), **together, **flags,
        "FULL": own % tile.BN == 0, **_product(tile, dy.dtype, precision, needs_int64(dx, w, dy, counted=pixels)),
    }  # fmt: skip
    return [Launch(device.convolve_transposed, programs, arguments, constants, tile.warps, tile.stages)]


def weight_gradient(
    x: torch.Tensor,
    dy: torch.Tensor,
    dw: torch.Tensor,
    window: Window,
    groups: int,
    *,
    precision: str,
) -> list[Launch]:
    """The launches that fill `dw` [OC, C/groups, KH, KW]: the product of each split of the pixels, and their sum."""
    own = dw.shape[1]
    if own == 1 < groups:
        return depthwise.weight_gradient(x, dy, dw, window)
    n, _, height, width = x.shape
    out_height, out_width = dy.shape[2:]
    channels = dw.shape[0] // groups
    summed = own * math.prod(window.size)
    pixels = n * out_height * out_width
    tile = gemm_tile(channels, summed, pixels, x.dtype, precision)
    rows = min(tile.BM, max(16, next_power_of_2(channels)))
    small = 2048 if x.dtype.itemsize == 2 else 1024  # numbers that the registers of four warps have room for
    tile = tile._replace(BM=rows, warps=4 if rows * tile.BN <= small else tile.warps)
    rows, columns = ceil_div(channels, tile.BM), ceil_div(summed, tile.BN)
    split = split_k(pixels, tile.BK, 4 * tile.BK, rows * columns * groups, x.device)
    programs, blocks = grid(rows, columns, groups * split.splits)
    partial = workspace(dw, split)
    arguments = {
        "x": x, "dy": dy, "partial": partial, "N": n, "H": height, "W": width, "OH": out_height, "OW": out_width,
        "OC": channels, "split_size": split.split_size, "groups": groups, **blocks,
        **strides("x_nchw", x), **strides("y_nchw", dy),
    }  # fmt: skip
    int64 = needs_int64(x, dy, partial, counted=pixels)
    constants = {
        "IC": own, **window.constants(), **window.edges((height, width), (out_height, out_width)),
        **_product(tile, x.dtype, precision, int64),
    }  # fmt: skip
    first = Launch(device.weight_gradient, programs, arguments, constants, tile.warps, tile.stages)
    return [first, reduction(partial, dw)]
