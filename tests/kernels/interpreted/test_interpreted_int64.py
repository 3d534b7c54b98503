"""Elements that lie beyond what 32 bits can count, without the memory for them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
import torch.nn.functional as F
import triton
import triton.language as tl

from kernels import attention, conv2d, luong_attention
from kernels.device.batch_norm import tile_offsets
from kernels.device.common import indices
from kernels.device.interpreter import overflow_is_an_error
from kernels.launch import conv as conv_launch
from kernels.launch import im2col as im2col_launch
from kernels.launch.arguments import needs_int64
from kernels.launch.launch import Launch
from kernels.types.window import Window
from tests.kernels.measure import assert_close

DISTANCE = 2**31  # elements


@triton.jit
def offsets_of_a_tile(out, n0, s0, N, C, S, stride_n, stride_c, stride_s, INT64: tl.constexpr):
    offsets, exists = tile_offsets(0, n0, s0, N, C, S, stride_n, stride_c, stride_s, 4, 2, 8, INT64)
    place = tl.arange(0, 16)[:, None] * 4 + tl.arange(0, 4)[None, :]
    tl.store(out + place, tl.where(exists, offsets, -1))


@pytest.mark.parametrize(
    ("sizes", "strides"),
    [((70_000, 4, 10_000), (40_000, 10_000, 1)), ((1, 4, 700_000_000), (0, 1, 4))],
    ids=["contiguous", "channels last"],
)
def test_the_last_tile_of_a_batch_norm_is_found(sizes: tuple[int, ...], strides: tuple[int, ...]) -> None:
    n, _, s = sizes
    n0, s0 = max(0, n - 1), s - 5
    out = torch.zeros(16, 4, dtype=torch.int64)
    offsets_of_a_tile[(1,)](out, n0, s0, *sizes, *strides, INT64=True)
    for r in range(16):
        for channel in range(4):
            image, pixel = n0 + r // 8, s0 + r % 8
            right = image * strides[0] + channel * strides[1] + pixel * strides[2]
            assert out[r, channel] == (right if image < n and pixel < s else -1)
    assert int(out.max()) > DISTANCE
    with overflow_is_an_error(), pytest.raises(Exception, match="int32 overflow"):
        offsets_of_a_tile[(1,)](out, n0, s0, *sizes, *strides, INT64=False)


def far_apart(one: torch.Tensor) -> torch.Tensor:
    """A copy whose first and second image lie 2^31 elements apart. Between them is memory that is never touched."""
    inner = one[0].numel()
    room = torch.empty(DISTANCE + inner, dtype=one.dtype)
    view = room.as_strided(one.shape, (DISTANCE, *one[0].contiguous().stride()))
    view.copy_(one)
    assert needs_int64(view) and not needs_int64(one)
    return view


def test_a_convolution_reaches_an_image_that_lies_far_away() -> None:
    x, w = torch.randn(2, 3, 6, 5).half(), torch.randn(4, 3, 3, 3).half()
    tensors: list[Any] = [one.detach().requires_grad_() for one in (far_apart(x), w)]
    y = conv2d(*tensors, backend="interpret")
    got = [y, *torch.autograd.grad(y, tensors, torch.ones_like(y))]
    right = [x.double().requires_grad_(), w.double().requires_grad_()]
    expected = F.conv2d(right[0], right[1])
    assert_close(got, [expected, *torch.autograd.grad(expected, right, torch.ones_like(expected))], torch.float16)


def spread(one: torch.Tensor, axis: int) -> torch.Tensor:
    """A copy whose two entries along an axis lie 2^31 elements apart, the rest side by side."""
    assert one.shape[axis] == 2
    strides = list(one.select(axis, 0).contiguous().stride())
    strides.insert(axis, DISTANCE)
    room = torch.empty(DISTANCE + one.numel(), dtype=one.dtype)
    view = room.as_strided(one.shape, strides)
    view.copy_(one)
    assert needs_int64(view)
    return view


@pytest.mark.parametrize("axis", [0, 1, 2], ids=["batch", "head", "position"])
def test_attention_reaches_what_lies_far_away(axis: int) -> None:
    q, k, v = (torch.randn(2, 2, 2, 8).half() for _ in range(3))
    tensors: list[Any] = [one.detach().requires_grad_() for one in (spread(q, axis), k, spread(v, axis))]
    o = attention(*tensors, backend="interpret")
    got = [o, *torch.autograd.grad(o, tensors, torch.ones_like(o))]
    right = [one.double().requires_grad_() for one in (q, k, v)]
    expected = F.scaled_dot_product_attention(right[0], right[1], right[2])
    gradients = torch.autograd.grad(expected, right, torch.ones_like(expected))
    # the weights of a row sum to 1 whatever the scores, so that with this cotangent only the values have a gradient
    assert_close([got[0], got[3]], [expected, gradients[2]], torch.float16)


@pytest.mark.parametrize("axis", [0, 1], ids=["batch", "position"])
def test_luong_attention_reaches_what_lies_far_away(axis: int) -> None:
    q, k = torch.randn(2, 8).half(), torch.randn(2, 2, 8).half()
    own = [q, spread(k, axis).requires_grad_()]
    context, weights = luong_attention(*own, backend="interpret")
    (gradient,) = torch.autograd.grad(context, own[1], torch.ones_like(context))
    states = k.double().requires_grad_()
    right, even = luong_attention(q.double(), states)
    (expected,) = torch.autograd.grad(right, states, torch.ones_like(right))
    assert_close([context, weights, gradient], [right, even, expected], torch.float16)


def channels_apart(one: torch.Tensor) -> torch.Tensor:
    """A copy in which two channels are counted in 32 bits, and the third lies beyond them."""
    strides = list(one.stride())
    strides[1] = DISTANCE * 5 // 9
    room = torch.empty(one.shape[0] * one[0, 0].numel() + (one.shape[1] - 1) * strides[1], dtype=one.dtype)
    strides[0] = one[0, 0].numel()
    view = room.as_strided(one.shape, strides)
    view.copy_(one)
    return view


@pytest.mark.parametrize("groups", [1, 3], ids=["product", "depthwise"])
def test_convolutions_and_their_gradients_reach_a_channel_that_lies_far_away(groups: int) -> None:
    x, w, dy = (torch.randn(size).half() for size in ((2, 3, 5, 4), (3, 3 // groups, 2, 3), (2, 3, 4, 2)))
    near: list[Any] = [one.double().requires_grad_() for one in (x, w)]
    right = F.conv2d(near[0], near[1], groups=groups)
    expected = [right, *torch.autograd.grad(right, near, dy.double())]
    far: list[Any] = [channels_apart(x).requires_grad_(), w.detach().requires_grad_()]
    with overflow_is_an_error():
        y = conv2d(far[0], far[1], groups=groups, backend="interpret")
        got = [y, *torch.autograd.grad(y, far, channels_apart(dy))]
    assert_close(got, expected, torch.float16)


def test_grouped_channels_that_lie_far_away_are_reached() -> None:
    x, w = torch.randn(1, 4, 5, 4).half(), torch.randn(2, 2, 2, 3).half()
    with overflow_is_an_error():
        y = conv2d(channels_apart(x), w, groups=2, backend="interpret")
    assert_close([y], [F.conv2d(x.double(), w.double(), groups=2)], torch.float16)


@triton.jit
def indices_of_a_block(out, block, SIZE: tl.constexpr, INT64: tl.constexpr):
    tl.store(out + tl.arange(0, SIZE), indices(block, SIZE, INT64))


def test_the_pixels_of_a_last_block_are_counted_beyond_32_bits() -> None:
    out = torch.zeros(16, dtype=torch.int64)
    indices_of_a_block[(1,)](out, 2**27 + 3, 16, True)
    assert out.tolist() == list(range(2**31 + 48, 2**31 + 64))


def meta(*shape: int) -> torch.Tensor:
    return torch.empty(shape, dtype=torch.float16, device="meta")


def first_program(launch: Launch, **real: Any) -> None:
    """Runs the first program of a launch that was planned without memory, on tensors that have some."""
    with overflow_is_an_error():
        replace(launch, grid=(1,), arguments=launch.arguments | real).run()


POINT = Window((1, 1), (1, 1), (0, 0), (1, 1))


@pytest.mark.parametrize("groups", [1, 2], ids=["product", "depthwise"])
@pytest.mark.parametrize("plan", [conv_launch.forward, conv_launch.transposed], ids=["forward", "transposed"])
def test_as_many_pixels_as_32_bits_count_are_written(plan: Any, groups: int) -> None:
    big = meta(1, groups, 2**15, 2**16)
    x, w, y = torch.randn(40_000).half(), torch.ones(groups, 1, 1, 1).half(), torch.full((40_000,), torch.nan).half()
    [launch] = plan(big, w, None, None, torch.empty_like(big), POINT, groups, relu=False, precision="ieee")
    given, result = ("x", "y") if plan is conv_launch.forward else ("dy", "dx")
    block = launch.constants["BM"]
    first_program(launch, **{given: x, result: y, "x_c": 20_000, "y_c": 20_000})
    assert torch.equal(y[:block], x[:block]) and torch.isnan(y[block])


def test_the_columns_of_one_picture_may_be_more_than_32_bits_count() -> None:
    pixels = DISTANCE * 5 // 12  # of each of three channels
    x, columns, wide = meta(1, 3, 1, pixels), meta(1, 3, pixels), torch.empty(3, pixels, dtype=torch.float16)
    small = torch.randn(3, 4096).half()
    strides = {"x_c": 4096, "x_h": 4096}
    [launch] = im2col_launch.im2col(x, columns, POINT)
    first_program(launch, x=small, columns=wide, **strides)
    assert torch.equal(wide[:, : launch.constants["BL"]], small[:, : launch.constants["BL"]])
    [launch] = im2col_launch.col2im(columns, x, POINT)
    back = torch.zeros_like(small)
    first_program(launch, x=back, columns=wide, **strides)
    assert torch.equal(back[:, :1024], small[:, :1024]) and not back[:, 1024:].any()
