"""Convolution, its transpose and its gradients as operations that PyTorch knows."""

from collections.abc import Sequence
from typing import Any

import torch

from kernels import precision as precisions
from kernels.library import first_gradient_only, operation
from kernels.window import Window

Ints = Sequence[int]
Maybe = torch.Tensor | None


def channels_last(*tensors: torch.Tensor) -> bool:
    """Whether one of these has its channels side by side, and is not contiguous as well."""
    return any(one.is_contiguous(memory_format=torch.channels_last) and not one.is_contiguous() for one in tensors)


def _made(like: torch.Tensor, shape: Ints, last: bool) -> torch.Tensor:
    """Room for a result: channels last, or contiguous."""
    layout = torch.channels_last if last else torch.contiguous_format
    return torch.empty(tuple(shape), dtype=like.dtype, device=like.device, memory_format=layout)


def _filters(w: torch.Tensor, last: bool) -> torch.Tensor:
    """The weight as the kernels read it best: its channels side by side where those of the input are."""
    return w.contiguous(memory_format=torch.channels_last) if last else w


def _window(w: Ints, stride: Ints, padding: Ints, dilation: Ints) -> Window:
    pairs = [(int(w[2]), int(w[3])), *((int(one[0]), int(one[1])) for one in (stride, padding, dilation))]
    return Window(*pairs)


def _norm(mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe, eps: float) -> Any:
    from kernels.launch.conv import Norm

    return None if mean is None or var is None else Norm(mean, var, gamma, beta, eps)


def _forward(
    x: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    from kernels.launch import conv as launch

    last = channels_last(x, w)
    window = _window(w.shape, stride, padding, dilation)
    y = _made(x, (x.shape[0], w.shape[0], *window.output(x.shape[2:])), last)
    if y.numel():
        for start in launch.forward(
            x, _filters(w, last), bias, _norm(mean, var, gamma, beta, eps), y, window, groups,
            relu=relu, precision=precision or precisions.of_convolutions(),
        ):  # fmt: skip
            start.run()
    return y


def _forward_fake(
    x: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    size = Window((w.shape[2], w.shape[3]), *((one[0], one[1]) for one in (stride, padding, dilation)))
    return _made(x, (x.shape[0], w.shape[0], *size.output(x.shape[2:])), channels_last(x, w))


def _transposed(
    dy: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    from kernels.launch import conv as launch

    last = channels_last(dy, w)
    dx = _made(dy, (dy.shape[0], w.shape[1] * groups, *size), last)
    if dx.numel():
        for start in launch.transposed(
            dy, _filters(w, last), bias, _norm(mean, var, gamma, beta, eps), dx,
            _window(w.shape, stride, padding, dilation), groups,
            relu=relu, precision=precision or precisions.of_convolutions(),
        ):  # fmt: skip
            start.run()
    return dx


def _transposed_fake(
    dy: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    return _made(dy, (dy.shape[0], w.shape[1] * groups, *size), channels_last(dy, w))


def _weight_gradient(
    x: torch.Tensor, dy: torch.Tensor, size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int,
    last: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    from kernels.launch import conv as launch

    dw = _made(x, size, last)
    if dy.numel() == 0 or x.numel() == 0:
        return dw.zero_()
    for start in launch.weight_gradient(
        x, dy, dw, _window(size, stride, padding, dilation), groups,
        precision=precision or precisions.of_convolutions(),
    ):  # fmt: skip
        start.run()
    return dw


def _weight_gradient_fake(
    x: torch.Tensor, dy: torch.Tensor, size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int,
    last: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    return _made(x, size, last)


_WINDOW = "int[2] stride, int[2] padding, int[2] dilation, int groups"
_AFTER = "Tensor? bias, Tensor? mean, Tensor? var, Tensor? gamma, Tensor? beta"

forward = operation(
    f"conv_forward(Tensor x, Tensor w, {_AFTER}, {_WINDOW}, float eps, bool relu, str precision) -> Tensor",
    _forward,
    _forward_fake,
)
transposed = operation(
    f"conv_transposed(Tensor dy, Tensor w, {_AFTER}, SymInt[] size, {_WINDOW}, float eps, bool relu, str precision) "
    "-> Tensor",
    _transposed,
    _transposed_fake,
)
weight_gradient = operation(
    f"conv_weight_gradient(Tensor x, Tensor dy, SymInt[] size, {_WINDOW}, bool last, str precision) -> Tensor",
    _weight_gradient,
    _weight_gradient_fake,
)


def _behind_relu(ctx: Any, dy: torch.Tensor) -> torch.Tensor:
    """The cotangent behind the ReLU, if there was one: nothing comes through where it cut off."""
    if not ctx.relu:
        return dy
    cut: torch.Tensor = torch.ops.aten.threshold_backward(dy, ctx.saved_tensors[2], 0)
    return cut


def _bias_gradient(dy: torch.Tensor, dtype: torch.dtype | None) -> torch.Tensor | None:
    return None if dtype is None else dy.sum((0, 2, 3)).to(dtype)


class Convolution(torch.autograd.Function):
    """y = relu(conv(x, w) + bias) with its first gradients, [N, C, H, W] by [OC, C/groups, KH, KW]."""

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, w: torch.Tensor, bias: Maybe, stride: Ints, padding: Ints, dilation: Ints,
        groups: int, relu: bool, precision: str,
    ) -> torch.Tensor:  # fmt: skip
        y: torch.Tensor = forward(
            x, w, bias, None, None, None, None, stride, padding, dilation, groups, 0.0, relu, precision
        )
        ctx.save_for_backward(x, w, *((y,) if relu else ()))
        ctx.window, ctx.relu, ctx.precision = (stride, padding, dilation, groups), relu, precision
        ctx.bias = None if bias is None else bias.dtype
        return y

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dy: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        x, w = ctx.saved_tensors[:2]
        dy = _behind_relu(ctx, dy)
        dx = dw = db = None
        if ctx.needs_input_grad[0]:
            dx = transposed(dy, w, None, None, None, None, None, x.shape[2:], *ctx.window, 0.0, False, ctx.precision)
        if ctx.needs_input_grad[1]:
            dw = weight_gradient(x, dy, w.shape, *ctx.window, channels_last(w), ctx.precision)
        if ctx.needs_input_grad[2]:
            db = _bias_gradient(dy, ctx.bias)
        return dx, dw, db, None, None, None, None, None, None


class Transposed(torch.autograd.Function):
    """y = relu(conv_transpose(x, w) + bias) with its first gradients, [N, C, H, W] by [C, OC/groups, KH, KW]."""

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, w: torch.Tensor, bias: Maybe, size: Ints, stride: Ints, padding: Ints,
        dilation: Ints, groups: int, relu: bool, precision: str,
    ) -> torch.Tensor:  # fmt: skip
        y: torch.Tensor = transposed(
            x, w, bias, None, None, None, None, size, stride, padding, dilation, groups, 0.0, relu, precision
        )
        ctx.save_for_backward(x, w, *((y,) if relu else ()))
        ctx.window, ctx.relu, ctx.precision = (stride, padding, dilation, groups), relu, precision
        ctx.bias = None if bias is None else bias.dtype
        return y

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dy: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        x, w = ctx.saved_tensors[:2]
        dy = _behind_relu(ctx, dy)
        dx = dw = db = None
        if ctx.needs_input_grad[0]:
            dx = forward(dy, w, None, None, None, None, None, *ctx.window, 0.0, False, ctx.precision)
        if ctx.needs_input_grad[1]:
            dw = weight_gradient(dy, x, w.shape, *ctx.window, channels_last(w), ctx.precision)
        if ctx.needs_input_grad[2]:
            db = _bias_gradient(dy, ctx.bias)
        return dx, dw, db, None, None, None, None, None, None, None
