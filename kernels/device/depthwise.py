"""Depthwise convolution: every channel has filters of its own, EACH of them.

There is no product of matrices in it. A tile is BM pixels by BN channels, and for each place of the filter the pixels
under it are loaded, multiplied and added. As in device/conv.py nothing is added atomically.
"""

import triton
import triton.language as tl

from kernels.device.common import indices, program_place, wide
from kernels.device.conv import epilogue, pixel


@triton.jit
def input_pixel(
    tap, oh, ow, there, H, W, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
):  # fmt: skip
    """Row and column of the pixels under one place of the filter, and whether they are in the picture."""
    ih = oh * SH - PH + tap // KW * DH
    iw = ow * SW - PW + tap % KW * DW
    return ih, iw, there & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)


@triton.jit
def convolve_depthwise(
    x, w, bias, gamma, beta, mean, var, y, N, H, W, OH, OW, OC, blocks_0, blocks_1,
    x_n, x_c, x_h, x_w, w_o, w_h, w_w, y_n, y_c, y_h, y_w, eps: tl.float64,
    EACH: tl.constexpr, KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
    HAS_BIAS: tl.constexpr, NORM: tl.constexpr, HAS_GAMMA: tl.constexpr, HAS_BETA: tl.constexpr, RELU: tl.constexpr,
    BM: tl.constexpr, BN: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """y[n, o, oh, ow] = sum over kh, kw of w[o, kh, kw] · x[n, o // EACH, ih, iw], and what follows."""
    block_m, block_o, _ = program_place(blocks_0, blocks_1)
    m = indices(block_m, BM, INT64)
    o = indices(block_o, BN, INT64)
    n, oh, ow = pixel(m, OH, OW, INT64)
    row = m < wide(N, INT64) * OH * OW
    column = o < OC
    images = x + (n * x_n)[:, None] + (o // EACH * x_c)[None, :]
    acc = tl.zeros((BM, BN), ACC)
    for tap in range(0, KH * KW):
        ih, iw, seen = input_pixel(tap, oh, ow, row, H, W, KW, SH, SW, PH, PW, DH, DW)
        a = tl.load(images + (ih * x_h + iw * x_w)[:, None], mask=seen[:, None] & column[None, :], other=0.0)
        f = tl.load(w + o * w_o + tap // KW * w_h + tap % KW * w_w, mask=column, other=0.0)
        acc += a.to(ACC) * f.to(ACC)[None, :]
    acc = epilogue(acc, bias, gamma, beta, mean, var, eps, o, column, HAS_BIAS, NORM, HAS_GAMMA, HAS_BETA, RELU, ACC)
    target = y + (n * y_n + oh * y_h + ow * y_w)[:, None] + (o * y_c)[None, :]
    tl.store(target, acc.to(y.dtype.element_ty), mask=row[:, None] & column[None, :])


@triton.jit
def convolve_depthwise_transposed(
    dy, w, bias, gamma, beta, mean, var, dx, N, H, W, OH, OW, C, blocks_0, blocks_1,
    x_n, x_c, x_h, x_w, w_o, w_h, w_w, y_n, y_c, y_h, y_w, eps: tl.float64,
    EACH: tl.constexpr, KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
    HAS_BIAS: tl.constexpr, NORM: tl.constexpr, HAS_GAMMA: tl.constexpr, HAS_BETA: tl.constexpr, RELU: tl.constexpr,
    BM: tl.constexpr, BN: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """dx[n, c, ih, iw] = sum of w[o, kh, kw] · dy[n, o, oh, ow] over the filters of c and from where they saw it."""
    block_m, block_c, _ = program_place(blocks_0, blocks_1)
    m = indices(block_m, BM, INT64)
    c = indices(block_c, BN, INT64)
    n, ih, iw = pixel(m, H, W, INT64)
    row = m < wide(N, INT64) * H * W
    column = c < C
    acc = tl.zeros((BM, BN), ACC)
    for tap in range(0, KH * KW):
        th = ih + PH - tap // KW * DH
        tw = iw + PW - tap % KW * DW
        seen = row & (th >= 0) & (th % SH == 0) & (th // SH < OH) & (tw >= 0) & (tw % SW == 0) & (tw // SW < OW)
        place = (n * y_n + th // SH * y_h + tw // SW * y_w)[:, None]
        for each in range(0, EACH):
            o = c * EACH + each
            a = tl.load(dy + place + (o * y_c)[None, :], mask=seen[:, None] & column[None, :], other=0.0)
            f = tl.load(w + o * w_o + tap // KW * w_h + tap % KW * w_w, mask=column, other=0.0)
            acc += a.to(ACC) * f.to(ACC)[None, :]
    acc = epilogue(acc, bias, gamma, beta, mean, var, eps, c, column, HAS_BIAS, NORM, HAS_GAMMA, HAS_BETA, RELU, ACC)
    target = dx + (n * x_n + ih * x_h + iw * x_w)[:, None] + (c * x_c)[None, :]
    tl.store(target, acc.to(dx.dtype.element_ty), mask=row[:, None] & column[None, :])


@triton.jit
def depthwise_weight_gradient(
    x, dy, partial, N, H, W, OH, OW, OC, split_size, blocks_0, blocks_1, x_n, x_c, x_h, x_w, y_n, y_c, y_h, y_w,
    EACH: tl.constexpr, KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
    BM: tl.constexpr, BN: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """partial[split, o, tap] = sum of dy[n, o, oh, ow] · x[n, o // EACH, ih, iw] over one split of the pixels."""
    block_o, tap, split = program_place(blocks_0, blocks_1)
    split = wide(split, INT64)
    o = indices(block_o, BN, INT64)
    column = o < OC
    pixels = wide(N, INT64) * OH * OW
    acc = tl.zeros((BN,), ACC)
    end = tl.minimum(pixels, (split + 1) * split_size)
    for m0 in range(split * split_size, end, BM):
        m = m0 + tl.arange(0, BM)
        own = m < end
        n, oh, ow = pixel(m, OH, OW, INT64)
        ih, iw, seen = input_pixel(tap, oh, ow, own, H, W, KW, SH, SW, PH, PW, DH, DW)
        there = seen[:, None] & column[None, :]
        a = tl.load(dy + (n * y_n + oh * y_h + ow * y_w)[:, None] + (o * y_c)[None, :], mask=there, other=0.0)
        b = tl.load(x + (n * x_n + ih * x_h + iw * x_w)[:, None] + (o // EACH * x_c)[None, :], mask=there, other=0.0)
        acc += tl.sum(a.to(ACC) * b.to(ACC), axis=0)
    tl.store(partial + (split * OC + o) * (KH * KW) + tap, acc, mask=column)
