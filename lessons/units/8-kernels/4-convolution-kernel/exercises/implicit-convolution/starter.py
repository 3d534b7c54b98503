"""A convolution layer as an implicit product."""

import torch
import triton
import triton.language as tl


@triton.jit
def conv_kernel(
    x, w, out, M, O, CKK, H, W, OH, OW, x_n, x_c, x_h, x_w, stride, padding,
    K: tl.constexpr, BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr,
):  # fmt: skip
    """Writes BM of the M output pixels, in BN of the O channels."""
    raise NotImplementedError("write conv_kernel")


def convolve(x: torch.Tensor, w: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
    """A convolution layer without bias."""
    (N, C, H, W), (O, _, K, _) = x.shape, w.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    M, CKK = N * OH * OW, C * K * K
    out = x.new_empty(N, O, OH, OW)
    grid = (triton.cdiv(M, 32), triton.cdiv(O, 16))
    sizes = (M, O, CKK, H, W, OH, OW, *x.stride())
    conv_kernel[grid](x, w, out, *sizes, stride, padding, K=K, BM=32, BN=16, BK=16)
    return out


if __name__ == "__main__":
    print(convolve(torch.ones(1, 1, 4, 4), torch.ones(2, 1, 3, 3), stride=1, padding=1))
