"""Triton's kernels on the CPU: interpreted, and so watched that what a GPU would not forgive is an error here.

The same is done for the learner's file and for the reference, whose mistakes are kernels too.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch

from grader.sandbox.observations import tensors_in

NAME = "triton"
WRITTEN = "written"
"""Observed of every call that launches a kernel: for each tensor that it gives, whether a kernel has written it."""
MARGIN = 64
"""Elements of NaN on either side of an input."""


def fetch() -> None:
    """Imports Triton, which interprets by the zygote's environment, and pays for the first launch."""
    import triton  # noqa: F401

    from kernels.inspect import launches, warming

    if launches.install():
        warming.launch()


def prepare() -> bool:
    """Before code that names Triton runs: memory that nothing was written to holds NaN. Whether there is Triton."""
    try:
        from kernels.inspect import launches

        watched = launches.install()
    except ImportError:
        return False
    # without it, the next line changes nothing; torch.use_deterministic_algorithms imports a compiler besides
    torch._C._set_deterministic_algorithms(True, warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = True  # type: ignore[attr-defined]
    return watched


def surrounded(value: Any) -> Any:
    """The tensors of an argument in the middle of a buffer of NaN, with the strides that they have."""
    if isinstance(value, torch.Tensor):
        return _surrounded(value)
    if type(value) in (list, tuple):
        return type(value)(map(surrounded, value))
    if type(value) is dict:
        return {key: surrounded(item) for key, item in value.items()}
    return value


def _surrounded(tensor: torch.Tensor) -> torch.Tensor:
    if not tensor.is_floating_point() or tensor.layout != torch.strided or type(tensor) is not torch.Tensor:
        return tensor
    last = sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.stride(), strict=True))
    buffer = torch.full((max(last, 0) + 1 + 2 * MARGIN,), torch.nan, dtype=tensor.dtype)
    inside = buffer.as_strided(tensor.shape, tensor.stride(), MARGIN)
    inside.copy_(tensor.detach())
    return inside.requires_grad_(tensor.requires_grad)


_recorders: list[Any] = []


def recording(file: str, program: int | None) -> AbstractContextManager[None]:
    """Records what one program of each launch does, of kernels that stand in a file; for None, nothing."""
    _recorders.clear()
    if program is None or not prepare():
        return nullcontext()
    from kernels.inspect.steps import Recorder

    _recorders.append(Recorder(file, program))
    found: AbstractContextManager[None] = _recorders[0].recording()
    return found


def recorded() -> dict[str, Any] | None:
    """What was recorded, as plain data; None where nothing was to be."""
    return _recorders[0].report() if _recorders else None


def begin() -> None:
    """What was written before is forgotten."""
    from kernels.inspect import launches

    launches.forget()


def written(value: Any) -> list[bool] | None:
    """Of each tensor of a result, whether a kernel has written it since `begin`; None where none was launched.

    What a kernel has left as it was counts where it is 0: who allocates zeros may mean them.
    """
    from kernels.inspect import launches

    if not launches.any_since():
        return None
    return [launches.written(one.detach()) for one in tensors_in(value)]
