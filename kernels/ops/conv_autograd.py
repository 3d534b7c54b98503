"""Convolution, its transpose and its gradients as operations that PyTorch knows."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from kernels.ops.library import first_gradient_only, operation
from kernels.ops.planned import Planned
from kernels.types import precision as precisions
from kernels.types.layout import channels_last, packed
from kernels.types.norm import Norm
from kernels.types.window import Window

Ints = Sequence[int]
Maybe = torch.Tensor | None
NO_NORM = (None, None, None, None)


def _empty(like: torch.Tensor, shape: Ints, last: bool) -> torch.Tensor:
    """Room for a result: channels last, or contiguous."""
    layout = torch.channels_last if last else torch.contiguous_format
    return torch.empty(tuple(shape), dtype=like.dtype, device=like.device, memory_format=layout)


def _filters(w: torch.Tensor, last: bool) -> torch.Tensor:
    """The weight as the kernels read it best: its channels side by side where those of the input are."""
    return w.contiguous(memory_format=torch.channels_last) if last else w


def _window(w: torch.Tensor, stride: Ints, padding: Ints, dilation: Ints) -> Window:
    return Window(*((one[0], one[1]) for one in (w.shape[2:], stride, padding, dilation)))


def _norm(mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe, eps: float) -> Norm | None:
    if mean is None or var is None:
        return None
    return Norm(mean.contiguous(), var.contiguous(), packed(gamma), packed(beta), eps)


def _output(x: torch.Tensor, w: torch.Tensor, window: Window) -> torch.Tensor:
    """Room for a convolution's output."""
    return _empty(x, (x.shape[0], w.shape[0], *window.output(x.shape[2:])), channels_last(x, w))


def _input(dy: torch.Tensor, w: torch.Tensor, size: Ints, groups: int) -> torch.Tensor:
    """Room for a transposed convolution's output."""
    return _empty(dy, (dy.shape[0], w.shape[1] * groups, *size), channels_last(dy, w))


def _forward(
    x: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    from kernels.launch import conv as launches

    window = _window(w, stride, padding, dilation)
    y = _output(x, w, window)
    if y.numel():
        for launch in launches.forward(
            x, _filters(w, channels_last(x, w)), packed(bias), _norm(mean, var, gamma, beta, eps), y, window, groups,
            relu=relu, precision=precision or precisions.of_convolutions(),
        ):  # fmt: skip
            launch.run()
    return y


def _forward_fake(
    x: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    return _output(x, w, _window(w, stride, padding, dilation))


def _transposed(
    dy: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    from kernels.launch import conv as launches

    dx = _input(dy, w, size, groups)
    if dx.numel():
        for launch in launches.transposed(
            dy, _filters(w, channels_last(dy, w)), packed(bias), _norm(mean, var, gamma, beta, eps), dx,
            _window(w, stride, padding, dilation), groups,
            relu=relu, precision=precision or precisions.of_convolutions(),
        ):  # fmt: skip
            launch.run()
    return dx


def _transposed_fake(
    dy: torch.Tensor, w: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int, eps: float, relu: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    return _input(dy, w, size, groups)


def _weight_gradient(
    x: torch.Tensor, dy: torch.Tensor, size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int,
    last: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    from kernels.launch import conv as launches

    dw = _empty(x, size, last)
    if dy.numel() == 0 or x.numel() == 0:
        return dw.zero_()
    for launch in launches.weight_gradient(
        x, dy, dw, _window(dw, stride, padding, dilation), groups,
        precision=precision or precisions.of_convolutions(),
    ):  # fmt: skip
        launch.run()
    return dw


def _weight_gradient_fake(
    x: torch.Tensor, dy: torch.Tensor, size: Ints, stride: Ints, padding: Ints, dilation: Ints, groups: int,
    last: bool, precision: str,
) -> torch.Tensor:  # fmt: skip
    return _empty(x, size, last)


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

AFTER = ("bias", "mean", "var", "gamma", "beta")
planned_forward = Planned(forward, ("x", "w", *AFTER), ("y",), state=precisions.state_of_convolutions)
planned_transposed = Planned(transposed, ("dy", "w", *AFTER), ("dx",), state=precisions.state_of_convolutions)
_planned_weight_gradient = Planned(
    weight_gradient, ("x", "dy"), ("dw",), ("partial",), state=precisions.state_of_convolutions
)


def _save_for_backward(
    ctx: Any, x: torch.Tensor, w: torch.Tensor, bias: Maybe, y: torch.Tensor, window: tuple[Any, ...], relu: bool,
    precision: str,
) -> None:  # fmt: skip
    """Keeps what the backward pass needs; y only where its ReLU tells what was cut off."""
    ctx.save_for_backward(x, w, *((y,) if relu else ()))
    ctx.window, ctx.relu, ctx.precision = window, relu, precision
    ctx.bias = None if bias is None else bias.dtype


def _gradients(
    ctx: Any, dy: torch.Tensor, for_x: Callable[..., torch.Tensor], for_w: Callable[..., torch.Tensor]
) -> tuple[Maybe, Maybe, Maybe]:
    """The gradients of input, weight and bias that are asked for.

    `for_x` is called with cotangent, weight and input, `for_w` with input, cotangent and weight.
    """
    x, w, *output = ctx.saved_tensors
    if ctx.relu:
        dy = torch.ops.aten.threshold_backward(dy, output[0], 0)
    wanted = ctx.needs_input_grad
    return (
        for_x(dy, w, x) if wanted[0] else None,
        for_w(x, dy, w) if wanted[1] else None,
        dy.sum((0, 2, 3)).to(ctx.bias) if wanted[2] else None,
    )


class Convolution(torch.autograd.Function):
    """y = relu(conv(x, w) + bias) with its first gradients, [N, C, H, W] by [OC, C/groups, KH, KW]."""

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, w: torch.Tensor, bias: Maybe, stride: Ints, padding: Ints, dilation: Ints,
        groups: int, relu: bool, precision: str,
    ) -> torch.Tensor:  # fmt: skip
        window = (stride, padding, dilation, groups)
        y: torch.Tensor = planned_forward(x, w, bias, *NO_NORM, *window, 0.0, relu, precision)
        _save_for_backward(ctx, x, w, bias, y, window, relu, precision)
        return y

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dy: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        def for_x(dy: torch.Tensor, w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
            dx: torch.Tensor = planned_transposed(
                dy, w, None, *NO_NORM, x.shape[2:], *ctx.window, 0.0, False, ctx.precision
            )
            return dx

        def for_w(x: torch.Tensor, dy: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
            dw: torch.Tensor = _planned_weight_gradient(x, dy, w.shape, *ctx.window, channels_last(w), ctx.precision)
            return dw

        return *_gradients(ctx, dy, for_x, for_w), None, None, None, None, None, None


class Transposed(torch.autograd.Function):
    """y = relu(conv_transpose(x, w) + bias) with its first gradients, [N, C, H, W] by [C, OC/groups, KH, KW]."""

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, w: torch.Tensor, bias: Maybe, size: Ints, stride: Ints, padding: Ints,
        dilation: Ints, groups: int, relu: bool, precision: str,
    ) -> torch.Tensor:  # fmt: skip
        window = (stride, padding, dilation, groups)
        y: torch.Tensor = planned_transposed(x, w, bias, *NO_NORM, size, *window, 0.0, relu, precision)
        _save_for_backward(ctx, x, w, bias, y, window, relu, precision)
        return y

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dy: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        def for_x(dy: torch.Tensor, w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
            dx: torch.Tensor = planned_forward(dy, w, None, *NO_NORM, *ctx.window, 0.0, False, ctx.precision)
            return dx

        def for_w(x: torch.Tensor, dy: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
            dw: torch.Tensor = _planned_weight_gradient(dy, x, w.shape, *ctx.window, channels_last(w), ctx.precision)
            return dw

        return *_gradients(ctx, dy, for_x, for_w), None, None, None, None, None, None, None
