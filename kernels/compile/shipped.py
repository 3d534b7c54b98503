"""The calls whose kernels are compiled ahead of time: every kernel, with each of the configurations that we ship.

All tensors are on the device "meta": they have a shape, strides and a dtype, and no memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch

from kernels.launch import attention as attention_launch
from kernels.launch import batch_norm as batch_norm_launch
from kernels.launch import conv as conv_launch
from kernels.launch import im2col as im2col_launch
from kernels.launch import luong as luong_launch
from kernels.launch.launch import Launch
from kernels.types.dtypes import SHORT, accumulator
from kernels.types.norm import Norm
from kernels.types.window import Window

HALF, SINGLE, DOUBLE = torch.bfloat16, torch.float32, torch.float64


@dataclass(frozen=True, slots=True)
class ShippedCall:
    """A call of an operation, by a name that says its shape and dtype, and the launches it makes."""

    name: str
    launches: Callable[[], list[Launch]]


def batch_norm(
    shape: tuple[int, ...], dtype: torch.dtype, *, last: bool = False, training: bool = True, residual: bool = True
) -> list[Launch]:
    """Forward and backward, with gamma, beta and a ReLU."""
    layout = torch.channels_last if last else torch.contiguous_format
    x, y, dy, dx = (torch.empty(shape, dtype=dtype, device="meta", memory_format=layout) for _ in range(4))
    other, dother = (torch.empty_like(x), torch.empty_like(x)) if residual else (None, None)
    weight, bias, mean, var, save_mean, save_rstd, dweight, dbias = (
        torch.empty(shape[1], dtype=accumulator(dtype), device="meta") for _ in range(8)
    )
    return [
        *batch_norm_launch.forward(
            x, weight, bias, mean, var, other, y, save_mean, save_rstd,
            training=training, momentum=0.1, eps=1e-5, relu=True,
        ),
        *batch_norm_launch.backward(
            dy, x, y if residual else None, weight, bias, save_mean, save_rstd, dx, dother, dweight, dbias,
            training=training, relu=True,
        ),
    ]  # fmt: skip


def batch_norm_calls() -> Iterator[ShippedCall]:
    for dtype in (HALF, SINGLE, DOUBLE):
        for name, shape, last in (
            ("[64,32]", (64, 32), False),
            ("[64,16,28,28]", (64, 16, 28, 28), False),
            ("[256,64,56,56]", (256, 64, 56, 56), False),
            ("[256,64,56,56] channels last", (256, 64, 56, 56), True),
        ):
            yield ShippedCall(f"batch_norm {name} {SHORT[dtype]}", partial(batch_norm, shape, dtype, last=last))
    shape = (256, 64, 56, 56)
    yield ShippedCall(
        f"batch_norm {list(shape)} bf16, evaluation", lambda: batch_norm(shape, HALF, training=False, residual=False)
    )


def convolution(
    x_shape: tuple[int, int, int, int],
    channels: int,
    window: Window,
    dtype: torch.dtype,
    precision: str,
    *,
    last: bool = True,
    groups: int = 1,
) -> list[Launch]:
    """Forward with all that can follow, and both gradients."""
    layout = torch.channels_last if last else torch.contiguous_format

    def made(*shape: int) -> torch.Tensor:
        return torch.empty(shape, dtype=dtype, device="meta", memory_format=layout)

    n, own = x_shape[0], x_shape[1] // groups
    x, w, y = made(*x_shape), made(channels, own, *window.size), made(n, channels, *window.output(x_shape[2:]))
    bias, mean, var, gamma, beta = (torch.empty(channels, dtype=accumulator(dtype), device="meta") for _ in range(5))
    norm = Norm(mean, var, gamma, beta, 1e-5)
    return [
        *conv_launch.forward(x, w, bias, norm, y, window, groups, relu=True, precision=precision),
        *conv_launch.transposed(y, w, None, None, x, window, groups, relu=False, precision=precision),
        *conv_launch.weight_gradient(x, y, w, window, groups, precision=precision),
    ]


def conv_calls() -> Iterator[ShippedCall]:
    three, pointwise = Window((3, 3), (1, 1), (1, 1), (1, 1)), Window((1, 1), (1, 1), (0, 0), (1, 1))
    strided, first = Window((3, 3), (2, 2), (1, 1), (1, 1)), Window((7, 7), (2, 2), (3, 3), (1, 1))
    sizes: tuple[tuple[str, tuple[int, int, int, int], int, Window], ...] = (
        ("64x1x28x28 to 16, 3x3", (64, 1, 28, 28), 16, three),
        ("128x3x32x32 to 32, 3x3", (128, 3, 32, 32), 32, three),
        ("256x64x56x56 to 64, 3x3", (256, 64, 56, 56), 64, three),
        ("256x128x56x56 to 128, 3x3, stride 2", (256, 128, 56, 56), 128, strided),
        ("256x64x56x56 to 256, 1x1", (256, 64, 56, 56), 256, pointwise),
        ("256x3x224x224 to 64, 7x7, stride 2", (256, 3, 224, 224), 64, first),
    )
    for dtype, precision in ((HALF, "ieee"), (SINGLE, "tf32"), (SINGLE, "ieee"), (DOUBLE, "ieee")):
        for name, shape, channels, window in sizes if dtype == HALF else sizes[:3]:
            text = f"conv {name} {SHORT[dtype]}" + (f" {precision}" if dtype == SINGLE else "")
            yield ShippedCall(text, partial(convolution, shape, channels, window, dtype, precision))
    depthwise = partial(convolution, (64, 32, 28, 28), 32, three, HALF, "ieee", groups=32)
    yield ShippedCall("conv 64x32x28x28 depthwise bf16", depthwise)
    twice = partial(convolution, (64, 32, 28, 28), 64, strided, SINGLE, "ieee", groups=32, last=False)
    yield ShippedCall("conv 64x32x28x28 to 64, depthwise, stride 2, contiguous fp32", twice)
    yield ShippedCall(
        "conv 64x16x28x28 to 32 contiguous fp32 tf32",
        partial(convolution, (64, 16, 28, 28), 32, three, SINGLE, "tf32", last=False),
    )


def im2col_calls() -> Iterator[ShippedCall]:
    window = Window((3, 3), (1, 1), (1, 1), (1, 1))

    def both(dtype: torch.dtype) -> list[Launch]:
        x = torch.empty((64, 16, 28, 28), dtype=dtype, device="meta")
        columns = torch.empty((64, 16 * 9, 28 * 28), dtype=dtype, device="meta")
        return [*im2col_launch.im2col(x, columns, window), *im2col_launch.col2im(columns, x, window)]

    for dtype in (HALF, SINGLE):
        yield ShippedCall(f"im2col 64x16x28x28, 3x3 {SHORT[dtype]}", partial(both, dtype))


def attention(
    shape: tuple[int, int, int, int],
    dtype: torch.dtype,
    precision: str,
    *,
    keys: int | None = None,
    group: int = 1,
    causal: bool = False,
    lengths: bool = False,
    query_lengths: bool = False,
    mask: bool = False,
) -> list[Launch]:
    """Forward and backward, of [B, H, S, D] on as many keys or another number of them."""
    batch, heads, queries, width = shape
    length = queries if keys is None else keys
    q, o, do, dq = (torch.empty(shape, dtype=dtype, device="meta") for _ in range(4))
    k, v, dk, dv = (torch.empty((batch, heads // group, length, width), dtype=dtype, device="meta") for _ in range(4))
    lse, delta = (torch.empty(shape[:3], dtype=accumulator(dtype), device="meta") for _ in range(2))
    ends = torch.empty(batch, dtype=torch.int64, device="meta")
    call = attention_launch.AttentionInputs(
        q, k, v, ends if lengths else None, ends if query_lengths else None,
        torch.empty((batch, length), dtype=torch.bool, device="meta") if mask else None,
        causal, width**-0.5, precision,
    )  # fmt: skip
    return [*call.forward(o, lse), *call.backward(o, do, lse, delta, dq, dk, dv)]


def attention_calls() -> Iterator[ShippedCall]:
    every: dict[str, Any] = {"group": 4, "causal": True, "lengths": True, "mask": True}
    for dtype, precision in (
        (HALF, "ieee"),
        (torch.float16, "ieee"),
        (SINGLE, "tf32"),
        (SINGLE, "tf32x3"),
        (SINGLE, "ieee"),
        (DOUBLE, "ieee"),
    ):
        for shape in ((16, 16, 4096, 64), (16, 16, 4096, 128)):
            for what in ({}, {"causal": True}, {"lengths": True}, every) if dtype == HALF else ({"causal": True},):
                text = f"attention {list(shape)} {SHORT[dtype]}" + (f" {precision}" if dtype == SINGLE else "")
                yield ShippedCall(" ".join([text, *what]), partial(attention, shape, dtype, precision, **what))
    course = partial(attention, (32, 4, 50, 32), SINGLE, "ieee", lengths=True)
    yield ShippedCall("attention [32, 4, 50, 32] fp32 ieee lengths", course)
    for heads, keys in ((16, 1000), (1, 1)):  # a size of 1 is a constant for the compiler
        one = partial(attention, (4, heads, 1, 64), HALF, "ieee", keys=keys, lengths=True)
        yield ShippedCall(f"attention [4, {heads}, 1, 64] bf16 lengths, {keys} keys", one)
    for length in (1000, 1024):  # the last block is not full, or is
        for width in (64, 128):
            for more in ({}, {"lengths": True}, {"group": 4}, {"group": 4, "lengths": True}):
                how: dict[str, Any] = {"causal": True, **more}
                call = partial(attention, (4, 16, length, width), HALF, "ieee", **how)
                yield ShippedCall(" ".join([f"attention [4, 16, {length}, {width}] bf16", *how]), call)
    for width in (64, 128):
        for kind in ({}, {"causal": True}, {"group": 4}, {"causal": True, "group": 4}):
            padded: dict[str, Any] = {"lengths": True, "query_lengths": True, **kind}
            call = partial(attention, (4, 16, 1024, width), HALF, "ieee", **padded)
            yield ShippedCall(" ".join([f"attention [4, 16, 1024, {width}] bf16", *padded]), call)
    for width in (64, 128):
        for marked in ({"mask": True}, {"causal": True, "lengths": True, "query_lengths": True, "mask": True}):
            call = partial(attention, (4, 16, 1000, width), HALF, "ieee", **marked)
            yield ShippedCall(" ".join([f"attention [4, 16, 1000, {width}] bf16", *marked]), call)
    grouped = partial(attention, (4, 16, 1024, 128), HALF, "ieee", group=4)
    yield ShippedCall("attention [4, 16, 1024, 128] bf16 group", grouped)
    for width in (40, 80):
        odd = partial(attention, (4, 16, 1000, width), HALF, "ieee", **every)
        yield ShippedCall(" ".join([f"attention [4, 16, 1000, {width}] bf16", *every]), odd)


def luong(
    shape: tuple[int, int, int], dtype: torch.dtype, *, values: int | None = None, lengths: bool = True
) -> list[Launch]:
    """Forward and backward, of a query for each of [B, S, D], with gradients of both results."""
    batch, length, width = shape
    q, dq = (torch.empty((batch, width), dtype=dtype, device="meta") for _ in range(2))
    k, dk = (torch.empty(shape, dtype=dtype, device="meta") for _ in range(2))
    v, dv = (None if values is None else k.new_empty((batch, length, values)) for _ in range(2))
    context, weights = q.new_empty((batch, values or width)), q.new_empty((batch, length))
    sums = accumulator(dtype)
    saved = {
        "scores": torch.empty_like(weights, dtype=sums),
        "lse": q.new_empty(batch, dtype=sums),
        "mean": torch.empty_like(context, dtype=sums),
    }
    ends = torch.empty(batch, dtype=torch.int64, device="meta") if lengths else None
    call = luong_launch.LuongInputs(q, k, v, ends, 1.0)
    gradients = {"dq": dq, "dk": dk, "dv": dv}
    return [*call.forward(context, weights, saved), *call.backward(saved, context, weights, gradients)]


def luong_calls() -> Iterator[ShippedCall]:
    for dtype in (HALF, SINGLE, DOUBLE):
        for shape in ((32, 20, 256), (512, 2048, 1024)):
            yield ShippedCall(f"luong {list(shape)} {SHORT[dtype]}", partial(luong, shape, dtype))
        few = partial(luong, (4, 2048, 1024), dtype)
        yield ShippedCall(f"luong [4, 2048, 1024] {SHORT[dtype]}", few)
        yield ShippedCall(
            f"luong [32, 20, 256] {SHORT[dtype]}, values of 100",
            partial(luong, (32, 20, 256), dtype, values=100, lengths=False),
        )
        yield ShippedCall(
            f"luong [4, 2048, 512] {SHORT[dtype]}, values of 256", partial(luong, (4, 2048, 512), dtype, values=256)
        )


OPERATIONS: dict[str, Callable[[], Iterator[ShippedCall]]] = {
    "attention": attention_calls,
    "batch_norm": batch_norm_calls,
    "conv": conv_calls,
    "im2col": im2col_calls,
    "luong": luong_calls,
}


def one_of_each() -> dict[str, Launch]:
    """A launch of every kernel that we have, by the kernel's name: the first that is shipped."""
    found: dict[str, Launch] = {}
    for calls in OPERATIONS.values():
        for call in calls():
            for launch in call.launches():
                found.setdefault(launch.kernel.__name__, launch)
    return found
