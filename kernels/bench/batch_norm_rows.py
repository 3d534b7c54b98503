"""What is measured of batch norm: the course's sizes and those of a ResNet-50."""

from collections.abc import Iterator
from functools import partial

import torch
import torch.nn.functional as F

from kernels.bench.row import Case, Row, torch_compiled
from kernels.ops.batch_norm import batch_norm
from kernels.ops.library import traits

LAST = "channels last"
WAYS = ("ours", "eager", "compile")


def eager(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, mean: torch.Tensor, var: torch.Tensor,
    residual: torch.Tensor | None, relu: bool,
) -> torch.Tensor:  # fmt: skip
    """PyTorch, an operation at a time."""
    y = F.batch_norm(x, mean, var, weight, bias, True)
    y = y if residual is None else y + residual
    return F.relu(y) if relu else y


def case(
    device: torch.device,
    shape: tuple[int, ...],
    dtype: torch.dtype,
    last: bool,
    relu: bool,
    residual: bool,
    backend: str,
) -> Case:
    layout = torch.channels_last if last else torch.contiguous_format
    x, other, dy = (torch.randn(shape, device=device).to(dtype).contiguous(memory_format=layout) for _ in range(3))
    weight, bias = (torch.randn(shape[1], device=device) for _ in range(2))
    # running statistics of its own for each way: a graph that is kept for the backward pass must find them as they were
    statistics = {name: (torch.zeros(shape[1], device=device), torch.ones(shape[1], device=device)) for name in WAYS}
    inputs = (x, weight, bias, *((other,) if residual else ()))
    for one in inputs:
        one.requires_grad_()
    added = other if residual else None
    whole = torch_compiled(eager)

    def exact() -> torch.Tensor:
        with torch.no_grad():
            mean, var = (one.double() for one in statistics["eager"])
            added_exactly = None if added is None else added.double()
            return eager(x.double(), weight.double(), bias.double(), mean, var, added_exactly, relu)

    return Case(
        ways={
            "ours": lambda: batch_norm(
                x, *statistics["ours"], weight, bias, True, relu=relu, residual=added, backend=backend
            ),
            "eager": lambda: eager(x, weight, bias, *statistics["eager"], added, relu),
            "compile": lambda: whole(x, weight, bias, *statistics["compile"], added, relu),
        },
        exact=exact,
        inputs=inputs,
        cotangent=dy,
    )


SIZES: tuple[tuple[tuple[int, ...], torch.dtype, bool, bool], ...] = (
    # shape, dtype, channels last, measured with --quick
    ((64, 32), torch.float32, False, True),
    ((64, 16, 28, 28), torch.float32, False, True),
    ((128, 64, 32, 32), torch.bfloat16, True, False),
    ((128, 64, 32, 32), torch.bfloat16, False, False),
    ((256, 64, 56, 56), torch.bfloat16, True, False),
    ((256, 64, 56, 56), torch.bfloat16, False, False),
    ((256, 64, 56, 56), torch.float32, True, False),
    ((256, 256, 56, 56), torch.bfloat16, True, False),
    ((256, 512, 28, 28), torch.bfloat16, True, False),
    ((256, 2048, 7, 7), torch.bfloat16, True, False),
)
PREDICTED: dict[tuple[int, ...], float] = {
    # forward with residual and ReLU on an H200, microseconds
    (128, 64, 32, 32): 16.0,
    (256, 64, 56, 56): 112.0,
    (256, 256, 56, 56): 440.0,
    (256, 512, 28, 28): 225.0,
    (256, 2048, 7, 7): 55.0,
}


def rows(backend: str) -> Iterator[Row]:
    """Batch norm alone, with a ReLU, and with a residual and a ReLU, at each size."""
    for shape, dtype, last, quick in SIZES:
        for residual, relu in ((False, False), (False, True), (True, True)):
            elements = torch.Size(shape).numel()
            passes = (4, 7) if residual else (3, 5)
            operation = "batch_norm" + "+residual" * residual + "+relu" * relu
            fused = residual and relu and dtype == torch.bfloat16 and last
            yield Row(
                operation=operation,
                kind=operation + traits(dtype, LAST if last else ""),
                shape=str(list(shape)),
                dtype=dtype,
                size=elements,
                make=partial(case, shape=shape, dtype=dtype, last=last, relu=relu, residual=residual, backend=backend),
                moved=(float(passes[0] * elements * dtype.itemsize), float(passes[1] * elements * dtype.itemsize)),
                predicted=(PREDICTED.get(shape) if fused else None, None),
                quick=quick,
                tags=(LAST,) if last else (),
            )
