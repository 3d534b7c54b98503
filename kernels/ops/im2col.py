"""im2col and its transpose, and the convolution that is made with them: the columns written out."""

import math
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F

from kernels.dispatch.choice import Choice, choose, surely_torch
from kernels.ops.library import first_gradient_only, gradient, operation, overridable, traits
from kernels.types import dtypes
from kernels.types.window import Size, Window


def _pair(value: Size) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (int(value[0]), int(value[-1]))


def _window(size: Size, dilation: Size, padding: Size, stride: Size) -> Window:
    return Window(_pair(size), _pair(stride), _pair(padding), _pair(dilation))


def _im2col(
    x: torch.Tensor, size: Sequence[int], stride: Sequence[int], padding: Sequence[int], dilation: Sequence[int]
) -> torch.Tensor:
    from kernels.launch import im2col as launches

    columns = _im2col_fake(x, size, stride, padding, dilation)
    if columns.numel():
        for launch in launches.im2col(x, columns, _window(size, dilation, padding, stride)):
            launch.run()
    return columns


def _im2col_fake(
    x: torch.Tensor, size: Sequence[int], stride: Sequence[int], padding: Sequence[int], dilation: Sequence[int]
) -> torch.Tensor:
    output = _window(size, dilation, padding, stride).output(x.shape[2:])
    return x.new_empty((x.shape[0], x.shape[1] * size[0] * size[1], output[0] * output[1]))


def _col2im(
    columns: torch.Tensor, picture: Sequence[int], size: Sequence[int], stride: Sequence[int], padding: Sequence[int],
    dilation: Sequence[int],
) -> torch.Tensor:  # fmt: skip
    from kernels.launch import im2col as launches

    x = _col2im_fake(columns, picture, size, stride, padding, dilation)
    if x.numel():
        for launch in launches.col2im(columns.contiguous(), x, _window(size, dilation, padding, stride)):
            launch.run()
    return x


def _col2im_fake(
    columns: torch.Tensor, picture: Sequence[int], size: Sequence[int], stride: Sequence[int], padding: Sequence[int],
    dilation: Sequence[int],
) -> torch.Tensor:  # fmt: skip
    return columns.new_empty((columns.shape[0], columns.shape[1] // (size[0] * size[1]), *picture))


_WINDOW = "int[2] size, int[2] stride, int[2] padding, int[2] dilation"
im2col_operation = operation(f"im2col(Tensor x, {_WINDOW}) -> Tensor", _im2col, _im2col_fake)
col2im_operation = operation(f"col2im(Tensor columns, SymInt[2] picture, {_WINDOW}) -> Tensor", _col2im, _col2im_fake)


class _Im2col(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, *window: Sequence[int]) -> torch.Tensor:
        ctx.window, ctx.picture = window, x.shape[2:]
        columns: torch.Tensor = im2col_operation(x, *window)
        return columns

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dcolumns: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        return col2im_operation(dcolumns, ctx.picture, *ctx.window), None, None, None, None


class _Col2im(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, columns: torch.Tensor, picture: Sequence[int], *window: Sequence[int]) -> torch.Tensor:
        ctx.window = window
        x: torch.Tensor = col2im_operation(columns, picture, *window)
        return x

    @staticmethod
    @first_gradient_only
    def backward(ctx: Any, dx: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        return im2col_operation(dx, *ctx.window), None, None, None, None, None


def _sound(window: Window, picture: Sequence[int]) -> bool:
    """Whether the window makes sense and fits into the picture, so that there is nothing for PyTorch to refuse."""
    if min(*window.size, *window.stride, *window.dilation) < 1 or min(window.padding) < 0:
        return False
    return min(*picture, *window.output(picture)) > 0


def _chosen(name: str, tensor: torch.Tensor, size: int, backend: str | None) -> Choice:
    def known() -> str:
        return traits(tensor.dtype, gradient(tensor))

    unsupported = dtypes.unsupported(tensor, "the input")
    return choose(name, tensor.device, size, known, unsupported=unsupported, requested=backend)


def choice(
    x: torch.Tensor, kernel_size: Size, dilation: Size = 1, padding: Size = 0, stride: Size = 1, *,
    backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `im2col` would use, and why. The size of a call is the number of entries of the columns."""
    window = _window(kernel_size, dilation, padding, stride)
    size = math.prod((*x.shape[:2], *window.size, *window.output(x.shape[2:])))
    return _chosen("im2col", x, size, backend)


@overridable
def im2col(
    x: torch.Tensor, kernel_size: Size, dilation: Size = 1, padding: Size = 0, stride: Size = 1, *,
    backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """The columns of a convolution: what each of its outputs sees, `torch.nn.functional.unfold`.

    x [N, C, H, W] becomes [N, C · KH · KW, OH · OW], of the same dtype: a column for each output pixel, in the order
    in which `weight.flatten(1)` has its entries, so that `weight.flatten(1) @ im2col(x, ...)` is the convolution.
    Raises what `unfold` raises.
    """
    window = _window(kernel_size, dilation, padding, stride)
    if (
        surely_torch(x, backend)
        or x.dim() != 4
        or x.shape[1] == 0
        or not _sound(window, x.shape[2:])
        or choice(x, kernel_size, dilation, padding, stride, backend=backend).backend == "torch"
    ):
        return F.unfold(x, kernel_size, dilation, padding, stride)  # type: ignore[arg-type]
    columns: torch.Tensor = _Im2col.apply(x, *window)  # type: ignore[no-untyped-call]
    return columns


def col2im_choice(
    columns: torch.Tensor, output_size: Size, kernel_size: Size, dilation: Size = 1, padding: Size = 0,
    stride: Size = 1, *, backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `col2im` would use, and why. The size of a call is the number of entries of the columns."""
    return _chosen("col2im", columns, columns.numel(), backend)


@overridable
def col2im(
    columns: torch.Tensor, output_size: Size, kernel_size: Size, dilation: Size = 1, padding: Size = 0,
    stride: Size = 1, *, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """The transpose of `im2col`, `torch.nn.functional.fold`: each pixel is the sum of its copies in the columns.

    columns [N, C · KH · KW, OH · OW] become [N, C, H, W] with `output_size` H and W, of the same dtype. It is no
    inverse: a pixel that several windows saw comes back as many times. Raises what `fold` raises.
    """
    window, picture = _window(kernel_size, dilation, padding, stride), _pair(output_size)
    fits = (
        columns.dim() == 3
        and _sound(window, picture)
        and columns.shape[1] % math.prod(window.size) == 0
        and columns.shape[1] > 0
        and columns.shape[2] == math.prod(window.output(picture))
    )
    if (
        surely_torch(columns, backend)
        or not fits
        or col2im_choice(columns, output_size, kernel_size, backend=backend).backend == "torch"
    ):
        return F.fold(columns, output_size, kernel_size, dilation, padding, stride)  # type: ignore[arg-type]
    x: torch.Tensor = _Col2im.apply(columns, picture, *window)  # type: ignore[no-untyped-call]
    return x


@overridable
def explicit_conv2d(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size = 0,
    dilation: Size = 1, *, backend: str | None = None,
) -> torch.Tensor:  # fmt: skip
    """A convolution as one learns it: write the columns, then multiply.

    As `kernels.conv2d`, of [N, C, H, W] or [C, H, W], without groups, and with KH · KW times the input in memory beside
    it. To compare and to learn from; `conv2d` never writes the columns.
    """
    window = _window(weight.shape[2:], dilation, padding, stride)
    pictures = x if x.dim() == 4 else x.unsqueeze(0)
    columns = im2col(pictures, window.size, dilation, padding, stride, backend=backend)
    y = weight.flatten(1) @ columns
    if bias is not None:
        y = y + bias[:, None]
    y = y.view(*y.shape[:2], *window.output(pictures.shape[2:]))
    return y if x.dim() == 4 else y.squeeze(0)


def explicit_choice(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None, stride: Size = 1, padding: Size = 0,
    dilation: Size = 1, *, backend: str | None = None,
) -> Choice:  # fmt: skip
    """What `explicit_conv2d` would write its columns with, and why."""
    pictures = x if x.dim() == 4 else x.unsqueeze(0)
    return choice(pictures, weight.shape[2:], dilation, padding, stride, backend=backend)
