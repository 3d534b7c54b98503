"""Which kernels attention launches, and with which tiles."""

import math
from typing import Any, NamedTuple

import torch

from kernels.device import attention as device
from kernels.device import attention_gradient as gradient
from kernels.device import common
from kernels.launch.arguments import flat_grid, needs_int64, strides
from kernels.launch.gpu import compute_capability
from kernels.launch.launch import Launch
from kernels.launch.sizes import ceil_div, next_power_of_2

LOG2_E = math.log2(math.e)
LEAST_SCALE = 2.0**-120


class AttentionTile(NamedTuple):
    """BM queries by BN keys at a time."""

    BM: int
    BN: int
    warps: int
    stages: int


# (kernel, of heads wider than 64): for 16-bit dtypes, on Ampere and on Hopper
HALF = {
    ("attend", False): (AttentionTile(128, 64, 8, 3), AttentionTile(128, 64, 8, 3)),
    ("attend", True): (AttentionTile(128, 32, 8, 3), AttentionTile(128, 64, 8, 3)),
    ("query_gradient", False): (AttentionTile(128, 64, 8, 2), AttentionTile(128, 64, 8, 2)),
    ("query_gradient", True): (AttentionTile(64, 64, 8, 2), AttentionTile(128, 64, 8, 2)),
    ("key_value_gradient", False): (AttentionTile(32, 128, 8, 2), AttentionTile(64, 128, 8, 2)),
    ("key_value_gradient", True): (AttentionTile(64, 64, 8, 2), AttentionTile(32, 128, 8, 2)),
}


SMALLEST = AttentionTile(32, 64, 8, 1)


class Sizes(NamedTuple):
    """What tiles depend on beside the dtype.

    That is: the widest of a head's widths; whether they are multiples of 16, so that several numbers can be read at a
    time; whether the queries fill their blocks; whether there is a key mask, causality, several query heads for a key
    head; whether the GPU is a Hopper or newer.
    """

    width: int
    aligned: bool
    filled: bool
    key_mask: bool
    causal: bool
    grouped: bool
    hopper: bool


def _roomy(sizes: Sizes) -> bool:
    """Whether the gradient of keys and values has registers left for large tiles: every loop and mask takes some."""
    if not sizes.aligned or sizes.key_mask:
        return False
    if sizes.grouped:
        return sizes.filled and (not sizes.causal or (sizes.hopper and sizes.width <= 64))
    return sizes.filled or sizes.hopper or sizes.width <= 64


def _crowded(sizes: Sizes) -> AttentionTile:
    """The tiles of the gradient of keys and values where large ones do not fit."""
    if sizes.aligned and sizes.width <= 64:
        return AttentionTile(32, 128, 8, 2 if sizes.hopper else 1)
    if sizes.aligned and not sizes.hopper:
        return AttentionTile(64, 64, 8, 1)
    if sizes.aligned and not sizes.grouped:
        return AttentionTile(64, 64, 8, 2)
    return SMALLEST


def _half(kernel: str, sizes: Sizes) -> AttentionTile:
    if kernel == "key_value_gradient" and not _roomy(sizes):
        return _crowded(sizes)
    wider = sizes.width > 64 or not (sizes.hopper or sizes.aligned)
    return HALF[kernel, wider][sizes.hopper]


def _single(kernel: str, sizes: Sizes, precision: str) -> AttentionTile:
    wider, forward = sizes.width > 64, kernel == "attend"
    if precision == "tf32":
        return AttentionTile(64, 64 if forward and not wider and sizes.aligned else 32, 8, 2)
    if precision == "tf32x3":
        if wider:
            return AttentionTile(16, 32 if forward else 16, 4, 1)
        return AttentionTile(16, 32, 4, 1) if kernel == "query_gradient" else AttentionTile(32, 32, 8, 2)
    if wider:
        return AttentionTile(32, 16, 8, 1 if forward else 2)
    narrow = {"attend": (64, 32, 8, 2), "query_gradient": (32, 32, 8, 1), "key_value_gradient": (16, 32, 8, 2)}
    return AttentionTile(*narrow[kernel])


def attention_tile(kernel: str, dtype: torch.dtype, precision: str, sizes: Sizes) -> AttentionTile:
    """The tiles of "attend", "query_gradient" or "key_value_gradient".

    Checked by compiling (`kernels.compile`): none of the shipped calls, which have all kinds of masks, spills its
    registers on sm_80 or sm_90.
    """
    if common.INTERPRETED:
        return AttentionTile(128, 128, 4, 2)
    if dtype == torch.float64:
        return AttentionTile(32, 32, 8, 1)
    return _single(kernel, sizes, precision) if dtype == torch.float32 else _half(kernel, sizes)


class AttentionInputs(NamedTuple):
    """The inputs of attention: [B, H, SQ, D], [B, H/G, SK, D], [B, H/G, SK, DV].

    And lengths of keys and of queries, [B] each, and a key mask [B, SK].
    """

    q: torch.Tensor
    k: torch.Tensor
    v: torch.Tensor
    lengths: torch.Tensor | None
    query_lengths: torch.Tensor | None
    key_mask: torch.Tensor | None
    causal: bool
    scale: float
    precision: str

    def launch(
        self, kernel: Any, others: dict[str, torch.Tensor | None], rows: int, heads: int, **constants: Any
    ) -> Launch:
        """A launch of a kernel on these inputs and other tensors, which are [B, H, S, D] or have no strides to tell."""
        tensors = {"q": self.q, "k": self.k, "v": self.v, **others}
        # what nobody asks for has no strides either
        strided = {name: one for name, one in tensors.items() if one is not None and one.dim() == 4}
        width, value_width = self.q.shape[3], self.v.shape[3]
        padded, value_padded = (max(16, next_power_of_2(one)) for one in (width, value_width))
        sizes = Sizes(
            width=max(width, value_width),
            aligned=width % 16 == value_width % 16 == 0,
            filled=self.q.shape[2] % 128 == 0 and self.query_lengths is None,
            key_mask=self.key_mask is not None,
            causal=self.causal,
            grouped=self.q.shape[1] != self.k.shape[1],
            hopper=compute_capability(self.q.device) >= (9, 0),
        )
        tile = attention_tile(kernel.__name__, self.q.dtype, self.precision, sizes)
        if common.INTERPRETED:
            longest = max(16, next_power_of_2(max(self.q.shape[2], self.k.shape[2])))
            tile = tile._replace(BM=min(tile.BM, longest), BN=min(tile.BN, longest))
        mask = None if self.key_mask is None else self.key_mask.view(torch.uint8)
        count = ceil_div(rows, tile.BN if kernel is gradient.key_value_gradient else tile.BM)
        programs, blocks = flat_grid(count, heads, self.q.shape[0])
        arguments: dict[str, Any] = {
            **tensors, "lengths": self.lengths, "query_lengths": self.query_lengths, "key_mask": mask,
            "H": self.q.shape[1], "GROUP": self.q.shape[1] // self.k.shape[1],
            "SQ": self.q.shape[2], "SK": self.k.shape[2], **blocks,
            "mask_b": 0 if mask is None else mask.stride(0), "mask_n": 0 if mask is None else mask.stride(1),
            "scale2": self.scale * LOG2_E,
        }  # fmt: skip
        for name, one in tensors.items():
            if one is None:
                arguments |= dict.fromkeys((f"{name}_{axis}" for axis in "bhnd"), 0)
            elif one.dim() == 4:
                arguments |= strides(f"{name}_bhnd", one)
        if kernel is device.attend:
            constants["NEGATIVE"] = self.scale < 0
            # not 0, which times a score of -inf, that of a key which is masked, would be NaN
            arguments["scale2"] = max(abs(self.scale) * LOG2_E, LEAST_SCALE)
        else:
            arguments["scale"] = self.scale
        if kernel is gradient.key_value_gradient:
            constants["MASKED"] = self.q.shape[2] % tile.BM != 0 or self.query_lengths is not None
            # where tiles are small, a loop more costs more than the mask does
            constants["PEELED"] = constants["MASKED"] and tile.BM * tile.BN > SMALLEST.BM * SMALLEST.BN
        return Launch(
            kernel,
            programs,
            arguments,
            {
                "D": width, "DV": value_width, "BD": padded, "BV": value_padded, "BM": tile.BM, "BN": tile.BN,
                "CAUSAL": self.causal, "LENGTHS": self.lengths is not None,
                "QUERY_LENGTHS": self.query_lengths is not None, "KEY_MASK": mask is not None,
                "DOT": common.tl_operand(self.q.dtype), "ACC": common.tl_accumulator(self.q.dtype),
                "PRECISION": self.precision,
                "INT64": needs_int64(*strided.values(), after=2) or needs_int64(mask, after=1), **constants,
            },
            tile.warps,
            tile.stages,
        )  # fmt: skip

    def forward(self, o: torch.Tensor, lse: torch.Tensor) -> list[Launch]:
        """The launch that fills `o` [B, H, SQ, DV] and, in the dtype of sums, `lse` [B, H, SQ]."""
        _, heads, queries, _ = self.q.shape
        return [self.launch(device.attend, {"o": o, "lse": lse}, queries, heads)]

    def backward(
        self,
        o: torch.Tensor,
        do: torch.Tensor,
        lse: torch.Tensor,
        delta: torch.Tensor,
        dq: torch.Tensor | None,
        dk: torch.Tensor | None,
        dv: torch.Tensor | None,
    ) -> list[Launch]:
        """The launches that fill those of `dq`, `dk` and `dv` that are wanted.

        The first fills `delta`, [B, H, SQ], for the second as well, which needs it for `dk`.
        """
        _, heads, queries, _ = self.q.shape
        saved = {"do": do, "lse": lse, "delta": delta}
        launches = []
        if dq is not None or dk is not None:
            own = {**saved, "o": o, "dq": dq}
            launches.append(self.launch(gradient.query_gradient, own, queries, heads, FOR_Q=dq is not None))
        if dk is not None or dv is not None:
            own = {**saved, "dk": dk, "dv": dv}
            wanted = {"FOR_K": dk is not None, "FOR_V": dv is not None}
            launches.append(self.launch(gradient.key_value_gradient, own, self.k.shape[2], self.k.shape[1], **wanted))
        return launches
