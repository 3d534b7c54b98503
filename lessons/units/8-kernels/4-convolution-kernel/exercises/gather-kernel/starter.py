"""The columns of a convolution."""

import torch
import triton
import triton.language as tl


@triton.jit
def im2col_kernel(
    x, columns, M, CKK, H, W, OH, OW, x_n, x_c, x_h, x_w, stride, padding,
    K: tl.constexpr, BM: tl.constexpr, BK: tl.constexpr,
):  # fmt: skip
    """Writes a tile of the columns, of the size (M, CKK)."""
    raise NotImplementedError("write im2col_kernel")


def im2col(x: torch.Tensor, K: int, stride: int, padding: int) -> torch.Tensor:
    """All windows of x, a row for each."""
    N, C, H, W = x.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    M, CKK = N * OH * OW, C * K * K
    columns = x.new_empty(M, CKK)
    grid = (triton.cdiv(M, 32), triton.cdiv(CKK, 16))
    im2col_kernel[grid](x, columns, M, CKK, H, W, OH, OW, *x.stride(), stride, padding, K=K, BM=32, BK=16)
    return columns


if __name__ == "__main__":
    print(im2col(torch.arange(9.0).reshape(1, 1, 3, 3), K=2, stride=1, padding=0))
