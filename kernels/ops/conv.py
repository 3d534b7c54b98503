"""Convolutions and transposed convolutions in one and two dimensions, with what follows them fused in."""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F

from kernels.dispatch.choice import Choice, asked, choose, surely_torch
from kernels.ops.batch_norm import batch_norm
from kernels.ops.conv_autograd import AFTER, NO_NORM, Convolution, Maybe, Transposed, planned_forward
from kernels.ops.differentiated import differentiable
from kernels.ops.library import gradient, needs_gradient, overridable, traits
from kernels.ops.planned import Planned
from kernels.types import dtypes
from kernels.types import precision as precisions
from kernels.types.layout import channels_last
from kernels.types.norm import Norm
from kernels.types.window import Size, Window


def _axes(value: Size, axes: int, fill: int) -> tuple[int, int]:
    """A number for rows and one for columns; in one dimension there is one row, which gets `fill`."""
    numbers = [value] * axes if isinstance(value, int) else list(value) * (axes if len(value) == 1 else 1)
    if len(numbers) != axes:
        return (-1, -1)  # malformed: PyTorch says what it expects
    return (int(numbers[0]), int(numbers[1])) if axes == 2 else (fill, int(numbers[0]))


class _Call2d(NamedTuple):
    """A call in two dimensions, whichever it was made in."""

    x: torch.Tensor
    w: torch.Tensor
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    axes: int
    batched: bool

    @property
    def window(self) -> Window:
        return Window((self.w.shape[2], self.w.shape[3]), self.stride, self.padding, self.dilation)

    def back(self, y: torch.Tensor) -> torch.Tensor:
        """The result in the dimensions that the call was made in."""
        y = y.squeeze(2) if self.axes == 1 else y
        return y if self.batched else y.squeeze(0)


def _same(call: _Call2d) -> _Call2d:
    """A call whose output has the size of its input: half the missing pixels on either side, an odd one at the end."""
    missing = [dilation * (size - 1) for dilation, size in zip(call.dilation, call.w.shape[2:], strict=True)]
    rows, columns = missing
    if rows % 2 or columns % 2:
        call = call._replace(x=F.pad(call.x, (0, columns % 2, 0, rows % 2)))
    return call._replace(padding=(rows // 2, columns // 2))


def _call(
    x: torch.Tensor, w: torch.Tensor, stride: Size, padding: Size | str, dilation: Size, axes: int
) -> _Call2d | None:
    """The call in two dimensions, or None where it has no meaning."""
    if (
        w.dim() != axes + 2
        or x.dim() not in (axes + 1, axes + 2)
        or (padding not in ("same", "valid") and isinstance(padding, str))
    ):
        return None
    batched = x.dim() == axes + 2
    x = x if batched else x.unsqueeze(0)
    x, w = (x, w) if axes == 2 else (x.unsqueeze(2), w.unsqueeze(2))
    margins = (0, 0) if isinstance(padding, str) else _axes(padding, axes, 0)
    call = _Call2d(x, w, _axes(stride, axes, 1), margins, _axes(dilation, axes, 1), axes, batched)
    if min(call.stride) < 1 or min(call.dilation) < 1 or min(call.padding) < 0:
        return None
    if padding == "same":
        return None if max(call.stride) > 1 else _same(call)
    return call


def _alike(
    x: torch.Tensor, w: torch.Tensor, bias: torch.Tensor | None, channels: int, norm: Norm | None = None
) -> bool:
    """Whether dtypes and devices go together, as PyTorch wants them, and bias and norm have the right size."""
    for one in () if norm is None else norm[:4]:
        if one is not None and (one.shape != (channels,) or one.device != x.device):
            return False
    others = [w] if bias is None else [w, bias]
    if any(one.dtype != x.dtype or one.device != x.device for one in others):
        return False
    return bias is None or bias.shape == (channels,)


def _traits(x: torch.Tensor, w: torch.Tensor, bias: torch.Tensor | None, precision: str | None) -> Callable[[], str]:
    def known() -> str:
        exact = (precision or precisions.of_convolutions()) if x.dtype == torch.float32 else ""
        depthwise = "depthwise" if w.shape[1] == 1 < x.shape[1] else ""
        last = "channels last" if channels_last(x, w) else ""
        return traits(x.dtype, exact, depthwise, last, gradient(x, w, bias))

    return known


def _chosen(
    name: str, x: torch.Tensor, size: int, known: Callable[[], str], fused: bool, backend: str | None
) -> Choice:
    plain = (
        None
        if fused
        else "cuDNN is faster at a plain convolution; ours runs where something is fused in, or on request"
    )
    return choose(name, x.device, size, known, unsupported=dtypes.unsupported(x), on_request=plain, requested=backend)


def _name(base: str, norm: Norm | None, relu: bool) -> str:
    return base + "+norm" * (norm is not None) + "+relu" * relu


def _unfused_epilogue(y: torch.Tensor, norm: Norm | None, relu: bool, backend: str | None) -> torch.Tensor:
    """What follows a convolution, as an operation of its own."""
    if norm is not None:
        return batch_norm(
            y, norm.mean, norm.var, norm.weight, norm.bias, False, 0.0, norm.eps, relu=relu, backend=backend
        )
    return F.relu(y) if relu else y


def _conv(
    theirs: Callable[..., torch.Tensor], axes: int, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None,
    stride: Size, padding: Size | str, dilation: Size, groups: int,
    norm: Norm | None, relu: bool, precision: str | None, backend: str | None,
) -> torch.Tensor:  # fmt: skip
    after, eps = (NO_NORM, None) if norm is None else (norm[:4], norm.eps)
    how = (theirs, axes, stride, padding, dilation, groups, eps, relu, precision)
    run: Callable[..., torch.Tensor] = _by_either if surely_torch(x, backend) else _planned
    return run(x, weight, bias, *after, *how, backend or asked())


def _by_either(
    x: torch.Tensor, weight: torch.Tensor, bias: Maybe, mean: Maybe, var: Maybe, gamma: Maybe, beta: Maybe,
    theirs: Callable[..., torch.Tensor], axes: int, stride: Size, padding: Size | str, dilation: Size, groups: int,
    eps: float | None, relu: bool, precision: str | None, backend: str,
) -> torch.Tensor:  # fmt: skip
    exactness = precisions.checked(precision)
    norm = None if eps is None or mean is None or var is None else Norm(mean, var, gamma, beta, eps)

    def by_torch() -> torch.Tensor:
        y = theirs(x, weight, bias, stride, padding, dilation, groups)
        return _unfused_epilogue(y, norm, relu, "torch")

    if surely_torch(x, backend):
        return by_torch()
    own, filters, shift = dtypes.autocast(x, weight, bias)
    assert own is not None and filters is not None
    call = _call(own, filters, stride, padding, dilation, axes)
    if call is None or not _alike(own, filters, shift, filters.shape[0], norm) or not _convolvable(call, groups):
        return by_torch()
    size = math.prod((own.shape[0], *call.window.output(call.x.shape[2:]), *filters.shape))
    known, fused = _traits(own, filters, shift, precision), norm is not None or relu
    if _chosen(_name(f"conv{axes}d", norm, relu), own, size, known, fused, backend).backend == "torch":
        return by_torch()
    place, after = (call.stride, call.padding, call.dilation, groups), (mean, var, gamma, beta)
    if norm is not None and not needs_gradient(own, filters, shift, *after):
        return call.back(planned_forward(call.x, call.w, shift, *after, *place, norm.eps, relu, exactness))
    alone = relu and norm is None
    y = differentiable(Convolution, call.x, call.w, shift, *place, alone, exactness)
    return call.back(y) if norm is None else call.back(_unfused_epilogue(y, norm, relu, backend))


_planned = Planned(_by_either, ("x", "w", *AFTER), ("y",), state=precisions.state_of_convolutions)


def _convolvable(call: _Call2d, groups: int) -> bool:
    """Whether the channels fit together, and the filter into the picture."""
    if groups < 1 or call.w.shape[0] % groups or call.x.shape[1] != call.w.shape[1] * groups:
        return False
    return all(size > 0 for size in (*call.x.shape[1:], *call.w.shape, *call.window.output(call.x.shape[2:])))


@overridable
def conv2d(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size | str = 0,
    dilation: Size = 1, groups: int = 1, *,
    norm: Norm | None = None, relu: bool = False, precision: str | None = None, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """`torch.nn.functional.conv2d`, and behind it batch norm with fixed statistics and a ReLU where asked for.

        y[n, o, i, j] = bias[o] + sum over c, u, v of weight[o, c, u, v] · x[n, c, i·S - P + u·D, j·S - P + v·D]

    A cross-correlation, as everywhere in deep learning. Computed as a product of matrices whose left factor, the
    columns of im2col, is never written.

    Parameters
    ----------
    x: [N, C, H, W] or [C, H, W]; float16, bfloat16, float32 or float64. Channels last is the fast layout, and is kept.
    weight: [OC, C/groups, KH, KW]; bias: [OC]; both of the dtype of x.
    stride, padding, dilation: a number or a pair; padding also "same" or "valid".
    norm: statistics and parameters of a batch norm in evaluation. Where a gradient is needed it is not fused in.
    precision: of products of float32 on a GPU, "ieee", "tf32" or "tf32x3"; None follows PyTorch's flag.
    backend: "auto", "triton", "torch" or "interpret"; None asks `kernels.backend` and DL_TUTOR_KERNELS.

    Sums are kept in float32, for float64 in float64. First gradients only; "torch" has second ones. Raises what PyTorch
    raises, `ValueError` for an unknown precision, and `BackendError` where a backend was asked for that cannot do it.
    """
    return _conv(F.conv2d, 2, x, weight, bias, stride, padding, dilation, groups, norm, relu, precision, backend)


@overridable
def conv1d(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size | str = 0,
    dilation: Size = 1, groups: int = 1, *,
    norm: Norm | None = None, relu: bool = False, precision: str | None = None, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """`torch.nn.functional.conv1d` with the additions of `conv2d`: x [N, C, L] or [C, L], weight [OC, C/groups, K]."""
    return _conv(F.conv1d, 1, x, weight, bias, stride, padding, dilation, groups, norm, relu, precision, backend)


def choice(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size | str = 0,
    dilation: Size = 1, groups: int = 1, *,
    norm: Norm | None = None, relu: bool = False, precision: str | None = None, backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `conv2d` (or `conv1d`, by the dimensions of the weight) would use, and why.

    The size of a call is the number of its multiplications.
    """
    axes = weight.dim() - 2
    call = _call(x, weight, stride, padding, dilation, axes)
    output = (1, 1) if call is None else call.window.output(call.x.shape[2:])
    size = math.prod((x.shape[0], *output, *weight.shape))
    known = _traits(x, weight, bias, precision)
    return _chosen(_name(f"conv{axes}d", norm, relu), x, size, known, norm is not None or relu, backend)


def _conv_transpose(
    theirs: Callable[..., torch.Tensor], axes: int, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None,
    stride: Size, padding: Size, output_padding: Size, groups: int, dilation: Size,
    relu: bool, precision: str | None, backend: str | None,
) -> torch.Tensor:  # fmt: skip
    exactness = precisions.checked(precision)

    def by_torch() -> torch.Tensor:
        return _unfused_epilogue(
            theirs(x, weight, bias, stride, padding, output_padding, groups, dilation), None, relu, "torch"
        )

    if surely_torch(x, backend):
        return by_torch()
    own, filters, shift = dtypes.autocast(x, weight, bias)
    assert own is not None and filters is not None
    call = _call(own, filters, stride, padding, dilation, axes)
    extra = _axes(output_padding, axes, 0)
    if (
        call is None
        or not _transposable(call, groups, extra)
        or not _alike(own, filters, shift, filters.shape[1] * groups)
    ):
        return by_torch()
    size = math.prod((own.shape[0], *call.x.shape[2:], *filters.shape))
    known = _traits(own, filters, shift, precision)
    if _chosen(_name(f"conv_transpose{axes}d", None, relu), own, size, known, relu, backend).backend == "torch":
        return by_torch()
    output = call.window.transposed_output(call.x.shape[2:], extra)
    place = (call.stride, call.padding, call.dilation, groups)
    y = differentiable(Transposed, call.x, call.w, shift, output, *place, relu, exactness)
    return call.back(y)


def transposed_choice(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size = 0,
    output_padding: Size = 0, groups: int = 1, dilation: Size = 1, *,
    relu: bool = False, precision: str | None = None, backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `conv_transpose2d` (or `conv_transpose1d`, by the dimensions of the weight) would use, and why.

    The size of a call is the number of its multiplications.
    """
    axes = weight.dim() - 2
    size = math.prod((x.shape[0], *x.shape[2:], *weight.shape))
    known = _traits(x, weight, bias, precision)
    return _chosen(_name(f"conv_transpose{axes}d", None, relu), x, size, known, relu, backend)


def _transposable(call: _Call2d, groups: int, extra: tuple[int, int]) -> bool:
    """Whether the channels fit together, and there is an output. What is added to it is less than a stride."""
    if groups < 1 or call.x.shape[1] % groups or call.x.shape[1] != call.w.shape[0]:
        return False
    if any(
        not 0 <= more < max(stride, dilation)
        for more, stride, dilation in zip(extra, call.stride, call.dilation, strict=True)
    ):
        return False
    output = call.window.transposed_output(call.x.shape[2:], extra)
    return all(size > 0 for size in (*call.x.shape[1:], *call.w.shape, *output))


@overridable
def conv_transpose2d(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size = 0,
    output_padding: Size = 0, groups: int = 1, dilation: Size = 1, *,
    relu: bool = False, precision: str | None = None, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """`torch.nn.functional.conv_transpose2d`, and a ReLU behind it where asked for.

    The transpose of the linear map that `conv2d` with the same stride, padding and dilation is: the sizes of input and
    output change places. x is [N, C, H, W] or [C, H, W], weight [C, OC/groups, KH, KW], bias [OC]; the output has
    (H - 1)S - 2P + D(KH - 1) + output_padding + 1 rows. For the rest see `conv2d`.
    """
    where = (stride, padding, output_padding, groups, dilation)
    return _conv_transpose(F.conv_transpose2d, 2, x, weight, bias, *where, relu, precision, backend)


@overridable
def conv_transpose1d(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size = 0,
    output_padding: Size = 0, groups: int = 1, dilation: Size = 1, *,
    relu: bool = False, precision: str | None = None, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """`torch.nn.functional.conv_transpose1d`, as `conv_transpose2d`: x [N, C, L] or [C, L], w [C, OC/groups, K]."""
    where = (stride, padding, output_padding, groups, dilation)
    return _conv_transpose(F.conv_transpose1d, 1, x, weight, bias, *where, relu, precision, backend)
