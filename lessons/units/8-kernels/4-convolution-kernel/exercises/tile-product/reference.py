"""Two tiles, a dot, a sum."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, fixture, script


@triton.jit
def product_kernel(a, b, out, M, N, K, a_0, a_1, b_0, b_1, BM: tl.constexpr, BN: tl.constexpr, BK: tl.constexpr):
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    j = tl.program_id(1) * BN + tl.arange(0, BN)
    acc = tl.zeros((BM, BN), tl.float32)
    for start in range(0, K, BK):
        k = start + tl.arange(0, BK)
        left = (i < M)[:, None] & (k < K)[None, :]
        right = (k < K)[:, None] & (j < N)[None, :]
        left_tile = tl.load(a + i[:, None] * a_0 + k[None, :] * a_1, mask=left, other=0.0)
        right_tile = tl.load(b + k[:, None] * b_0 + j[None, :] * b_1, mask=right, other=0.0)
        acc += tl.dot(left_tile, right_tile, input_precision="ieee")
    tl.store(out + i[:, None] * N + j[None, :], acc, mask=(i < M)[:, None] & (j < N)[None, :])


def product(a, b):
    M, K = a.shape
    N = b.shape[1]
    out = a.new_empty(M, N)
    grid = (triton.cdiv(M, 16), triton.cdiv(N, 16))
    product_kernel[grid](a, b, out, M, N, K, *a.stride(), *b.stride(), BM=16, BN=16, BK=16)
    return out


def seen(label, view, a, b):
    """A case whose matrices are views with other strides, made where the kernel runs."""
    s = script(label)
    s.call("product", *(s.call(fixture(view), one, label=name, compare=False) for name, one in (("a", a), ("b", b))))
    return s


@cases("product")
def matrices(rng: Rng):
    yield case(a=rng.normal(19, 47), b=rng.normal(47, 23), label="(19, 47) times (47, 23)")
    yield case(a=rng.normal(3, 5), b=rng.normal(5, 7), label="smaller than a tile")
    yield seen("both transposed", "transposed", rng.normal(21, 6), rng.normal(18, 21))
    yield seen("every second row and column", "thinned", rng.normal(22, 38), rng.normal(37, 9))
    yield case(a=rng.normal(5, 1), b=rng.normal(1, 35), label="a column times a row")


edit_alternative(
    "summed-by-dot",
    part="product",
    of=product_kernel,
    replace=(
        'acc += tl.dot(left_tile, right_tile, input_precision="ieee")',
        'acc = tl.dot(left_tile, right_tile, acc, input_precision="ieee")',
    ),
)


@triton.jit
def by_sums(a, b, out, M, N, K, a_0, a_1, b_0, b_1, BM: tl.constexpr, BN: tl.constexpr):
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    j = tl.arange(0, BN)
    acc = tl.zeros((BM, BN), tl.float32)
    for k in range(K):
        column = tl.load(a + i * a_0 + k * a_1, mask=i < M, other=0.0)
        row = tl.load(b + k * b_0 + j * b_1, mask=j < N, other=0.0)
        acc += column[:, None] * row[None, :]
    tl.store(out + i[:, None] * N + j[None, :], acc, mask=(i < M)[:, None] & (j < N)[None, :])


@alternative(part="product")
def outer_products(a, b):
    M, K = a.shape
    N = b.shape[1]
    out = a.new_empty(M, N)
    BN = triton.next_power_of_2(N)
    by_sums[(triton.cdiv(M, 8),)](a, b, out, M, N, K, *a.stride(), *b.stride(), BM=8, BN=BN)
    return out


@alternative(part="product")
def other_tiles(a, b):
    M, K = a.shape
    N = b.shape[1]
    out = a.new_empty(M, N)
    grid = (triton.cdiv(M, 32), triton.cdiv(N, 16))
    product_kernel[grid](a, b, out, M, N, K, *a.stride(), *b.stride(), BM=32, BN=16, BK=64)
    return out


edit(
    "last-step-only",
    "Keeps the last step only.",
    hint="Add each step to the tile that is kept.",
    part="product",
    of=product_kernel,
    replace=("acc += tl.dot", "acc = tl.dot"),
)
edit(
    "first-step-only",
    "Ends after the first step.",
    hint="The loop goes along the whole sum, to `K`.",
    part="product",
    of=product_kernel,
    replace=("range(0, K, BK)", "range(0, BK, BK)"),
)
edit(
    "sum-unmasked",
    "Reads beyond the end of the sum.",
    hint="In the last step some `k` do not exist. They must add 0: `mask=`, `other=0.0`.",
    part="product",
    of=product_kernel,
    replace=[
        ("(i < M)[:, None] & (k < K)[None, :]", "(i < M)[:, None] & (k < K + BK)[None, :]"),
        ("(k < K)[:, None] & (j < N)[None, :]", "(k < K + BK)[:, None] & (j < N)[None, :]"),
    ],
)
edit(
    "anything-beyond",
    "Multiplies whatever the lanes beyond the sum hold.",
    hint="`other=0.0` is what a masked lane gets. Without it, it may be anything.",
    part="product",
    of=product_kernel,
    replace=[("mask=left, other=0.0", "mask=left"), ("mask=right, other=0.0", "mask=right")],
)
edit(
    "same-tile-each-step",
    "Loads the same tiles in every step.",
    hint="`k = start + tl.arange(0, BK)` moves along the sum.",
    part="product",
    of=product_kernel,
    replace=("start + tl.arange(0, BK)", "tl.arange(0, BK)"),
)
edit(
    "as-if-contiguous",
    "Reads both matrices as if they were contiguous.",
    hint="Both have two strides.",
    part="product",
    of=product_kernel,
    replace=[
        ("i[:, None] * a_0 + k[None, :] * a_1", "i[:, None] * K + k[None, :]"),
        ("k[:, None] * b_0 + j[None, :] * b_1", "k[:, None] * N + j[None, :]"),
    ],
)
edit(
    "same-tile-twice",
    "Takes the same number of the program for rows and columns.",
    hint="`tl.program_id(1)` is the place along the second dimension of the grid.",
    part="product",
    of=product_kernel,
    replace=("tl.program_id(1)", "tl.program_id(0)"),
)
edit(
    "store-without-mask",
    "Writes beyond the edges of the result.",
    hint="A place exists if its row *and* its column exist.",
    part="product",
    of=product_kernel,
    replace=(", acc, mask=(i < M)[:, None] & (j < N)[None, :]", ", acc"),
)
