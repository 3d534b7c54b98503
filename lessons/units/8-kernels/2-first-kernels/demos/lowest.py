"""The maximum of five negative numbers in a block of eight."""

import torch
import triton
import triton.language as tl


@triton.jit
def highest(x, out, n, OTHER: tl.constexpr, BLOCK: tl.constexpr):
    at = tl.arange(0, BLOCK)
    v = tl.load(x + at, mask=at < n, other=OTHER)
    tl.store(out, tl.max(v, axis=0))


x = torch.tensor([-3.0, -1.0, -4.0, -1.5, -9.0])
results = []
for other in (0.0, float("-inf")):
    out = torch.empty(1)
    highest[(1,)](x, out, 5, OTHER=other, BLOCK=8)
    results.append(out.item())
    print(f"other={other}: {out.item()}")
