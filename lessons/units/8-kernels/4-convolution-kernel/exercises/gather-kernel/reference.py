"""Two numbers taken apart, two masks."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, fixture, script


@triton.jit
def im2col_kernel(
    x, columns, M, CKK, H, W, OH, OW, x_n, x_c, x_h, x_w, stride, padding,
    K: tl.constexpr, BM: tl.constexpr, BK: tl.constexpr,
):  # fmt: skip
    m = tl.program_id(0) * BM + tl.arange(0, BM)
    k = tl.program_id(1) * BK + tl.arange(0, BK)
    n, oh, ow = m // (OH * OW), m // OW % OH, m % OW
    c, kh, kw = k // (K * K), k // K % K, k % K
    ih = (oh * stride - padding)[:, None] + kh[None, :]
    iw = (ow * stride - padding)[:, None] + kw[None, :]
    exists = (m < M)[:, None] & (k < CKK)[None, :]
    inside = exists & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)
    at = (n * x_n)[:, None] + (c * x_c)[None, :] + ih * x_h + iw * x_w
    v = tl.load(x + at, mask=inside, other=0.0)
    tl.store(columns + m[:, None] * CKK + k[None, :], v, mask=exists)


def im2col(x, K, stride, padding):
    N, C, H, W = x.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    M, CKK = N * OH * OW, C * K * K
    columns = x.new_empty(M, CKK)
    grid = (triton.cdiv(M, 32), triton.cdiv(CKK, 16))
    im2col_kernel[grid](x, columns, M, CKK, H, W, OH, OW, *x.stride(), stride, padding, K=K, BM=32, BK=16)
    return columns


def seen(label, view, x, K, stride, padding):
    """A case whose batch is a view with other strides, made where the kernel runs."""
    s = script(label)
    s.call("im2col", s.call(fixture(view), x, label="x", compare=False), K, stride, padding)
    return s


@cases("gather")
def pictures(rng: Rng):
    yield case(x=rng.normal(3, 5, 6, 7), K=3, stride=1, padding=1, label="3 by 3, padding 1")
    yield case(x=rng.normal(1, 1, 5, 3), K=2, stride=1, padding=0, label="2 by 2, no padding")
    yield case(x=rng.normal(3, 2, 9, 11), K=3, stride=2, padding=1, label="stride 2")
    yield seen("channels last", "channels_last", rng.normal(2, 5, 7, 3), 3, 1, 1)
    yield seen("every second pixel", "thinned", rng.normal(2, 3, 10, 14), 3, 2, 2)
    yield case(x=rng.normal(1, 2, 6, 5), K=5, stride=1, padding=2, label="5 by 5")


@triton.jit
def row_kernel(
    x, columns, CKK, H, W, OH, OW, x_n, x_c, x_h, x_w, stride, padding, K: tl.constexpr, BLOCK: tl.constexpr
):
    m = tl.program_id(0)
    top = m // OW % OH * stride - padding
    left = m % OW * stride - padding
    picture = x + m // (OH * OW) * x_n
    k = tl.arange(0, BLOCK)
    ih, iw = top + k // K % K, left + k % K
    inside = (k < CKK) & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)
    v = tl.load(picture + k // (K * K) * x_c + ih * x_h + iw * x_w, mask=inside, other=0.0)
    tl.store(columns + m * CKK + k, v, mask=k < CKK)


@alternative(part="gather")
def row_by_row(x, K, stride, padding):
    N, C, H, W = x.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    columns = x.new_empty(N * OH * OW, C * K * K)
    sizes = (C * K * K, H, W, OH, OW, *x.stride())
    row_kernel[(N * OH * OW,)](x, columns, *sizes, stride, padding, K=K, BLOCK=triton.next_power_of_2(C * K * K))
    return columns


@alternative(part="gather")
def other_tiles(x, K, stride, padding):
    N, C, H, W = x.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    M, CKK = N * OH * OW, C * K * K
    columns = x.new_empty(M, CKK)
    grid = (triton.cdiv(M, 16), triton.cdiv(CKK, 64))
    im2col_kernel[grid](x, columns, M, CKK, H, W, OH, OW, *x.stride(), stride, padding, K=K, BM=16, BK=64)
    return columns


edit(
    "edges-unmasked",
    "Reads beside the picture where the filter stands over the edge.",
    hint="Load only where `ih` and `iw` are inside: at least 0, and less than `H` and `W`.",
    part="gather",
    of=im2col_kernel,
    replace=("exists & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)", "exists"),
)
edit(
    "store-only-inside",
    "Leaves out the entries where the filter stands over the edge.",
    hint="These are 0, and must be written: the store's mask is another one.",
    part="gather",
    of=im2col_kernel,
    replace=("v, mask=exists", "v, mask=inside"),
)
edit(
    "padding-forgotten",
    "Begins in the corner of the picture, whatever the padding.",
    hint="The first window begins `padding` rows above the picture.",
    part="gather",
    of=im2col_kernel,
    replace=[("(oh * stride - padding)", "(oh * stride)"), ("(ow * stride - padding)", "(ow * stride)")],
)
edit(
    "stride-forgotten",
    "Moves the filter by one pixel, whatever the stride.",
    hint="A pixel further in the output is `stride` pixels further in the picture.",
    part="gather",
    of=im2col_kernel,
    replace=[("oh * stride - padding", "oh - padding"), ("ow * stride - padding", "ow - padding")],
)
edit(
    "rows-and-columns-swapped",
    "Swaps rows and columns of the filter.",
    hint="`kw` is the last of the three numbers in `k`, so `k % K`.",
    part="gather",
    of=im2col_kernel,
    replace=("k // K % K, k % K", "k % K, k // K % K"),
)
edit(
    "output-turned",
    "Takes the row number apart with the height where the width belongs.",
    hint="`ow` is the last of the three numbers in `m`, so `m % OW`.",
    part="gather",
    of=im2col_kernel,
    replace=("m // OW % OH, m % OW", "m // OH % OW, m % OH"),
)
edit(
    "channels-last",
    "Puts the channels last in the columns.",
    hint="The order is `(c, kh, kw)`: the channel is the first of the three numbers in `k`.",
    part="gather",
    of=im2col_kernel,
    replace=(
        "c, kh, kw = k // (K * K), k // K % K, k % K",
        "C = CKK // (K * K)\n    c, kh, kw = k % C, k // C // K, k // C % K",
    ),
)
edit(
    "as-if-contiguous",
    "Reads `x` as if it were contiguous.",
    hint="Each of the four dimensions has a stride.",
    part="gather",
    of=im2col_kernel,
    replace=(
        "(n * x_n)[:, None] + (c * x_c)[None, :] + ih * x_h + iw * x_w",
        "(n * (CKK // (K * K)) * H * W)[:, None] + (c * H * W)[None, :] + ih * W + iw",
    ),
)
