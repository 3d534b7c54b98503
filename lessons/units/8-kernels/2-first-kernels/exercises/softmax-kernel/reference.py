"""A row in a program: maximum, exponentials, sum, quotient."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, fixture, script


@triton.jit
def softmax_kernel(x, out, N, x_0, x_1, out_0, BLOCK: tl.constexpr):
    i = tl.program_id(0)
    j = tl.arange(0, BLOCK)
    row = tl.load(x + i * x_0 + j * x_1, mask=j < N, other=float("-inf"))
    e = tl.exp(row - tl.max(row, axis=0))
    tl.store(out + i * out_0 + j, e / tl.sum(e, axis=0), mask=j < N)


def softmax(x):
    M, N = x.shape
    out = x.new_empty(M, N)
    softmax_kernel[(M,)](x, out, N, *x.stride(), out.stride(0), BLOCK=triton.next_power_of_2(N))
    return out


def seen(label, view, x, **tolerance):
    """A case whose matrix is a view with other strides, made where the kernel runs."""
    s = script(label, **tolerance)
    s.call("softmax", s.call(fixture(view), x, label="x", compare=False))
    return s


@cases("softmax")
def matrices(rng: Rng):
    yield case(x=2 * rng.normal(7, 37), label="rows of 37 numbers")
    yield case(x=rng.normal(5, 1), label="rows of one number")
    yield seen("a transposed matrix", "transposed", 2 * rng.normal(21, 6))
    yield seen("every second row and column", "thinned", rng.normal(9, 46))
    yield seen("one row, repeated", "repeated", rng.normal(1, 11))
    yield case(x=90 + 20 * rng.uniform(3, 19), label="large numbers")
    yield case(x=-150 - 20 * rng.uniform(5, 13), label="large negative numbers")


edit_alternative(
    "masked-afterwards",
    part="softmax",
    of=softmax_kernel,
    replace=("tl.exp(row - tl.max(row, axis=0))", "tl.where(j < N, tl.exp(row - tl.max(row, axis=0)), 0.0)"),
)
edit_alternative(
    "base-two",
    part="softmax",
    of=softmax_kernel,
    replace=("tl.exp(row - tl.max(row, axis=0))", "tl.exp2((row - tl.max(row, axis=0)) * 1.4426950408889634)"),
)


@triton.jit
def softmax_of_a_tile(x, out, M, N, x_0, x_1, BM: tl.constexpr, BN: tl.constexpr):
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    j = tl.arange(0, BN)
    exists = (i < M)[:, None] & (j < N)[None, :]
    rows = tl.load(x + i[:, None] * x_0 + j[None, :] * x_1, mask=exists, other=-1e30)
    e = tl.where(exists, tl.exp(rows - tl.max(rows, axis=1)[:, None]), 0.0)
    total = tl.where(i < M, tl.sum(e, axis=1), 1.0)
    tl.store(out + i[:, None] * N + j[None, :], e / total[:, None], mask=exists)


@alternative(part="softmax")
def four_rows_each(x):
    M, N = x.shape
    out = x.new_empty(M, N)
    softmax_of_a_tile[(triton.cdiv(M, 4),)](x, out, M, N, *x.stride(), BM=4, BN=triton.next_power_of_2(N))
    return out


edit(
    "zeros-beyond",
    "Fills the lanes without a number with 0, which has an exponential, too.",
    hint='What has the exponential 0? `other=float("-inf")`.',
    part="softmax",
    of=softmax_kernel,
    replace=('float("-inf")', "0.0"),
)
edit(
    "anything-beyond",
    "Computes with whatever the lanes without a number hold.",
    hint="`other=` is what a masked lane gets. Without it, it may be anything.",
    part="softmax",
    of=softmax_kernel,
    replace=(', other=float("-inf")', ""),
)
edit(
    "overflows",
    "Overflows for large numbers, or divides 0 by 0 for large negative ones.",
    hint="Subtract the maximum of the row before the exponential.",
    part="softmax",
    of=softmax_kernel,
    replace=("row - tl.max(row, axis=0)", "row"),
)
edit(
    "not-divided",
    "Leaves out the division.",
    hint="The sum of each row is 1.",
    part="softmax",
    of=softmax_kernel,
    replace=("e / tl.sum(e, axis=0)", "e"),
)
edit(
    "no-mask",
    "Reads beyond the end of the row.",
    hint="`mask=j < N` leaves out what does not exist.",
    part="softmax",
    of=softmax_kernel,
    replace=('x + i * x_0 + j * x_1, mask=j < N, other=float("-inf")', "x + i * x_0 + j * x_1"),
)
edit(
    "store-without-mask",
    "Writes beyond the end of the row.",
    hint="Behind the end of a row lies the next one, which belongs to another program.",
    part="softmax",
    of=softmax_kernel,
    replace=("e / tl.sum(e, axis=0), mask=j < N", "e / tl.sum(e, axis=0)"),
)
edit(
    "as-if-contiguous",
    "Reads `x` as if it were contiguous.",
    hint="Entry $(i, j)$ lies at `i * x_0 + j * x_1`.",
    part="softmax",
    of=softmax_kernel,
    replace=("i * x_0 + j * x_1", "i * N + j"),
)
edit(
    "strides-of-x",
    "Writes the result with the strides of `x`.",
    hint="The result is contiguous. A row further is `out_0` numbers.",
    part="softmax",
    of=softmax_kernel,
    replace=("out + i * out_0 + j", "out + i * x_0 + j * x_1"),
)
