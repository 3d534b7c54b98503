"""Sums of rows."""

import torch
import triton
import triton.language as tl


@triton.jit
def row_sum_kernel(x, out, N, x_0, x_1, BLOCK: tl.constexpr):
    """Writes the sum of a row of N numbers, a row for each program."""
    raise NotImplementedError("write row_sum_kernel")


def row_sum(x: torch.Tensor) -> torch.Tensor:
    """The sum of each row."""
    M, N = x.shape
    out = x.new_empty(M)
    row_sum_kernel[(M,)](x, out, N, *x.stride(), BLOCK=32)
    return out


if __name__ == "__main__":
    print(row_sum(torch.ones(3, 40)))
