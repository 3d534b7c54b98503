"""A first launch, so that nobody waits for what the interpreter does once."""

import torch
import triton
import triton.language as tl


@triton.jit
def _double(x, out, n, BLOCK: tl.constexpr):
    i = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    inside = i < n
    value = tl.load(x + i, mask=inside, other=0.0)
    tl.store(out + i, value + value * (tl.sum(value, axis=0) == 0), mask=inside)


def launch() -> None:
    """Doubles three zeros."""
    x = torch.zeros(3)
    _double[(1,)](x, torch.empty_like(x), 3, BLOCK=4)
