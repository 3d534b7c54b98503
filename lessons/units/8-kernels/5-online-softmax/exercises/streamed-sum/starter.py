"""The logarithm of a sum of exponentials, in one pass."""

import torch
import triton
import triton.language as tl


@triton.jit
def log_sum_exp_kernel(x, out, N, x_0, x_1, BLOCK: tl.constexpr):
    """Writes the logarithm of the sum of exponentials of a row, a row for each program."""
    raise NotImplementedError("write log_sum_exp_kernel")


def log_sum_exp(x: torch.Tensor) -> torch.Tensor:
    """The logarithm of the sum of exponentials of each row."""
    M, N = x.shape
    out = x.new_empty(M)
    log_sum_exp_kernel[(M,)](x, out, N, *x.stride(), BLOCK=16)
    return out


if __name__ == "__main__":
    print(log_sum_exp(torch.zeros(2, 20)))
