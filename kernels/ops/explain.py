"""What a call would use, and why, without doing it."""

from collections.abc import Callable
from typing import Any

from kernels.dispatch.choice import Choice
from kernels.ops import attention, batch_norm, conv, im2col, luong

_CHOICES: dict[str, Callable[..., Choice]] = {
    "attention": attention.choice,
    "batch_norm": batch_norm.choice,
    "col2im": im2col.col2im_choice,
    "conv1d": conv.choice,
    "conv2d": conv.choice,
    "conv_transpose1d": conv.transposed_choice,
    "conv_transpose2d": conv.transposed_choice,
    "explicit_conv2d": im2col.explicit_choice,
    "im2col": im2col.choice,
    "luong_attention": luong.choice,
}


def explain(operation: str, *arguments: Any, **named: Any) -> Choice:
    """What a call of an operation with these arguments would use, and why, without doing it.

    `operation` is its name, such as "batch_norm". Raises `ValueError` for another name, and `BackendError` where the
    call would.
    """
    if operation not in _CHOICES:
        raise ValueError(f"{operation!r} is no operation. There are {', '.join(sorted(_CHOICES))}.")
    return _CHOICES[operation](*arguments, **named)
