"""A product whose left tile is gathered."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, fixture, script


@triton.jit
def conv_kernel(
    x, w, out, M, O, CKK, H, W, OH, OW, x_n, x_c, x_h, x_w, stride, padding,
    K: tl.constexpr, BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr,
):  # fmt: skip
    m = tl.program_id(0) * BM + tl.arange(0, BM)
    o = tl.program_id(1) * BN + tl.arange(0, BN)
    n, oh, ow = m // (OH * OW), m // OW % OH, m % OW
    acc = tl.zeros((BM, BN), tl.float32)
    for start in range(0, CKK, BK):
        k = start + tl.arange(0, BK)
        c, kh, kw = k // (K * K), k // K % K, k % K
        ih = (oh * stride - padding)[:, None] + kh[None, :]
        iw = (ow * stride - padding)[:, None] + kw[None, :]
        inside = (m < M)[:, None] & (k < CKK)[None, :] & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)
        at = (n * x_n)[:, None] + (c * x_c)[None, :] + ih * x_h + iw * x_w
        window = tl.load(x + at, mask=inside, other=0.0)
        known = (k < CKK)[:, None] & (o < O)[None, :]
        weight = tl.load(w + k[:, None] + o[None, :] * CKK, mask=known, other=0.0)
        acc += tl.dot(window, weight, input_precision="ieee")
    target = out + ((n * O * OH + oh) * OW + ow)[:, None] + (o * OH * OW)[None, :]
    tl.store(target, acc, mask=(m < M)[:, None] & (o < O)[None, :])


def convolve(x, w, stride, padding):
    (N, C, H, W), (O, _, K, _) = x.shape, w.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    M, CKK = N * OH * OW, C * K * K
    out = x.new_empty(N, O, OH, OW)
    grid = (triton.cdiv(M, 32), triton.cdiv(O, 16))
    sizes = (M, O, CKK, H, W, OH, OW, *x.stride())
    conv_kernel[grid](x, w, out, *sizes, stride, padding, K=K, BM=32, BN=16, BK=16)
    return out


def seen(label, view, x, w, stride, padding):
    """A case whose batch is a view with other strides, made where the kernel runs."""
    s = script(label)
    s.call("convolve", s.call(fixture(view), x, label="x", compare=False), w, stride, padding)
    return s


@cases("convolve")
def layers(rng: Rng):
    yield case(x=rng.normal(3, 5, 6, 7), w=rng.normal(7, 5, 3, 3), stride=1, padding=1, label="3 by 3, padding 1")
    yield case(x=rng.normal(1, 1, 5, 3), w=rng.normal(3, 1, 2, 2), stride=1, padding=0, label="2 by 2, no padding")
    yield case(x=rng.normal(2, 5, 7, 9), w=rng.normal(19, 5, 3, 3), stride=2, padding=1, label="stride 2, 19 channels")
    yield seen("channels last", "channels_last", rng.normal(2, 5, 7, 3), rng.normal(6, 3, 3, 3), 1, 1)
    yield seen("1 by 1, every second pixel", "thinned", rng.normal(1, 7, 10, 6), rng.normal(3, 7, 1, 1), 1, 0)


@triton.jit
def picture_kernel(
    x,
    w,
    out,
    O,
    CKK,
    H,
    W,
    OH,
    OW,
    x_n,
    x_c,
    x_h,
    x_w,
    stride,
    padding,
    K: tl.constexpr,
    BO: tl.constexpr,
    BP: tl.constexpr,
):
    n = tl.program_id(0)
    o, pixel = tl.arange(0, BO), tl.arange(0, BP)
    top, left = pixel // OW * stride - padding, pixel % OW * stride - padding
    total = tl.zeros((BO, BP), tl.float32)
    for k in range(CKK):
        ih, iw = top + k // K % K, left + k % K
        inside = (pixel < OH * OW) & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)
        v = tl.load(x + n * x_n + k // (K * K) * x_c + ih * x_h + iw * x_w, mask=inside, other=0.0)
        total += tl.load(w + o * CKK + k, mask=o < O, other=0.0)[:, None] * v[None, :]
    at = ((n * O + o) * OH * OW)[:, None] + pixel[None, :]
    tl.store(out + at, total, mask=(o < O)[:, None] & (pixel < OH * OW)[None, :])


@alternative(part="convolve")
def picture_by_picture(x, w, stride, padding):
    (N, C, H, W), (O, _, K, _) = x.shape, w.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    out = x.new_empty(N, O, OH, OW)
    sizes = (O, C * K * K, H, W, OH, OW, *x.stride())
    BO, BP = triton.next_power_of_2(O), triton.next_power_of_2(OH * OW)
    picture_kernel[(N,)](x, w, out, *sizes, stride, padding, K=K, BO=BO, BP=BP)
    return out


@alternative(part="convolve")
def other_tiles(x, w, stride, padding):
    (N, C, H, W), (O, _, K, _) = x.shape, w.shape
    OH, OW = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - K) // stride + 1
    M, CKK = N * OH * OW, C * K * K
    out = x.new_empty(N, O, OH, OW)
    sizes = (M, O, CKK, H, W, OH, OW, *x.stride())
    grid = (triton.cdiv(M, 64), triton.cdiv(O, 32))
    conv_kernel[grid](x, w, out, *sizes, stride, padding, K=K, BM=64, BN=32, BK=32)
    return out


edit(
    "edges-unmasked",
    "Reads beside the picture where the filter stands over the edge.",
    hint="Load only where `ih` and `iw` are inside the picture, as in the gather.",
    part="convolve",
    of=conv_kernel,
    replace=(" & (ih >= 0) & (ih < H) & (iw >= 0) & (iw < W)", ""),
)
edit(
    "last-step-only",
    "Keeps the last step only.",
    hint="Add each step to the tile that is kept.",
    part="convolve",
    of=conv_kernel,
    replace=("acc += tl.dot", "acc = tl.dot"),
)
edit(
    "padding-forgotten",
    "Begins in the corner of the picture, whatever the padding.",
    hint="The first window begins `padding` rows above the picture.",
    part="convolve",
    of=conv_kernel,
    replace=[("(oh * stride - padding)", "(oh * stride)"), ("(ow * stride - padding)", "(ow * stride)")],
)
edit(
    "stride-forgotten",
    "Moves the filter by one pixel, whatever the stride.",
    hint="A pixel further in the output is `stride` pixels further in the picture.",
    part="convolve",
    of=conv_kernel,
    replace=[("oh * stride - padding", "oh - padding"), ("ow * stride - padding", "ow - padding")],
)
edit(
    "filter-turned",
    "Swaps rows and columns of the filter.",
    hint="`kw` is the last of the three numbers in `k`, so `k % K`.",
    part="convolve",
    of=conv_kernel,
    replace=("k // K % K, k % K", "k % K, k // K % K"),
)
edit(
    "weights-the-other-way",
    "Reads the weight as a matrix with a row for each place and a column for each channel.",
    hint="The weights of a filter lie side by side: `w[o]` begins at `o * CKK`.",
    part="convolve",
    of=conv_kernel,
    replace=("k[:, None] + o[None, :] * CKK", "k[:, None] * O + o[None, :]"),
)
edit(
    "channels-last",
    "Writes the channels of a pixel side by side.",
    hint="The result has the shape `(N, O, OH, OW)`. How far apart are two channels of a pixel?",
    part="convolve",
    of=conv_kernel,
    replace=("((n * O * OH + oh) * OW + ow)[:, None] + (o * OH * OW)[None, :]", "(m * O)[:, None] + o[None, :]"),
)
edit(
    "pictures-overlap",
    "Writes all pictures as if they had one channel.",
    hint="The next picture begins `O * OH * OW` numbers further.",
    part="convolve",
    of=conv_kernel,
    replace=("(n * O * OH + oh)", "(n * OH + oh)"),
)
edit(
    "as-if-contiguous",
    "Reads `x` as if it were contiguous.",
    hint="Each of the four dimensions has a stride.",
    part="convolve",
    of=conv_kernel,
    replace=(
        "(n * x_n)[:, None] + (c * x_c)[None, :] + ih * x_h + iw * x_w",
        "(n * (CKK // (K * K)) * H * W)[:, None] + (c * H * W)[None, :] + ih * W + iw",
    ),
)
