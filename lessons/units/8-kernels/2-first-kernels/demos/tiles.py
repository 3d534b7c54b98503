"""Each program writes its two numbers into its tile of a matrix of 3 by 10."""

import torch
import triton
import triton.language as tl


@triton.jit
def number_tiles(out, M, N, s0, s1, BM: tl.constexpr, BN: tl.constexpr):
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    j = tl.program_id(1) * BN + tl.arange(0, BN)
    at = i[:, None] * s0 + j[None, :] * s1
    exists = (i < M)[:, None] & (j < N)[None, :]
    value = tl.zeros((BM, BN), tl.float32) + 10 * tl.program_id(0) + tl.program_id(1)
    tl.store(out + at, value, mask=exists)


out = torch.empty(3, 10)
number_tiles[(2, 3)](out, 3, 10, *out.stride(), BM=2, BN=4)
for row in out.tolist():
    print(" ".join(f"{value:02.0f}" for value in row))
