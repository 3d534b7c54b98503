"""Which kernels a batch normalisation launches, and with which tiles."""

from dataclasses import dataclass
from typing import Any

import torch

from kernels.device import batch_norm as device
from kernels.device import batch_norm_gradient as gradient_device
from kernels.device import common
from kernels.launch.arguments import needs_int64
from kernels.launch.gpu import multiprocessors
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div, next_power_of_2
from kernels.types import dtypes
from kernels.types.layout import channels_last

# Elements of a tile: as many as fit the registers of eight warps in float32 beside what is computed from them. The
# interpreter pays by the operation and not by the element.
TILE = 16384 if common.INTERPRETED else 4096
WARPS = 8
PROGRAMS_A_MULTIPROCESSOR = 4
CHANNELS = 64  # of a tile whose channels lie side by side: 128 bytes in 16 bits, a line of the cache
FEW_CHANNELS = 16  # still 32 bytes in 16 bits, which is what a GPU reads at once
MOST_PROGRAMS = 1024  # whose partial sums one program can still merge


@dataclass(frozen=True, slots=True)
class Tiling:
    """A tensor seen as [N, C, S], and how tiles cover it."""

    N: int
    C: int
    S: int
    strides: tuple[int, int, int]
    BC: int
    BN: int
    BS: int
    tiles_s: int
    tiles: int
    programs: int
    int64: bool

    @property
    def blocks(self) -> int:
        return ceil_div(self.C, self.BC)

    def sizes(self) -> dict[str, int]:
        return dict(
            zip(
                ("N", "C", "S", "stride_n", "stride_c", "stride_s"),
                (self.N, self.C, self.S, *self.strides),
                strict=True,
            )
        )

    def loop(self) -> dict[str, int]:
        return {"tiles": self.tiles, "tiles_s": self.tiles_s}

    def block(self, dtype: torch.dtype) -> dict[str, Any]:
        return {"BC": self.BC, "BN": self.BN, "BS": self.BS, "ACC": common.tl_accumulator(dtype), "INT64": self.int64}


def tiling(x: torch.Tensor) -> Tiling:
    """How tiles cover `x`, which is contiguous or channels last, [N, C, ...]."""
    batch, channels = x.shape[:2]
    pixels = x.numel() // max(1, batch * channels)
    if channels_last(x) or pixels == 1:
        n, s, strides = 1, batch * pixels, (0, 1, channels)
        bc = min(next_power_of_2(channels), CHANNELS)
        if next_power_of_2(s) * FEW_CHANNELS <= TILE:  # one tile, and one launch, for fewer channels at a time
            bc = min(bc, TILE // next_power_of_2(s))
        bn, bs = 1, min(next_power_of_2(s), max(1, TILE // bc))
    else:
        n, s, strides = batch, pixels, (channels * pixels, pixels, 1)
        bc, bs = 1, min(next_power_of_2(pixels), TILE)
        bn = min(next_power_of_2(batch), max(1, TILE // bs))
    tiles_s = ceil_div(s, bs)
    tiles = tiles_s * ceil_div(n, bn)
    wanted = ceil_div(multiprocessors(x.device) * PROGRAMS_A_MULTIPROCESSOR, ceil_div(channels, bc))
    programs = min(tiles, wanted, MOST_PROGRAMS)
    return Tiling(n, channels, s, strides, bc, bn, bs, tiles_s, tiles, programs, needs_int64(x))


def partial_sums(x: torch.Tensor, rows: int, plan: Tiling) -> torch.Tensor:
    """Room for the sums of each program."""
    return x.new_empty(plan.programs * rows * plan.C, dtype=dtypes.accumulator(x.dtype))


def _merging(plan: Tiling) -> tuple[int, int]:
    """Channels and programs of a tile that merges: as many sums as registers hold, of all programs."""
    rows = next_power_of_2(plan.programs)
    return max(1, min(next_power_of_2(plan.C), TILE // rows)), rows


def forward(
    x: torch.Tensor,
    weight: torch.Tensor | None,
    bias: torch.Tensor | None,
    running_mean: torch.Tensor | None,
    running_var: torch.Tensor | None,
    residual: torch.Tensor | None,
    y: torch.Tensor,
    save_mean: torch.Tensor,
    save_rstd: torch.Tensor,
    *,
    training: bool,
    momentum: float,
    eps: float,
    relu: bool,
) -> list[Launch]:
    """The launches that fill `y`, `save_mean` and `save_rstd`, and move the running statistics.

    `x`, `residual` and `y` lie in memory alike, contiguous or channels last.
    """
    plan = tiling(x)
    block = plan.block(x.dtype)
    flags = {
        "HAS_WEIGHT": weight is not None,
        "HAS_BIAS": bias is not None,
        "HAS_RESIDUAL": residual is not None,
        "RELU": relu,
    }
    saved = {"save_mean": save_mean, "save_rstd": save_rstd}
    running = {"running_mean": running_mean, "running_var": running_var}
    parameters = {"x": x, "residual": residual, "weight": weight, "bias": bias}
    track = training and running_mean is not None
    if training and plan.tiles == 1:
        arguments = {**parameters, **running, **saved, "y": y, **plan.sizes(), "eps": eps, "momentum": momentum}
        return [Launch(device.normalise_one_tile, (plan.blocks,), arguments, {**block, "TRACK": track, **flags}, WARPS)]
    grid = (plan.blocks, plan.programs)
    launches = []
    if training:
        partial = partial_sums(x, 3, plan)
        bc, programs = _merging(plan)
        launches = [
            Launch(device.statistics, grid, {"x": x, "partial": partial, **plan.sizes(), **plan.loop()}, block, WARPS),
            Launch(
                device.merge_statistics,
                (ceil_div(plan.C, bc),),
                {
                    "partial": partial,
                    **running,
                    **saved,
                    "C": plan.C,
                    "programs": plan.programs,
                    "eps": eps,
                    "momentum": momentum,
                },
                {"BC": bc, "PROGRAMS": programs, "TRACK": track, "ACC": block["ACC"]},
                WARPS,
            ),
        ]
    fixed = {"mean": None, "var": None} if training else {"mean": running_mean, "var": running_var}
    arguments = {**parameters, **fixed, **saved, "y": y, **plan.sizes(), **plan.loop(), "eps": eps}
    return [*launches, Launch(device.normalise, grid, arguments, {**block, "RUNNING": not training, **flags}, WARPS)]


def backward(
    dy: torch.Tensor,
    x: torch.Tensor,
    y: torch.Tensor | None,
    weight: torch.Tensor | None,
    bias: torch.Tensor | None,
    save_mean: torch.Tensor,
    save_rstd: torch.Tensor,
    dx: torch.Tensor | None,
    dresidual: torch.Tensor | None,
    dweight: torch.Tensor | None,
    dbias: torch.Tensor | None,
    *,
    training: bool,
    relu: bool,
) -> list[Launch]:
    """The launches that fill those of `dx`, `dresidual`, `dweight` and `dbias` that are not None.

    `y` and `dresidual` are there where a ReLU followed a residual; all big tensors lie in memory alike.
    """
    plan = tiling(x)
    block = plan.block(x.dtype)
    affine = {"HAS_WEIGHT": weight is not None, "HAS_BIAS": bias is not None}
    flags = {**affine, "HAS_RESIDUAL": dresidual is not None, "RELU": relu}
    parameters = {"weight": weight, "bias": bias, "save_mean": save_mean, "save_rstd": save_rstd}
    gradients = {"dweight": dweight, "dbias": dbias}
    wanted = {"FOR_WEIGHT": dweight is not None, "FOR_BIAS": dbias is not None}
    given = {"dy": dy, "x": x, "y": y, "dresidual": dresidual, **parameters}
    if plan.tiles == 1:
        arguments = {**given, "dx": dx, **gradients, **plan.sizes()}
        constants: dict[str, Any] = {**block, "TRAINING": training, **flags, "FOR_X": dx is not None, **wanted}
        return [Launch(gradient_device.gradients_one_tile, (plan.blocks,), arguments, constants, WARPS)]
    partial = partial_sums(x, 2, plan)
    sums = x.new_empty(2 * plan.C, dtype=partial.dtype)
    bc, programs = _merging(plan)
    grid = (plan.blocks, plan.programs)
    summed = any(wanted.values()) or (training and dx is not None)
    launches = []
    if summed or dresidual is not None:
        arguments = {**given, "partial": partial, **plan.sizes(), **plan.loop()}
        launches.append(Launch(gradient_device.gradient_sums, grid, arguments, {**block, **flags}, WARPS))
    if summed:
        arguments = {"partial": partial, "sums": sums, **gradients, "C": plan.C, "programs": plan.programs}
        constants = {"BC": bc, "PROGRAMS": programs, **wanted}
        launches.append(Launch(gradient_device.merge_gradients, (ceil_div(plan.C, bc),), arguments, constants, WARPS))
    if dx is not None:
        arguments = {
            "dy": dy if dresidual is None else dresidual, "x": x, **parameters, "sums": sums, "dx": dx,
            **plan.sizes(), **plan.loop(),
        }  # fmt: skip
        constants = {**block, "TRAINING": training, **affine, "RELU": relu and dresidual is None}
        launches.append(Launch(gradient_device.input_gradient, grid, arguments, constants, WARPS))
    return launches
