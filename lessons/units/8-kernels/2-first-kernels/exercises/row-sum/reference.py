"""A running sum for each lane, reduced at the end."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, fixture, script


@triton.jit
def row_sum_kernel(x, out, N, x_0, x_1, BLOCK: tl.constexpr):
    i = tl.program_id(0)
    total = tl.zeros((BLOCK,), tl.float32)
    for start in range(0, N, BLOCK):
        j = start + tl.arange(0, BLOCK)
        total += tl.load(x + i * x_0 + j * x_1, mask=j < N, other=0.0)
    tl.store(out + i, tl.sum(total, axis=0))


def row_sum(x):
    M, N = x.shape
    out = x.new_empty(M)
    row_sum_kernel[(M,)](x, out, N, *x.stride(), BLOCK=32)
    return out


def seen(label, view, x, **tolerance):
    """A case whose matrix is a view with other strides, made where the kernel runs."""
    s = script(label, **tolerance)
    s.call("row_sum", s.call(fixture(view), x, label="x", compare=False))
    return s


@cases("sums")
def matrices(rng: Rng):
    yield case(x=1 + rng.uniform(5, 75), label="rows of 75 numbers")
    yield case(x=1 + rng.uniform(3, 11), label="rows shorter than a block")
    yield seen("a transposed matrix", "transposed", 1 + rng.uniform(70, 6))
    yield seen("every second row and column", "thinned", 1 + rng.uniform(7, 90))
    yield seen("one row, repeated", "repeated", 1 + rng.uniform(1, 37))
    yield case(x=rng.normal(3, 64), label="two full blocks")


edit_alternative(
    "sum-in-the-loop",
    part="sums",
    of=row_sum_kernel,
    replace=[
        ("tl.zeros((BLOCK,), tl.float32)", "0.0"),
        (
            "tl.load(x + i * x_0 + j * x_1, mask=j < N, other=0.0)",
            "tl.sum(tl.load(x + i * x_0 + j * x_1, mask=j < N, other=0.0), axis=0)",
        ),
        ("tl.sum(total, axis=0)", "total"),
    ],
)


@triton.jit
def sums_of_a_tile(x, out, M, N, x_0, x_1, BM: tl.constexpr, BN: tl.constexpr):
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    total = tl.zeros((BM, BN), tl.float32)
    for start in range(0, N, BN):
        j = start + tl.arange(0, BN)
        exists = (i < M)[:, None] & (j < N)[None, :]
        total += tl.load(x + i[:, None] * x_0 + j[None, :] * x_1, mask=exists, other=0.0)
    tl.store(out + i, tl.sum(total, axis=1), mask=i < M)


@alternative(part="sums")
def four_rows_each(x):
    M, N = x.shape
    out = x.new_empty(M)
    sums_of_a_tile[(triton.cdiv(M, 4),)](x, out, M, N, *x.stride(), BM=4, BN=16)
    return out


edit(
    "anything-beyond",
    "Adds whatever the lanes without a number hold.",
    hint="`other=0.0` is what a masked lane gets. Without it, it may be anything.",
    part="sums",
    of=row_sum_kernel,
    replace=(", other=0.0", ""),
)
edit(
    "ones-beyond",
    "Adds 1 for each lane without a number.",
    hint="What leaves a sum as it is?",
    part="sums",
    of=row_sum_kernel,
    replace=("other=0.0", "other=1.0"),
)
edit(
    "no-mask",
    "Reads beyond the end of the row.",
    hint="`mask=j < N` leaves out what does not exist.",
    part="sums",
    of=row_sum_kernel,
    replace=("x + i * x_0 + j * x_1, mask=j < N, other=0.0", "x + i * x_0 + j * x_1"),
)
edit(
    "first-block-only",
    "Adds up the first block of each row only.",
    hint="A row may be longer than a block: `range(0, N, BLOCK)`.",
    part="sums",
    of=row_sum_kernel,
    replace=("range(0, N, BLOCK)", "range(0, BLOCK, BLOCK)"),
)
edit(
    "last-block-only",
    "Keeps only the last block.",
    hint="Add each block to what there is: `total += ...`.",
    part="sums",
    of=row_sum_kernel,
    replace=("total += tl.load", "total = tl.load"),
)
edit(
    "the-same-block",
    "Reads the first block again and again.",
    hint="`start` moves on. The places of a block are `start + tl.arange(0, BLOCK)`.",
    part="sums",
    of=row_sum_kernel,
    replace=("start + tl.arange(0, BLOCK)", "tl.arange(0, BLOCK)"),
)
edit(
    "as-if-contiguous",
    "Reads `x` as if it were contiguous.",
    hint="Entry $(i, j)$ lies at `i * x_0 + j * x_1`.",
    part="sums",
    of=row_sum_kernel,
    replace=("i * x_0 + j * x_1", "i * N + j"),
)
edit(
    "always-the-first-row",
    "Reads the first row in every program.",
    hint="Row `i` begins `i * x_0` behind the first number.",
    part="sums",
    of=row_sum_kernel,
    replace=("i * x_0 + j * x_1", "j * x_1"),
)
edit(
    "all-into-one",
    "Writes every sum to the same place.",
    hint="Program `i` writes to `out + i`.",
    part="sums",
    of=row_sum_kernel,
    replace=("out + i,", "out,"),
)
