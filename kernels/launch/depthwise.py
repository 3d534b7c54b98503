"""Which kernels a depthwise convolution launches, and with which tiles."""

from typing import Any

import torch

from kernels.device import common
from kernels.device import depthwise as device
from kernels.launch.arguments import epilogue, grid, needs_int64, strides
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div, next_power_of_2
from kernels.launch.split_k import reduction, split_k, workspace
from kernels.types.norm import Norm
from kernels.types.window import Window

TILE = 16384 if common.INTERPRETED else 2048  # numbers: pixels times channels


def _tile(pictures: torch.Tensor) -> dict[str, int]:
    """BM pixels by BN channels, along whichever lie side by side in memory."""
    beside = min(next_power_of_2(pictures.shape[1]), 64) if pictures.stride(1) == 1 or common.INTERPRETED else 1
    return {"BM": max(1, TILE // beside), "BN": beside}


def _sizes(x: torch.Tensor, y: torch.Tensor) -> dict[str, int]:
    """Of the pictures on either side of the convolution, the larger first."""
    n, _, height, width = x.shape
    return {"N": n, "H": height, "W": width, "OH": y.shape[2], "OW": y.shape[3]}


def _constants(x: torch.Tensor, y: torch.Tensor, window: Window, int64: bool) -> dict[str, Any]:
    return {
        "EACH": y.shape[1] // x.shape[1],
        **window.constants(),
        "ACC": common.tl_accumulator(x.dtype),
        "INT64": int64,
    }


def _over(
    kernel: Any, out: torch.Tensor, named: dict[str, Any], x: torch.Tensor, y: torch.Tensor, w: torch.Tensor,
    bias: torch.Tensor | None, norm: Norm | None, window: Window, relu: bool,
) -> list[Launch]:  # fmt: skip
    """The launch of a kernel over the pixels and channels of `out`, which is one of `x` and `y`."""
    tile = _tile(out)
    after, flags = epilogue(bias, norm, relu)
    pixels = out.shape[0] * out.shape[2] * out.shape[3]
    programs, blocks = grid(ceil_div(pixels, tile["BM"]), ceil_div(out.shape[1], tile["BN"]), 1)
    arguments = {
        **named, "w": w, **_sizes(x, y), **blocks, **after,
        **strides("x_nchw", x), **strides("w_o", w[:, 0, 0, 0]), **strides("w_hw", w[0, 0]), **strides("y_nchw", y),
    }  # fmt: skip
    constants = _constants(x, y, window, needs_int64(x, w, y, counted=pixels))
    return [Launch(kernel, programs, arguments, {**constants, **flags, **tile})]


def forward(
    x: torch.Tensor, w: torch.Tensor, bias: torch.Tensor | None, norm: Norm | None, y: torch.Tensor, window: Window, *,
    relu: bool,
) -> list[Launch]:  # fmt: skip
    """The launch that fills `y` [N, C · EACH, OH, OW] from `x` [N, C, H, W] and `w` [C · EACH, 1, KH, KW]."""
    named = {"x": x, "y": y, "OC": y.shape[1]}
    return _over(device.convolve_depthwise, y, named, x, y, w, bias, norm, window, relu)


def transposed(
    dy: torch.Tensor, w: torch.Tensor, bias: torch.Tensor | None, norm: Norm | None, dx: torch.Tensor, window: Window,
    *, relu: bool,
) -> list[Launch]:  # fmt: skip
    """The launch that fills `dx` [N, C, H, W] from `dy` [N, C · EACH, OH, OW] and `w` [C · EACH, 1, KH, KW]."""
    named = {"dy": dy, "dx": dx, "C": dx.shape[1]}
    return _over(device.convolve_depthwise_transposed, dx, named, dx, dy, w, bias, norm, window, relu)


def weight_gradient(x: torch.Tensor, dy: torch.Tensor, dw: torch.Tensor, window: Window) -> list[Launch]:
    """The launches that fill `dw` [C · EACH, 1, KH, KW]: the sum over each split of the pixels, and their sum."""
    channels, taps = dw.shape[0], window.size[0] * window.size[1]
    tile = _tile(dy)
    pixels = dy.shape[0] * dy.shape[2] * dy.shape[3]
    columns = ceil_div(channels, tile["BN"])
    split = split_k(pixels, tile["BM"], tile["BM"], columns * taps, x.device)
    programs, blocks = grid(columns, taps, split.splits)
    partial = workspace(dw, split)
    arguments = {
        "x": x, "dy": dy, "partial": partial, **_sizes(x, dy), "OC": channels, "split_size": split.split_size,
        **blocks, **strides("x_nchw", x), **strides("y_nchw", dy),
    }  # fmt: skip
    constants = {**_constants(x, dy, window, needs_int64(x, dy, partial, counted=pixels)), **tile}
    first = Launch(device.depthwise_weight_gradient, programs, arguments, constants)
    return [first, reduction(partial, dw)]
