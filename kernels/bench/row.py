"""What a row of the table measures: one operation at one size, done in several ways."""

from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from kernels.types.dtypes import SHORT

Tensors = tuple[torch.Tensor, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The tensors of a row on a device, and the ways to do it.

    Each way takes no arguments and returns its result, connected with `inputs` for the backward pass. `exact` gives the
    right result in float64. `cotangent` is what the backward pass starts with; without `inputs` there is none.
    """

    ways: dict[str, Callable[[], torch.Tensor]]
    exact: Callable[[], torch.Tensor]
    inputs: Tensors
    cotangent: torch.Tensor


Make = Callable[[torch.device], Case]


@dataclass(frozen=True, slots=True)
class Row:
    """What is measured, without doing it yet.

    `kind` is what the crossovers know it by, and `size` is in their unit. `moved` and `operations` are the bytes and
    floating-point operations of forward and backward pass, of which the floor is made. `predicted` are microseconds on
    an H200, written down before anything was measured; None where nothing was.
    """

    operation: str
    kind: str
    shape: str
    dtype: torch.dtype
    size: int
    make: Make
    moved: tuple[float, float]
    operations: tuple[float, float] = (0.0, 0.0)
    predicted: tuple[float | None, float | None] = (None, None)
    quick: bool = False
    tags: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        return f"{self.operation} {self.shape} {SHORT[self.dtype]}" + "".join(f" {tag}" for tag in self.tags)


def torch_compiled(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """A function as `torch.compile` makes it."""
    made: Callable[..., torch.Tensor] = torch.compile(function, dynamic=False)
    return made
