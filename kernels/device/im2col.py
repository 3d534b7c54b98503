"""im2col and its transpose as kernels of their own: the columns of a convolution, written to memory.

    columns[n, (c, kh, kw), (oh, ow)] = x[n, c, oh · SH - PH + kh · DH, ow · SW - PW + kw · DW]

and zero outside of the picture. Each pixel is written once for every place of the filter that sees it: KH · KW times
at stride 1.
"""

import triton
import triton.language as tl

from kernels.device.common import indices, program_place, wide


@triton.jit
def im2col(
    x, columns, H, W, OH, OW, C, blocks_0, blocks_1, x_n, x_c, x_h, x_w,
    KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr, BK: tl.constexpr, BL: tl.constexpr,
    INT64: tl.constexpr,
):  # fmt: skip
    """columns is contiguous, [N, C · KH · KW, OH · OW]; a program writes a tile [BK, BL] of one image."""
    block_k, block_l, n = program_place(blocks_0, blocks_1)
    n = wide(n, True)
    k = indices(block_k, BK, INT64)
    pixel = indices(block_l, BL, INT64)
    kw = k % KW
    kh = (k // KW) % KH
    c = k // (KW * KH)
    ih = (pixel // OW * SH - PH)[None, :] + (kh * DH)[:, None]
    iw = (pixel % OW * SW - PW)[None, :] + (kw * DW)[:, None]
    exists = (c < C)[:, None] & (pixel < wide(OH, INT64) * OW)[None, :]
    inside = exists & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)
    v = tl.load(x + n * x_n + (c * x_c)[:, None] + ih * x_h + iw * x_w, mask=inside, other=0.0)
    target = columns + ((n * C * (KH * KW) + k) * OH * OW)[:, None] + pixel[None, :]
    tl.store(target, v, mask=exists)


@triton.jit
def col2im(
    columns, x, H, W, OH, OW, C, blocks_0, blocks_1, x_n, x_c, x_h, x_w,
    KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
    BC: tl.constexpr, BP: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """x[n, c, h, w] = the sum of the entries of the columns that im2col copies it to.

    Each pixel gathers what belongs to it, tap by tap in the same order, instead of the columns being scattered.
    """
    block_c, block_p, n = program_place(blocks_0, blocks_1)
    n = wide(n, True)
    c = indices(block_c, BC, INT64)
    p = indices(block_p, BP, INT64)
    ih = p // W
    iw = p % W
    exists = (c < C)[:, None] & (p < wide(H, INT64) * W)[None, :]
    image = columns + n * C * (KH * KW) * OH * OW
    total = tl.zeros((BC, BP), ACC)
    for kh in range(KH):
        for kw in range(KW):
            oh = ih + PH - kh * DH
            ow = iw + PW - kw * DW
            hit = (oh >= 0) & (ow >= 0) & (oh % SH == 0) & (ow % SW == 0)
            oh = oh // SH
            ow = ow // SW
            hit = exists & (hit & (oh < OH) & (ow < OW))[None, :]
            k = (c * KH + kh) * KW + kw
            total += tl.load(image + (k * OH * OW)[:, None] + (oh * OW + ow)[None, :], mask=hit, other=0.0).to(ACC)
    target = x + n * x_n + (c * x_c)[:, None] + (ih * x_h + iw * x_w)[None, :]
    tl.store(target, total.to(x.dtype.element_ty), mask=exists)
