"""Convolution as one big matrix product whose left factor is never written: implicit im2col.

A convolution of [N, IC, H, W] with [OC, IC, KH, KW] is a product of two matrices: a row for each output pixel
m = (n, oh, ow), a column for each output channel, and in between, summed over, k = (kh, kw, c), the places under the
filter. The left factor, of which each row holds the pixels that one output pixel sees, is what im2col writes to memory
(device/im2col.py); here its tiles are gathered from the input when they are needed. k runs through the channels first,
which lie side by side in a channels-last tensor.

All channels are counted within a group. There are no atomic additions: the same input gives the same bits.
"""

import triton
import triton.language as tl

from kernels.device.common import grouped_place, indices, program_place, scalar, wide


@triton.jit
def pixel(m, H, W, INT64: tl.constexpr):
    """Image, row and column of the m-th pixel."""
    each = wide(H, INT64) * W
    r = m % each
    return m // each, r // W, r % W


@triton.jit
def within(seen, i, SIZE, LOW: tl.constexpr, HIGH: tl.constexpr, INT64: tl.constexpr):
    """`seen` where 0 <= i < SIZE as well. LOW and HIGH: whether any i is too small, or too large.

    Where both are, one comparison does: a negative number, taken for one without a sign, is larger than any size.
    """
    if LOW and HIGH:
        seen = seen & (i.to(tl.uint64 if INT64 else tl.uint32) < SIZE)
    elif LOW:
        seen = seen & (i >= 0)
    elif HIGH:
        seen = seen & (i < SIZE)
    return seen


@triton.jit
def epilogue(
    acc, bias, gamma, beta, mean, var, eps, c, exists,
    HAS_BIAS: tl.constexpr, NORM: tl.constexpr, HAS_GAMMA: tl.constexpr, HAS_BETA: tl.constexpr, RELU: tl.constexpr,
    ACC: tl.constexpr,
):  # fmt: skip
    """What follows the product, while it is in registers: bias, batch norm with fixed statistics, ReLU.

    Bias and norm are one factor and one summand a channel. For large tiles they are gathered, because each thread would
    else load and compute them anew for all columns of its part, and that takes more registers than the product.
    """
    summand = tl.zeros_like(c).to(ACC)
    if HAS_BIAS:
        summand = tl.load(bias + c, mask=exists, other=0.0).to(ACC)
    if NORM:
        factor = 1.0 / tl.sqrt(tl.load(var + c, mask=exists, other=1.0).to(ACC) + scalar(eps, ACC))
        if HAS_GAMMA:
            factor = factor * tl.load(gamma + c, mask=exists, other=0.0).to(ACC)
        summand = (summand - tl.load(mean + c, mask=exists, other=0.0).to(ACC)) * factor
        if HAS_BETA:
            summand += tl.load(beta + c, mask=exists, other=0.0).to(ACC)
        if acc.shape[0] * acc.shape[1] >= 8192:
            own = tl.arange(0, c.shape[0])
            factor = tl.gather(factor, own, 0)
            summand = tl.gather(summand, own, 0)
        acc = acc * factor[None, :] + summand[None, :]
    elif HAS_BIAS:
        acc += summand[None, :]
    if RELU:
        acc = tl.where(acc < 0.0, 0.0, acc)  # a maximum would turn NaN into 0
    return acc


@triton.jit
def convolve(
    x, w, bias, gamma, beta, mean, var, y, N, H, W, OH, OW, OC, blocks_0, blocks_1,
    x_n, x_c, x_h, x_w, w_o, w_c, w_h, w_w, y_n, y_c, y_h, y_w, eps: tl.float64,
    IC: tl.constexpr, KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
    TOP: tl.constexpr, BOTTOM: tl.constexpr, LEFT: tl.constexpr, RIGHT: tl.constexpr, TOGETHER: tl.constexpr,
    FULL: tl.constexpr,
    HAS_BIAS: tl.constexpr, NORM: tl.constexpr, HAS_GAMMA: tl.constexpr, HAS_BETA: tl.constexpr, RELU: tl.constexpr,
    BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr,
    DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """y[m, o] = sum over k of column[m, k] · w[o, k], and what follows.

    TOP, BOTTOM, LEFT and RIGHT: over which edges of the picture the filter reaches anywhere. FULL: whether blocks of
    channels are, so that filters need no mask where the places under them fill their blocks as well.
    """
    block_m, block_o, group = grouped_place(blocks_0, blocks_1, 1, TOGETHER)
    group = wide(group, INT64)
    m = indices(block_m, BM, INT64)
    o = indices(block_o, BN, INT64)
    n, oh, ow = pixel(m, OH, OW, INT64)
    row = m < wide(N, INT64) * OH * OW
    column = o < OC
    ih0 = oh * SH - PH
    iw0 = ow * SW - PW
    image = x + n * x_n + group * IC * x_c
    filters = w + (group * OC + o) * w_o
    acc = tl.zeros((BM, BN), ACC)
    for k0 in range(0, KH * KW * IC, BK):
        k = wide(k0 + tl.arange(0, BK), INT64)
        tap = k // IC
        c = k % IC
        kh = tap // KW
        kw = tap % KW
        ih = ih0[:, None] + (kh * DH)[None, :]
        iw = iw0[:, None] + (kw * DW)[None, :]
        seen = row[:, None]
        used = column[None, :]
        if KH * KW * IC % BK != 0:
            inside = k < KH * KW * IC
            seen = seen & inside[None, :]
            used = used & inside[:, None]
        seen = within(seen, ih, H, TOP, BOTTOM, INT64)
        seen = within(seen, iw, W, LEFT, RIGHT, INT64)
        a = tl.load(image[:, None] + (c * x_c)[None, :] + ih * x_h + iw * x_w, mask=seen, other=0.0)
        place = filters[None, :] + (c * w_c + kh * w_h + kw * w_w)[:, None]
        b = tl.load(place) if FULL and KH * KW * IC % BK == 0 else tl.load(place, mask=used, other=0.0)
        acc = tl.dot(a.to(DOT), b.to(DOT), acc, input_precision=PRECISION, out_dtype=ACC)
    acc = epilogue(
        acc, bias, gamma, beta, mean, var, eps, group * OC + o, column, HAS_BIAS, NORM, HAS_GAMMA, HAS_BETA, RELU, ACC
    )
    target = (n * y_n + oh * y_h + ow * y_w)[:, None] + ((group * OC + o) * y_c)[None, :]
    tl.store(y + target, acc.to(y.dtype.element_ty), mask=row[:, None] & column[None, :])


@triton.jit
def first_tap(
    phase,
    KERNEL: tl.constexpr,
    STRIDE: tl.constexpr,
    PADDING: tl.constexpr,
    DILATION: tl.constexpr,
    PERIOD: tl.constexpr,
):
    """The first tap of a filter's axis that an output pixel of this phase goes through; KERNEL where there is none."""
    tap = KERNEL + 0 * phase
    for i in tl.static_range(PERIOD):
        candidate = PERIOD - 1 - i
        if candidate < KERNEL:
            tap = tl.where((phase + PADDING - candidate * DILATION) % STRIDE == 0, candidate, tap)
    return tap


@triton.jit
def convolve_transposed(
    dy, w, bias, gamma, beta, mean, var, dx, N, H, W, OH, OW, IC, blocks_0, blocks_1,
    x_n, x_c, x_h, x_w, w_o, w_c, w_h, w_w, y_n, y_c, y_h, y_w, eps: tl.float64,
    OC: tl.constexpr, KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
    PERIOD_H: tl.constexpr, PERIOD_W: tl.constexpr,
    TOP: tl.constexpr, BOTTOM: tl.constexpr, LEFT: tl.constexpr, RIGHT: tl.constexpr, TOGETHER: tl.constexpr,
    FULL: tl.constexpr,
    HAS_BIAS: tl.constexpr, NORM: tl.constexpr, HAS_GAMMA: tl.constexpr, HAS_BETA: tl.constexpr, RELU: tl.constexpr,
    BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr,
    DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """The transposed convolution of dy, [N, OC, OH, OW]: the gradient of `convolve` for its input, [N, IC, H, W].

    By phases of the stride: pixels with the same row modulo SH and column modulo SW are reached by the same taps, every
    PERIOD-th (SH / gcd(SH, DH)) from the first. So nothing is multiplied by the zeros between strided pixels.
    """
    block_m, block, group = grouped_place(blocks_0, blocks_1, SH * SW, TOGETHER)
    phase = block % (SH * SW)
    block_i = block // (SH * SW)
    group = wide(group, INT64)
    phase_h = phase // SW
    phase_w = phase % SW
    rows = (H - phase_h + SH - 1) // SH
    columns = (W - phase_w + SW - 1) // SW
    kh0 = first_tap(phase_h, KH, SH, PH, DH, PERIOD_H)
    kw0 = first_tap(phase_w, KW, SW, PW, DW, PERIOD_W)
    taps_h = (KH - kh0 + PERIOD_H - 1) // PERIOD_H
    taps_w = (KW - kw0 + PERIOD_W - 1) // PERIOD_W
    m = indices(block_m, BM, INT64)
    i = indices(block_i, BN, INT64)
    n, qh, qw = pixel(m, rows, columns, INT64)
    ih = qh * SH + phase_h
    iw = qw * SW + phase_w
    row = m < wide(N, INT64) * rows * columns
    column = i < IC
    image = dy + n * y_n + group * OC * y_c
    acc = tl.zeros((BM, BN), ACC)
    for k0 in range(0, taps_h * taps_w * OC, BK):
        k = wide(k0 + tl.arange(0, BK), INT64)
        tap = k // OC
        c = k % OC
        kh = kh0 + (tap // taps_w) * PERIOD_H
        kw = kw0 + (tap % taps_w) * PERIOD_W
        oh = ih[:, None] + PH - (kh * DH)[None, :]
        ow = iw[:, None] + PW - (kw * DW)[None, :]
        # no remainder: a tap of this phase is a whole number of strides away, also from before the first pixel
        oh = oh // SH
        ow = ow // SW
        seen = row[:, None]
        used = column[None, :]
        if OC % BK != 0:
            inside = k < taps_h * taps_w * OC
            seen = seen & inside[None, :]
            used = used & inside[:, None]
        seen = within(seen, oh, OH, TOP, BOTTOM, INT64)
        seen = within(seen, ow, OW, LEFT, RIGHT, INT64)
        a = tl.load(image[:, None] + (c * y_c)[None, :] + oh * y_h + ow * y_w, mask=seen, other=0.0)
        place = w + ((group * OC + c) * w_o + kh * w_h + kw * w_w)[:, None] + (i * w_c)[None, :]
        b = tl.load(place) if FULL and OC % BK == 0 else tl.load(place, mask=used, other=0.0)
        acc = tl.dot(a.to(DOT), b.to(DOT), acc, input_precision=PRECISION, out_dtype=ACC)
    acc = epilogue(
        acc, bias, gamma, beta, mean, var, eps, group * IC + i, column, HAS_BIAS, NORM, HAS_GAMMA, HAS_BETA, RELU, ACC
    )
    target = (n * x_n + ih * x_h + iw * x_w)[:, None] + ((group * IC + i) * x_c)[None, :]
    tl.store(dx + target, acc.to(dx.dtype.element_ty), mask=row[:, None] & column[None, :])


@triton.jit
def weight_gradient(
    x, dy, partial, N, H, W, OH, OW, OC, split_size, groups, blocks_0, blocks_1,
    x_n, x_c, x_h, x_w, y_n, y_c, y_h, y_w,
    IC: tl.constexpr, KH: tl.constexpr, KW: tl.constexpr, SH: tl.constexpr, SW: tl.constexpr,
    PH: tl.constexpr, PW: tl.constexpr, DH: tl.constexpr, DW: tl.constexpr,
    TOP: tl.constexpr, BOTTOM: tl.constexpr, LEFT: tl.constexpr, RIGHT: tl.constexpr,
    BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr,
    DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """partial[split, o, k] = sum over one split of the output pixels m of dy[m, o] · column[m, k], [splits, OC, K]."""
    block_o, block_k, z = program_place(blocks_0, blocks_1)
    split = wide(z // groups, INT64)
    group = wide(z % groups, INT64)
    o = indices(block_o, BM, INT64)
    k = indices(block_k, BN, INT64)
    row = o < OC
    column = k < KH * KW * IC
    tap = k // IC
    c = k % IC
    kh = tap // KW
    kw = tap % KW
    pixels = wide(N, INT64) * OH * OW
    acc = tl.zeros((BM, BN), ACC)
    end = tl.minimum(pixels, (split + 1) * split_size)
    for m0 in range(split * split_size, end, BK):
        m = m0 + tl.arange(0, BK)
        own = m < end
        n, oh, ow = pixel(m, OH, OW, INT64)
        a = tl.load(
            dy + ((group * OC + o) * y_c)[:, None] + (n * y_n + oh * y_h + ow * y_w)[None, :],
            mask=row[:, None] & own[None, :],
            other=0.0,
        )
        ih = (oh * SH - PH)[:, None] + (kh * DH)[None, :]
        iw = (ow * SW - PW)[:, None] + (kw * DW)[None, :]
        seen = within(own[:, None] & column[None, :], ih, H, TOP, BOTTOM, INT64)
        seen = within(seen, iw, W, LEFT, RIGHT, INT64)
        b = tl.load(
            x + (n * x_n)[:, None] + ((group * IC + c) * x_c)[None, :] + ih * x_h + iw * x_w, mask=seen, other=0.0
        )
        acc = tl.dot(a.to(DOT), b.to(DOT), acc, input_precision=PRECISION, out_dtype=ACC)
    target = (wide(z, INT64) * OC + o)[:, None] * (KH * KW * IC) + k[None, :]
    tl.store(partial + target, acc, mask=row[:, None] & column[None, :])


@triton.jit
def sum_splits(
    partial, dw, elements, splits, w_o, w_c, w_h, w_w,
    IC: tl.constexpr, KH: tl.constexpr, KW: tl.constexpr, BLOCK: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """dw[o, c, kh, kw] = the sum of partial[split, o, (kh, kw, c)] over the splits, in their order."""
    e = indices(tl.program_id(0), BLOCK, INT64)
    exists = e < elements
    total = tl.zeros((BLOCK,), ACC)
    for split in range(0, splits):
        total += tl.load(partial + wide(split, INT64) * elements + e, mask=exists, other=0.0)
    k = e % (KH * KW * IC)
    o = e // (KH * KW * IC)
    tap = k // IC
    target = o * w_o + (k % IC) * w_c + (tap // KW) * w_h + (tap % KW) * w_w
    tl.store(dw + target, total.to(dw.dtype.element_ty), mask=exists)
