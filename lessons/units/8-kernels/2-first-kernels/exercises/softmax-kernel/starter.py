"""A softmax in one kernel."""

import torch
import triton
import triton.language as tl


@triton.jit
def softmax_kernel(x, out, N, x_0, x_1, out_0, BLOCK: tl.constexpr):
    """Writes the softmax of a row of N numbers; BLOCK is at least N."""
    raise NotImplementedError("write softmax_kernel")


def softmax(x: torch.Tensor) -> torch.Tensor:
    """The softmax of each row."""
    M, N = x.shape
    out = x.new_empty(M, N)
    softmax_kernel[(M,)](x, out, N, *x.stride(), out.stride(0), BLOCK=triton.next_power_of_2(N))
    return out


if __name__ == "__main__":
    print(softmax(torch.arange(10.0).reshape(2, 5)))
