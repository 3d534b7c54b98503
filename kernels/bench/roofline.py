"""The roofline of a device: the least time that it can take, for the bytes that must move and for the arithmetic."""

from dataclasses import dataclass
from functools import partial

import torch

from kernels.bench.timing import Clock, Run


@dataclass(frozen=True, slots=True)
class Roofline:
    """What a device does at the most, as measured on it: bytes a second (read and written), operations a second."""

    bytes_a_second: float
    flops: dict[torch.dtype, float]

    def microseconds(self, size: float, operations: float, dtype: torch.dtype) -> float:
        """The floor of a call that moves `size` bytes and does `operations` floating-point operations."""
        fast = self.flops.get(dtype, self.flops[torch.float32])
        return max(size / self.bytes_a_second, operations / fast) * 1e6


# What the predictions of the rows were made with. float32 stands for products in TF32.
H200 = Roofline(4.3e12, {torch.bfloat16: 790e12, torch.float16: 790e12, torch.float32: 395e12})


def measure_roofline(clock: Clock) -> Roofline:
    """Copies a big tensor and multiplies big random matrices."""
    gigabytes = 4 if clock.gpu else 0.25
    copy = _copying(clock, int(gigabytes * 2**30))
    edge = 8192 if clock.gpu else 2048
    flops = {}
    for dtype in (torch.float32, torch.bfloat16, torch.float16) if clock.gpu else (torch.float32,):
        one, other = (torch.randn(edge, edge, device=clock.device).to(dtype) for _ in range(2))
        flops[dtype] = 2 * edge**3 / _best(clock, partial(torch.matmul, one, other))
    return Roofline(2 * gigabytes * 2**30 / copy, flops)


def _copying(clock: Clock, size: int) -> float:
    """Seconds that copying so many bytes takes."""
    source = torch.empty(size, dtype=torch.int8, device=clock.device)
    return _best(clock, partial(torch.empty_like(source).copy_, source))


def _best(clock: Clock, run: Run) -> float:
    """Seconds of the best of some calls."""
    run()
    return min(clock.once(run) for _ in range(8))
