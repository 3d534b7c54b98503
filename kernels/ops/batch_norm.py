"""Batch normalisation with what mostly follows it, a residual and a ReLU, in one operation."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import torch
import torch.nn.functional as F

from kernels.dispatch.choice import Choice, asked, choose, surely_torch
from kernels.ops.differentiated import differentiable
from kernels.ops.library import asked_for, first_gradient_only, gradient, operation, overridable, traits
from kernels.ops.planned import Planned
from kernels.types import dtypes
from kernels.types.layout import channels_last, overlaps, packed

Maybe = torch.Tensor | None


def _dense(x: torch.Tensor) -> torch.Tensor:
    """`x` contiguous or channels last, which is what the kernels read; a copy only where it is neither."""
    if x.is_contiguous() or (x.dim() == 4 and x.is_contiguous(memory_format=torch.channels_last)):
        return x
    return x.contiguous()


def _laid_out_as(tensor: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """`tensor` with the layout of `x`, which is dense."""
    return tensor.contiguous() if x.is_contiguous() else tensor.contiguous(memory_format=torch.channels_last)


def _forward(
    x: torch.Tensor,
    weight: torch.Tensor | None,
    bias: torch.Tensor | None,
    running_mean: torch.Tensor | None,
    running_var: torch.Tensor | None,
    residual: torch.Tensor | None,
    training: bool,
    momentum: float,
    eps: float,
    relu: bool,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    from kernels.launch import batch_norm as launches

    y, mean, rstd = _forward_fake(x, weight, bias, running_mean, running_var, residual, training, momentum, eps, relu)
    if x.numel() == 0:
        return y, mean.zero_(), rstd.zero_()
    x = _dense(x)
    residual = None if residual is None else _laid_out_as(residual, x)
    running = packed(running_mean), packed(running_var)
    for launch in launches.forward(
        x, packed(weight), packed(bias), *running, residual, y, mean, rstd,
        training=training, momentum=momentum, eps=eps, relu=relu,
    ):  # fmt: skip
        launch.run()
    if training:
        for given, moved in zip((running_mean, running_var), running, strict=True):
            if given is not None and moved is not None and moved is not given:
                given.copy_(moved)
    return y, mean, rstd


def _forward_fake(
    x: torch.Tensor,
    weight: torch.Tensor | None,
    bias: torch.Tensor | None,
    running_mean: torch.Tensor | None,
    running_var: torch.Tensor | None,
    residual: torch.Tensor | None,
    training: bool,
    momentum: float,
    eps: float,
    relu: bool,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    mean = x.new_empty(x.shape[1], dtype=dtypes.accumulator(x.dtype))
    return torch.empty_like(_dense(x)), mean, torch.empty_like(mean)


def _backward(
    dy: torch.Tensor,
    x: torch.Tensor,
    y: torch.Tensor | None,
    weight: torch.Tensor | None,
    bias: torch.Tensor | None,
    mean: torch.Tensor,
    rstd: torch.Tensor,
    training: bool,
    relu: bool,
    wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    from kernels.launch import batch_norm as launches

    dx, dresidual, dweight, dbias = _backward_fake(dy, x, y, weight, bias, mean, rstd, training, relu, wanted)
    if x.numel() == 0:
        return dx, dresidual, dweight.zero_(), dbias.zero_()
    x = _dense(x)
    there = (wanted[0], y is not None, wanted[1] and weight is not None, wanted[2] and bias is not None)
    for launch in launches.backward(
        _laid_out_as(dy, x), x, y, packed(weight), packed(bias), mean, rstd,
        *asked_for((dx, dresidual, dweight, dbias), there),
        training=training, relu=relu,
    ):  # fmt: skip
        launch.run()
    return dx, dresidual, dweight, dbias


def _backward_fake(
    dy: torch.Tensor,
    x: torch.Tensor,
    y: torch.Tensor | None,
    weight: torch.Tensor | None,
    bias: torch.Tensor | None,
    mean: torch.Tensor,
    rstd: torch.Tensor,
    training: bool,
    relu: bool,
    wanted: Sequence[bool],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    for_x, for_weight, for_bias = wanted
    return (
        torch.empty_like(_dense(x)) if for_x else x.new_empty(0),
        x.new_empty(0) if y is None else torch.empty_like(_dense(x)),
        weight.new_empty(weight.shape) if weight is not None and for_weight else x.new_empty(0),
        bias.new_empty(bias.shape) if bias is not None and for_bias else x.new_empty(0),
    )


forward = operation(
    "batch_norm_forward(Tensor x, Tensor? weight, Tensor? bias, Tensor(a!)? running_mean, Tensor(b!)? running_var, "
    "Tensor? residual, bool training, float momentum, float eps, bool relu) -> (Tensor, Tensor, Tensor)",
    _forward,
    _forward_fake,
)
backward = operation(
    "batch_norm_backward(Tensor dy, Tensor x, Tensor? y, Tensor? weight, Tensor? bias, Tensor mean, Tensor rstd, "
    "bool training, bool relu, bool[3] wanted) -> (Tensor, Tensor, Tensor, Tensor)",
    _backward,
    _backward_fake,
)

_NAMES = ("x", "weight", "bias", "running_mean", "running_var", "residual")
_SAVED = ("save_mean", "save_rstd")
_FIXED = {"mean": "running_mean", "var": "running_var"}  # as the kernels name them in evaluation
_planned_forward = Planned(forward, _NAMES, ("y", *_SAVED), ("partial",), aliases=_FIXED)
_planned_backward = Planned(
    backward,
    ("dy", "x", "y", "weight", "bias", *_SAVED),
    ("dx", "dresidual", "dweight", "dbias"),
    ("partial", "sums"),
)


class _BatchNorm(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        x: torch.Tensor,
        weight: torch.Tensor | None,
        bias: torch.Tensor | None,
        running_mean: torch.Tensor | None,
        running_var: torch.Tensor | None,
        residual: torch.Tensor | None,
        training: bool,
        momentum: float,
        eps: float,
        relu: bool,
    ) -> torch.Tensor:
        how = (training, momentum, eps, relu)
        y, mean, rstd = _planned_forward(x, weight, bias, running_mean, running_var, residual, *how)
        # behind a residual the ReLU's mask is read off y; else it is computed anew from x, and y need not be kept
        masked = y if relu and residual is not None else None
        ctx.save_for_backward(x, masked, weight, bias, mean, rstd)
        ctx.training, ctx.relu = training, relu
        result: torch.Tensor = y
        return result

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dy: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        x, masked, weight, bias, mean, rstd = ctx.saved_tensors
        wanted, behind = ctx.needs_input_grad[:3], dy
        gradients: tuple[torch.Tensor | None, ...] = (None, None, None)
        if any(wanted) or masked is not None:
            how = (mean, rstd, ctx.training, ctx.relu, wanted)
            dx, dresidual, dweight, dbias = _planned_backward(dy, x, masked, weight, bias, *how)
            gradients = asked_for((dx, dweight, dbias), wanted)
            behind = dy if masked is None else dresidual
        return *gradients, None, None, behind if ctx.needs_input_grad[5] else None, None, None, None, None


def _malformed(
    x: torch.Tensor,
    channels: Sequence[torch.Tensor | None],
    running_mean: torch.Tensor | None,
    running_var: torch.Tensor | None,
    training: bool,
    eps: float,
) -> bool:
    """Whether PyTorch refuses these arguments, so that it shall say so itself."""
    if x.dim() < 2 or not x.dtype.is_floating_point or (running_mean is None) != (running_var is None):
        return True
    if any(one is not None and (one.dim() != 1 or one.shape[0] != x.shape[1]) for one in channels):
        return True
    if not training:
        return running_mean is None
    return eps <= 0.0 or (x.shape[1] > 0 and x.numel() // x.shape[1] == 1)


def _unsupported(
    x: torch.Tensor,
    parameters: Sequence[torch.Tensor | None],
    running: Sequence[torch.Tensor | None],
    residual: torch.Tensor | None,
) -> str | None:
    """Why there is no kernel for arguments that are right in themselves."""
    if unknown := dtypes.unsupported(x):
        return unknown
    allowed = {x.dtype, dtypes.accumulator(x.dtype)}
    for one in (*parameters, *running):
        if one is not None and one.dtype not in allowed:
            return f"x is {x.dtype}, and a parameter or running statistic is {one.dtype}"
    if any(overlaps(one) for one in running):
        return "a running statistic has several channels in one place of memory"
    if residual is not None and residual.dtype != x.dtype:
        return f"x is {x.dtype}, and the residual is {residual.dtype}"
    return None


def choice(
    x: torch.Tensor,
    running_mean: torch.Tensor | None = None,
    running_var: torch.Tensor | None = None,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
    *,
    relu: bool = False,
    residual: torch.Tensor | None = None,
    backend: str | None = None,
) -> Choice:
    """What `batch_norm` with these arguments would use, and why. The size of a call is its number of elements."""
    name = "batch_norm" + ("+residual" if residual is not None else "") + ("+relu" if relu else "")
    unsupported = _unsupported(x, (weight, bias), (running_mean, running_var) if training else (), residual)

    def known() -> str:
        last, how = "channels last" if channels_last(x) else "", "" if training else "evaluation"
        return traits(x.dtype, last, how, gradient(x, weight, bias, residual))

    return choose(name, x.device, x.numel(), known, unsupported=unsupported, requested=backend)


def _by_torch(
    x: torch.Tensor, weight: Maybe, bias: Maybe, running_mean: Maybe, running_var: Maybe, residual: Maybe,
    training: bool, momentum: float, eps: float, relu: bool,
) -> torch.Tensor:  # fmt: skip
    """An operation at a time."""
    y = F.batch_norm(x, running_mean, running_var, weight, bias, training, momentum, eps)
    y = y if residual is None else y + residual
    return F.relu(y) if relu else y


def _batch_norm(
    x: torch.Tensor, weight: Maybe, bias: Maybe, running_mean: Maybe, running_var: Maybe, residual: Maybe,
    training: bool, momentum: float, eps: float, relu: bool, backend: str,
) -> torch.Tensor:  # fmt: skip
    tensors, running = (x, weight, bias, running_mean, running_var, residual), (running_mean, running_var)
    malformed = _malformed(x, (*running, weight, bias), *running, training, eps)
    asking = partial(choice, x, *running, weight, bias, training, relu=relu, residual=residual, backend=backend)
    if malformed or asking().backend == "torch":
        return _by_torch(*tensors, training, momentum, eps, relu)
    y: torch.Tensor = differentiable(_BatchNorm, _dense(x), *tensors[1:], training, momentum, eps, relu)
    return y


_planned = Planned(_batch_norm, _NAMES, ("y",), (*_SAVED, "partial"), aliases=_FIXED)


@overridable
def batch_norm(
    x: torch.Tensor,
    running_mean: torch.Tensor | None = None,
    running_var: torch.Tensor | None = None,
    weight: torch.Tensor | None = None,
    bias: torch.Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
    *,
    relu: bool = False,
    residual: torch.Tensor | None = None,
    backend: str | None = None,
) -> torch.Tensor:
    """Normalises each channel, and then adds a residual and applies a ReLU where asked to.

        y = relu((x - mean) / sqrt(variance + eps) · weight + bias + residual)

    Like `torch.nn.functional.batch_norm` with the same arguments in the same order, errors included, and like it
    followed by `+ residual` and `relu`. In training, mean and (biased) variance are those of the batch, and the running
    statistics move towards them: running ← running + momentum · (batch - running), with the unbiased variance. In
    evaluation the running statistics are used. From Ioffe and Szegedy (2015), section 3.

    Parameters
    ----------
    x: [N, C], [N, C, L], [N, C, H, W] or more; float16, bfloat16, float32 or float64. The channels-last layout is kept.
    running_mean, running_var, weight, bias: [C] each, of the dtype of x or float32; changed in place are the first two.
    residual: like x, and added to the result before the ReLU.
    backend: "auto", "triton", "torch" or "interpret"; None asks `kernels.backend` and DL_TUTOR_KERNELS.

    Sums are kept in float32, for float64 in float64. Our kernels have a first gradient and no second; "torch" has both.
    Raises what PyTorch raises, `ValueError` for a residual of another shape, and `BackendError` where a backend was
    asked for that cannot do it.
    """
    if residual is not None and residual.shape != x.shape:
        raise ValueError(f"The residual has the shape {tuple(residual.shape)}, and x has {tuple(x.shape)}.")
    tensors = (x, weight, bias, running_mean, running_var, residual)
    if surely_torch(x, backend):
        return _by_torch(*tensors, training, momentum, eps, relu)
    y: torch.Tensor = _planned(*tensors, training, momentum, eps, relu, backend or asked())
    return y
