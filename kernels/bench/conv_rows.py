"""What is measured of convolution: the course's sizes and a ResNet's layers, plain, fused, and with columns written."""

import math
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F

from kernels.bench.row import Case, Make, Row, torch_compiled
from kernels.ops.conv import conv2d
from kernels.ops.im2col import explicit_conv2d
from kernels.ops.library import traits
from kernels.types.norm import Norm
from kernels.types.precision import of_convolutions
from kernels.types.window import Window


class Layer(NamedTuple):
    """A layer: its input, output channels, and how its filter slides; microseconds predicted for it on an H200."""

    shape: tuple[int, int, int, int]
    channels: int
    size: int
    stride: int
    dtype: torch.dtype
    predicted: float | None = None
    quick: bool = False

    @property
    def window(self) -> Window:
        half = self.size // 2
        return Window((self.size, self.size), (self.stride, self.stride), (half, half), (1, 1))

    @property
    def output(self) -> tuple[int, int, int, int]:
        return (self.shape[0], self.channels, *self.window.output(self.shape[2:]))

    @property
    def multiplications(self) -> int:
        return math.prod(self.output) * self.shape[1] * self.size**2

    @property
    def bytes(self) -> float:
        weights = self.channels * self.shape[1] * self.size**2
        return float((math.prod(self.shape) + math.prod(self.output) + weights) * self.dtype.itemsize)

    def text(self) -> str:
        n, c, h, w = self.shape
        stride = f" stride {self.stride}" if self.stride > 1 else ""
        return f"{n}x{c}x{h}x{w} to {self.channels}, {self.size}x{self.size}{stride}"


HALF, SINGLE = torch.bfloat16, torch.float32
LAYERS = (
    Layer((64, 1, 28, 28), 16, 3, 1, SINGLE, quick=True),
    Layer((64, 16, 14, 14), 32, 3, 1, SINGLE, quick=True),
    Layer((128, 3, 32, 32), 32, 3, 1, SINGLE, 12.0),
    Layer((256, 64, 56, 56), 64, 3, 1, HALF, 230.0),
    Layer((256, 128, 28, 28), 128, 3, 1, HALF, 190.0),
    Layer((256, 256, 14, 14), 256, 3, 1, HALF, 180.0),
    Layer((256, 512, 7, 7), 512, 3, 1, HALF, 190.0),
    Layer((256, 64, 56, 56), 256, 1, 1, HALF, 160.0),
    Layer((256, 128, 56, 56), 128, 3, 2, HALF),
    Layer((256, 3, 224, 224), 64, 7, 2, HALF, 300.0),
)
FUSED = (LAYERS[0], LAYERS[3], LAYERS[4], LAYERS[5])


def _tensors(device: torch.device, layer: Layer) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Input, weight and cotangent, channels last where PyTorch has its fast path there."""
    layout = torch.channels_last if layer.dtype == HALF else torch.contiguous_format
    x, dy = (
        torch.randn(one, device=device).to(layer.dtype).contiguous(memory_format=layout)
        for one in (layer.shape, layer.output)
    )
    scale = 1 / math.sqrt(layer.shape[1] * layer.size**2)
    w = torch.randn(layer.channels, layer.shape[1], layer.size, layer.size, device=device) * scale
    return x, w.to(layer.dtype).contiguous(memory_format=layout), dy


def plain(device: torch.device, layer: Layer, backend: str, explicit: bool) -> Case:
    """A convolution by itself, forward and backward."""
    x, w, dy = _tensors(device, layer)
    stride, padding = layer.stride, layer.size // 2
    ours = explicit_conv2d if explicit else conv2d
    whole = torch_compiled(F.conv2d)

    def exact() -> torch.Tensor:
        with torch.no_grad():
            return F.conv2d(x.double(), w.double(), None, stride, padding)

    return Case(
        ways={
            "ours": lambda: ours(x, w, None, stride, padding, backend=backend),
            "eager": lambda: F.conv2d(x, w, None, stride, padding),
            "compile": lambda: whole(x, w, None, stride, padding),
        },
        exact=exact,
        inputs=(x.requires_grad_(), w.requires_grad_()),
        cotangent=dy,
    )


def fused(device: torch.device, layer: Layer, backend: str) -> Case:
    """Convolution, batch norm in evaluation and ReLU, for inference."""
    x, w, dy = _tensors(device, layer)
    stride, padding = layer.stride, layer.size // 2
    mean, gamma, beta = torch.randn(3, layer.channels, device=device).unbind()
    var = torch.rand(layer.channels, device=device) + 0.5
    norm = Norm(mean, var, gamma, beta)

    def eager(*tensors: torch.Tensor) -> torch.Tensor:
        x, w, mean, var, gamma, beta = tensors
        return F.relu(F.batch_norm(F.conv2d(x, w, None, stride, padding), mean, var, gamma, beta))

    whole = torch_compiled(eager)
    return Case(
        ways={
            "ours": lambda: conv2d(x, w, None, stride, padding, norm=norm, relu=True, backend=backend),
            "eager": lambda: eager(x, w, mean, var, gamma, beta),
            "compile": lambda: whole(x, w, mean, var, gamma, beta),
        },
        exact=lambda: eager(*(one.double() for one in (x, w, mean, var, gamma, beta))),
        inputs=(),
        cotangent=dy,
    )


def rows(backend: str) -> Iterator[Row]:
    """Each layer plain; some of them fused; and one with its columns written."""
    for layer in LAYERS:
        yield _row("conv2d", layer, layer.predicted, partial(plain, layer=layer, backend=backend, explicit=False))
    for layer in (LAYERS[0], LAYERS[3], LAYERS[4]):
        yield _row("explicit_conv2d", layer, None, partial(plain, layer=layer, backend=backend, explicit=True))
    for layer in FUSED:
        yield _row("conv2d+norm+relu", layer, None, partial(fused, layer=layer, backend=backend))


def _row(operation: str, layer: Layer, predicted: float | None, make: Make) -> Row:
    columns = 2.0 * math.prod(layer.output) / layer.channels * layer.shape[1] * layer.size**2 * layer.dtype.itemsize
    last = "channels last" if layer.dtype == HALF else ""
    written = columns if operation == "explicit_conv2d" else 0.0
    return Row(
        operation=operation,
        kind=operation + traits(layer.dtype, "" if layer.dtype == HALF else of_convolutions(), last),
        shape=layer.text(),
        dtype=layer.dtype,
        size=layer.multiplications,
        make=make,
        moved=(layer.bytes + written, 2 * (layer.bytes + written)),
        operations=(2.0 * layer.multiplications, 4.0 * layer.multiplications),
        predicted=(predicted, None),
        quick=layer.quick,
        tags=("channels last",) if layer.dtype == HALF else (),
    )
