"""A sum of two vectors."""

import torch
import triton
import triton.language as tl


@triton.jit
def add_kernel(x, y, out, n, BLOCK: tl.constexpr):
    """Writes x + y to out, BLOCK of the n numbers in each program."""
    raise NotImplementedError("write add_kernel")


def add(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The sum of two vectors of the same length."""
    out = torch.empty_like(x)
    n = x.numel()
    add_kernel[(triton.cdiv(n, 64),)](x, y, out, n, BLOCK=64)
    return out


if __name__ == "__main__":
    print(add(torch.arange(70.0), torch.ones(70)))
