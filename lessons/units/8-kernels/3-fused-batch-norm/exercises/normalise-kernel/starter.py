"""Normalise, scale, shift and cut off in one pass."""

import torch
import triton
import triton.language as tl


@triton.jit
def normalise_kernel(x, mean, var, gamma, beta, y, N, C, x_0, x_1, eps, BN: tl.constexpr, BC: tl.constexpr):
    """Writes a tile of relu(gamma * (x - mean) / sqrt(var + eps) + beta)."""
    raise NotImplementedError("write normalise_kernel")


def normalise(
    x: torch.Tensor, mean: torch.Tensor, var: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, eps: float
) -> torch.Tensor:
    """Batch norm with given statistics, and a ReLU."""
    N, C = x.shape
    y = x.new_empty(N, C)
    raise NotImplementedError("start normalise_kernel, and return y")


if __name__ == "__main__":
    print(
        normalise(torch.arange(6.0).reshape(3, 2), torch.zeros(2), torch.ones(2), torch.ones(2), torch.zeros(2), 1e-5)
    )
