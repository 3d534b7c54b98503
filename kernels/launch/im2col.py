"""The launches of im2col and of its transpose."""

import torch

from kernels.device import common
from kernels.device import im2col as device
from kernels.launch.arguments import grid, needs_int64, strides
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div
from kernels.types.window import Window


def _arguments(x: torch.Tensor, columns: torch.Tensor, output: tuple[int, int]) -> dict[str, object]:
    _, channels, height, width = x.shape
    sizes = {"H": height, "W": width, "OH": output[0], "OW": output[1], "C": channels}
    return {"x": x, "columns": columns, **sizes, **strides("x_nchw", x)}


def im2col(x: torch.Tensor, columns: torch.Tensor, window: Window) -> list[Launch]:
    """The launch that fills `columns`, contiguous [N, C · KH · KW, L], from `x`, [N, C, H, W]."""
    bk, bl = (64, 1024) if common.INTERPRETED else (16, 256)
    programs, blocks = grid(ceil_div(columns.shape[1], bk), ceil_div(columns.shape[2], bl), columns.shape[0])
    arguments = _arguments(x, columns, window.output(x.shape[2:])) | blocks
    constants = {**window.constants(), "BK": bk, "BL": bl, "INT64": needs_int64(x, columns, after=1)}
    return [Launch(device.im2col, programs, arguments, constants)]


def col2im(columns: torch.Tensor, x: torch.Tensor, window: Window) -> list[Launch]:
    """The launch that fills `x`, [N, C, H, W], from `columns`, contiguous [N, C · KH · KW, L]."""
    bc, bp = (16, 1024) if common.INTERPRETED else (4, 256)
    programs, blocks = grid(ceil_div(x.shape[1], bc), ceil_div(x.shape[2] * x.shape[3], bp), x.shape[0])
    arguments = _arguments(x, columns, window.output(x.shape[2:])) | blocks
    constants = {
        **window.constants(), "BC": bc, "BP": bp, "ACC": common.tl_accumulator(x.dtype),
        "INT64": needs_int64(x, columns, after=1),
    }  # fmt: skip
    return [Launch(device.col2im, programs, arguments, constants)]
