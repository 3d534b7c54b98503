"""The calls whose kernels are compiled ahead of time: every kernel, with each of the configurations that we ship.

All tensors are on the device "meta": they have a shape, strides and a dtype, and no memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch

from kernels.launch import Launch
from kernels.launch import batch_norm as batch_norm_launch

HALF, SINGLE, DOUBLE = torch.bfloat16, torch.float32, torch.float64


@dataclass(frozen=True, slots=True)
class Call:
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
    statistics = DOUBLE if dtype == DOUBLE else SINGLE
    weight, bias, mean, var, save_mean, save_rstd, dweight, dbias = (
        torch.empty(shape[1], dtype=statistics, device="meta") for _ in range(8)
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


def batch_norm_calls() -> Iterator[Call]:
    for dtype in (HALF, SINGLE, DOUBLE):
        for name, shape, last in (
            ("[64,32]", (64, 32), False),
            ("[64,16,28,28]", (64, 16, 28, 28), False),
            ("[256,64,56,56]", (256, 64, 56, 56), False),
            ("[256,64,56,56] channels last", (256, 64, 56, 56), True),
        ):
            yield Call(f"batch_norm {name} {_short(dtype)}", lambda s=shape, d=dtype, c=last: batch_norm(s, d, last=c))  # type: ignore[misc]
    shape = (256, 64, 56, 56)
    yield Call(
        f"batch_norm {list(shape)} bf16, evaluation", lambda: batch_norm(shape, HALF, training=False, residual=False)
    )


def _short(dtype: torch.dtype) -> str:
    return {HALF: "bf16", torch.float16: "fp16", SINGLE: "fp32", DOUBLE: "fp64"}[dtype]


OPERATIONS: dict[str, Callable[[], Iterator[Call]]] = {"batch_norm": batch_norm_calls}


def one_of_each() -> dict[str, Launch]:
    """A launch of every kernel that we have, by the kernel's name: the first that is shipped."""
    found: dict[str, Launch] = {}
    for calls in OPERATIONS.values():
        for call in calls():
            for launch in call.launches():
                found.setdefault(launch.kernel.__name__, launch)
    return found
