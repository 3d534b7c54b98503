"""Each program writes its two numbers into its tile of a matrix of 3 by 10."""

import torch
import triton
import triton.language as tl


@triton.jit
def number_tiles(out, M, N, s0, s1, BM: tl.constexpr, BN: tl.constexpr):
    p, q = tl.program_id(0), tl.program_id(1)
    i = (p * BM + tl.arange(0, BM))[:, None]  # a column
    j = (q * BN + tl.arange(0, BN))[None, :]  # a row
    value = tl.zeros((BM, BN), tl.float32) + 10 * p + q
    tl.store(out + i * s0 + j * s1, value, mask=(i < M) & (j < N))


out = torch.empty(3, 10)
number_tiles[(2, 3)](out, 3, 10, *out.stride(), BM=2, BN=4)
for row in out.tolist():
    print(" ".join(f"{value:02.0f}" for value in row))
