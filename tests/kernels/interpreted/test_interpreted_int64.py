"""Elements that lie beyond what 32 bits can count, without the memory for them."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
import triton
import triton.language as tl

from kernels import attention, conv2d, luong_attention
from kernels.device.batch_norm import tile_offsets
from kernels.device.interpreter import overflow_is_an_error
from kernels.launch.arguments import needs_int64
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
