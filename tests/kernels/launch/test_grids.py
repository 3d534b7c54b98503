"""Launches of any size start: their grids and the widths of their indices, planned without memory."""

from __future__ import annotations

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

from kernels.compile import shipped
from kernels.launch import batch_norm, conv, im2col
from kernels.launch.attention import AttentionInputs
from kernels.launch.launch import Launch
from kernels.launch.luong import LuongInputs
from kernels.types.window import Window

POINT = Window((1, 1), (1, 1), (0, 0), (1, 1))
FOUR = Window((4, 4), (4, 4), (0, 0), (1, 1))
ACROSS, BESIDE = 2**31 - 1, 65_535
"""How many programs a GPU starts along the first axis of a grid, and along the others."""


def meta(*shape: int) -> torch.Tensor:
    return torch.empty(shape, dtype=torch.float16, device="meta")


def convolutions(x: torch.Tensor, w: torch.Tensor, y: torch.Tensor, window: Window, groups: int) -> list[Launch]:
    return [
        *conv.forward(x, w, None, None, y, window, groups, relu=False, precision="ieee"),
        *conv.transposed(y, w, None, None, x, window, groups, relu=False, precision="ieee"),
        *conv.weight_gradient(x, y, w, window, groups, precision="ieee"),
    ]


LARGE = {
    "groups times stride": convolutions(meta(1, 8192, 8, 8), meta(8192, 2, 4, 4), meta(1, 8192, 2, 2), FOUR, 4096),
    "groups": convolutions(meta(1, 140_000, 3, 3), meta(140_000, 2, 1, 1), meta(1, 140_000, 3, 3), POINT, 70_000),
    "depthwise": convolutions(meta(1, 70_000, 3, 3), meta(70_000, 1, 1, 1), meta(1, 70_000, 3, 3), POINT, 70_000),
    "pictures": [
        *im2col.im2col(meta(70_000, 1, 8, 8), meta(70_000, 1, 64), POINT),
        *im2col.col2im(meta(70_000, 1, 64), meta(70_000, 1, 8, 8), POINT),
    ],
    "pixels": [
        *im2col.im2col(meta(1, 1, 5000, 5000), meta(1, 1, 25_000_000), POINT),
        *im2col.col2im(meta(1, 1, 25_000_000), meta(1, 1, 5000, 5000), POINT),
    ],
}


@pytest.mark.parametrize("what", LARGE)
def test_no_grid_is_larger_than_a_gpu_takes(what: str) -> None:
    for launch in LARGE[what]:
        first, *others = launch.grid
        assert 0 < first <= ACROSS and all(0 < one <= BESIDE for one in others), launch.kernel


def test_what_is_shipped_counts_in_32_bits() -> None:
    assert not any(launch.constants.get("INT64") for launch in shipped.one_of_each().values())


def wide(launches: list[Launch]) -> list[bool]:
    return [launch.constants["INT64"] for launch in launches]


@pytest.mark.parametrize("channels", [1, 2], ids=["product", "depthwise"])
def test_what_reaches_to_2_to_the_31_counts_in_64_bits(channels: int) -> None:
    w, x = meta(channels, 1, 1, 1), meta(1, channels, 2**15, 2**16 // channels)
    # also a little short of it, because the last tile counts on beyond the end
    for picture in (x, meta(1, channels, 2**15, 2**16 // channels - 1)):
        assert wide(convolutions(picture, w, torch.empty_like(picture), POINT, channels)) == [True, True, True, False]
    # the cotangent of a sum has one number in memory
    dy = meta(1, 1, 1, 1).expand(1, channels, 2**15, 2**16)
    small = meta(1, channels, 1, 1).expand_as(dy)
    assert wide(conv.weight_gradient(small, dy, w, POINT, channels, precision="ieee")) == [True, False]
    columns = x.flatten(2)
    assert wide([*im2col.im2col(x, columns, POINT), *im2col.col2im(columns, x, POINT)]) == [True, True]


def test_masks_queries_and_cotangents_count_as_well() -> None:
    far = torch.empty_strided((2, 4), (1, 2**30), dtype=torch.float16, device="meta")
    q = meta(2, 1, 4, 16)
    call = AttentionInputs(q, q, q, None, None, far.to(torch.bool).as_strided((2, 4), (1, 2**30)), False, 1.0, "ieee")
    assert wide(call.forward(q, meta(2, 1, 4))) == [True]
    states, query = meta(2, 4, 4), meta(2, 4)
    saved = {"scores": meta(2, 4), "lse": meta(2)}
    plain = LuongInputs(query, states, None, None, 1.0)
    gradients: dict[str, torch.Tensor | None] = {"dq": query, "dk": states, "dv": None}
    assert wide(plain.forward(query, query, saved)) == [False]
    assert wide(plain._replace(q=far).forward(query, query, saved)) == [True]
    assert wide(plain.backward({**saved, "dp": query}, query, far, gradients)) == [True]


@pytest.mark.parametrize(
    ("batch", "length", "splits"), [(512, 2048, 1), (4, 2048, 32), (4, 64, 1), (200, 4096, 2), (32, 20, 1)]
)
def test_states_are_split_where_sequences_are_few_and_long(batch: int, length: int, splits: int) -> None:
    states, query, weights = meta(batch, length, 1024), meta(batch, 1024), meta(batch, length)
    saved = {"scores": weights, "lse": meta(batch)}
    found = LuongInputs(query, states, None, None, 1.0).forward(query, weights, saved)
    assert len(found) == 1 + (splits > 1)
    assert [one.grid for one in found] == ([(batch, splits)] * 2 if splits > 1 else [(batch,)])


@pytest.mark.parametrize("batch", [64, 128, 256, 257])
def test_a_batch_of_vectors_is_one_launch(batch: int) -> None:
    x = meta(batch, 64)
    mean, rstd = (torch.empty(64, device="meta") for _ in range(2))
    how = {"momentum": 0.1, "eps": 1e-5}
    one = batch_norm.forward(x, None, None, None, None, None, x, mean, rstd, training=True, relu=False, **how)
    assert (len(one) == 1) is (batch <= 256)
