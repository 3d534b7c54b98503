"""Mean and variance of each column."""

import torch
import triton
import triton.language as tl


@triton.jit
def statistics_kernel(x, mean, var, N, x_0, x_1, BLOCK: tl.constexpr):
    """Writes mean and variance of a column of N numbers, a column for each program."""
    raise NotImplementedError("write statistics_kernel")


def statistics(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and variance of each column."""
    N, C = x.shape
    mean, var = x.new_empty(C), x.new_empty(C)
    statistics_kernel[(C,)](x, mean, var, N, *x.stride(), BLOCK=32)
    return mean, var


if __name__ == "__main__":
    print(*statistics(torch.arange(80.0).reshape(40, 2)))
