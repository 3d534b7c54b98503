"""Fused operations for training: fast on a GPU, exact everywhere.

    from kernels import attention, batch_norm, conv2d, luong_attention

Each picks Triton kernels or PyTorch by itself; `explain` says which, and why. `kernels.nn` has them as modules that
stand in for PyTorch's. Importing this package imports no Triton.
"""

from collections.abc import Callable
from typing import Any

from kernels import attention as _attention
from kernels import batch_norm as _batch_norm
from kernels import conv as _conv
from kernels import im2col as _im2col
from kernels import luong as _luong
from kernels.choice import BackendError, Choice, backend
from kernels.conv import conv1d, conv2d, conv_transpose1d, conv_transpose2d
from kernels.im2col import col2im, explicit_conv2d
from kernels.norm import Norm

attention = _attention.attention
batch_norm = _batch_norm.batch_norm
im2col = _im2col.im2col
luong_attention = _luong.luong_attention

_CHOICES: dict[str, Callable[..., Choice]] = {
    "attention": _attention.choice,
    "batch_norm": _batch_norm.choice,
    "conv1d": _conv.choice,
    "conv2d": _conv.choice,
    "conv_transpose1d": _conv.transposed_choice,
    "conv_transpose2d": _conv.transposed_choice,
    "im2col": _im2col.choice,
    "luong_attention": _luong.choice,
}


def explain(operation: str, *arguments: Any, **named: Any) -> Choice:
    """What a call of an operation with these arguments would use, and why, without doing it.

    `operation` is its name, such as "batch_norm". Raises `ValueError` for another name, and `BackendError` where the
    call would.
    """
    if operation not in _CHOICES:
        raise ValueError(f"{operation!r} is no operation. There are {', '.join(sorted(_CHOICES))}.")
    return _CHOICES[operation](*arguments, **named)


__all__ = [
    "BackendError",
    "Choice",
    "Norm",
    "attention",
    "backend",
    "batch_norm",
    "col2im",
    "conv1d",
    "conv2d",
    "conv_transpose1d",
    "conv_transpose2d",
    "explain",
    "explicit_conv2d",
    "im2col",
    "luong_attention",
]
