"""A driver that starts nothing: calls go all the way to the GPU's door, on a machine that has none.

Kernels are compiled for a Hopper and bound to their arguments as ever; only the launch itself is left out, so that
results are whatever was in memory. That is enough to see whether launches fit their kernels, and to time what a call
costs the processor.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import torch
import triton
from triton.backends.compiler import GPUTarget
from triton.runtime.driver import driver

from kernels.dispatch import choice
from kernels.ops import planned


class _Utils:
    def load_binary(self, name: str, binary: bytes, shared: int, device: int) -> tuple[Any, ...]:
        return (1, 1, 0, 0, 1024)  # module, function, registers, spills, threads of a block at the most

    def unload_module(self, module: Any) -> None:
        pass

    def get_device_properties(self, device: int) -> dict[str, int]:
        return {"max_shared_mem": 232_448, "multiprocessor_count": 132, "warpSize": 32}


class StubDriver:
    """What Triton asks of a driver, answered for an H100 that is not there. `launches` are the kernels it was given."""

    def __init__(self) -> None:
        self.utils = _Utils()
        self.launches: list[str] = []

    def launcher_cls(self, source: Any, metadata: Any) -> Callable[..., None]:
        """What would start a kernel."""
        name = source.fn.__name__ if hasattr(source, "fn") else str(metadata.name)

        def launch(*arguments: Any) -> None:
            own = driver.active  # kernels stay compiled for the next stub
            assert isinstance(own, StubDriver)
            own.start(name, arguments)

        return launch

    def start(self, name: str, arguments: tuple[Any, ...]) -> None:
        """What a kernel comes to."""
        self.launches.append(name)

    def get_current_target(self) -> GPUTarget:
        return GPUTarget("cuda", 90, 32)

    def get_current_device(self) -> int:
        return 0

    def get_current_stream(self, device: int) -> int:
        return 0

    def get_active_torch_device(self) -> torch.device:
        return torch.device("cpu")

    def is_active(self) -> bool:
        return True


@contextlib.contextmanager
def stubbed() -> Iterator[StubDriver]:
    """Within it, tensors of the CPU are taken for a GPU's where "triton" is asked for, and kernels are not started."""
    if triton.knobs.runtime.interpret:
        raise RuntimeError("TRITON_INTERPRET=1 is set, with which there are no launches.")
    stub, before, available = StubDriver(), driver._active, choice.unavailable
    driver.set_active(stub)
    choice.unavailable = lambda kind, index: None
    planned.forget()
    try:
        yield stub
    finally:
        driver._active = before
        choice.unavailable = available
        planned.forget()
