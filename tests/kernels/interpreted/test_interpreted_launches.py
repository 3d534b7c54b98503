"""Launches that are watched: faults of memory are errors, what is undefined is NaN, and listeners hear each access."""

from __future__ import annotations

import traceback
from typing import Any

import pytest
import torch
import triton
import triton.language as tl

from kernels.inspect import launches
from kernels.inspect.memory import OutOfBounds, Race

pytestmark = pytest.mark.usefixtures("watched")


@triton.jit
def total(x, out, n, BLOCK: tl.constexpr, OTHER: tl.constexpr, MASKED: tl.constexpr):
    i = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    if MASKED:
        values = tl.load(x + i, mask=i < n, other=0.0) if OTHER else tl.load(x + i, mask=i < n)
    else:
        values = tl.load(x + i)
    tl.store(out + tl.program_id(0), tl.sum(values.to(tl.float32), axis=0))


@triton.jit
def into_one(x, out, n, ATOMIC: tl.constexpr):
    i = tl.program_id(0) * 4 + tl.arange(0, 4)
    found = tl.sum(tl.load(x + i, mask=i < n, other=0.0), axis=0)
    if ATOMIC:
        tl.atomic_add(out, found)
    else:
        tl.store(out, tl.load(out) + found)


def totals(x: torch.Tensor, other: bool = True, masked: bool = True) -> torch.Tensor:
    out = torch.full((triton.cdiv(len(x), 4),), torch.nan)
    total[(len(out),)](x, out, len(x), BLOCK=4, OTHER=other, MASKED=masked)
    return out


def test_a_right_kernel_is_let_be_and_what_it_wrote_is_known() -> None:
    x = torch.arange(10.0)
    assert not launches.any_since()
    out = totals(x)
    assert out.tolist() == [6.0, 22.0, 17.0]
    assert launches.written(out) and launches.written(out[1:]) and not launches.written(x)
    launches.forget()
    assert not launches.any_since() and not launches.written(out)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16], ids=str)
def test_what_a_masked_load_leaves_undefined_is_nan(dtype: torch.dtype) -> None:
    out = totals(torch.arange(10.0).to(dtype), other=False)
    assert torch.isnan(out).tolist() == [False, False, True]


def test_of_a_single_lane_an_other_of_zero_is_not_taken_for_none() -> None:
    @triton.jit
    def one(x, out, there):
        tl.store(out, tl.load(x, mask=there != 0, other=0.0))
        tl.store(out + 1, tl.load(x, mask=there != 0, other=3.0))

    out = torch.empty(2)
    one[(1,)](torch.ones(1), out, 0)
    assert out.tolist() == [0.0, 3.0]


def test_a_load_beside_the_tensor_says_which_and_on_which_line() -> None:
    with pytest.raises(OutOfBounds, match=r"program 2 reads x\[10\] to x\[11\] \(2 lanes\)") as caught:
        totals(torch.arange(10.0), masked=False)
    lines = [one.line for one in traceback.extract_tb(caught.value.__traceback__) if one.filename == __file__]
    assert lines[-1] == "values = tl.load(x + i)"


def test_a_sum_into_one_place_is_a_race_unless_it_is_atomic() -> None:
    x, out = torch.arange(10.0), torch.zeros(1)
    with pytest.raises(Race, match=r"program 1 reads out\[0\], which program 0 writes"):
        into_one[(3,)](x, out, 10, ATOMIC=False)
    out.zero_()
    into_one[(3,)](x, out, 10, ATOMIC=True)
    assert out.item() == 45


def test_an_error_in_a_kernel_comes_as_it_is() -> None:
    @triton.jit
    def wrong(x):
        tl.store(x, nowhere)  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(NameError, match="nowhere"):
        wrong[(1,)](torch.zeros(1))


def test_listeners_hear_each_access_with_its_tensor_and_its_mask() -> None:
    heard: list[tuple[Any, ...]] = []

    def hear(launch: launches.Launch, access: launches.Access) -> None:
        names = [region.name for region in access.regions]
        heard.append((launch.kernel, launch.program, access.does, names, int(access.mask.sum()), access.mask.size))

    with launches.listening(hear):
        totals(torch.arange(6.0))
        into_one[lambda given: (given["n"] // 4,)](torch.arange(6.0), torch.zeros(1), 6, ATOMIC=True)
    assert heard == [
        ("total", 0, "loads", ["x"], 4, 4),
        ("total", 0, "stores", ["out"], 1, 1),
        ("total", 1, "loads", ["x"], 2, 4),
        ("total", 1, "stores", ["out"], 1, 1),
        ("into_one", 0, "loads", ["x"], 4, 4),
        ("into_one", 0, "updates", ["out"], 1, 1),
    ]
