"""Strides, two halves of a mask, and a column of factors."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, fixture, script


@triton.jit
def scale_kernel(x, factors, out, M, N, x_0, x_1, f_0, out_0, out_1, BM: tl.constexpr, BN: tl.constexpr):
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    j = tl.program_id(1) * BN + tl.arange(0, BN)
    exists = (i < M)[:, None] & (j < N)[None, :]
    tile = tl.load(x + i[:, None] * x_0 + j[None, :] * x_1, mask=exists)
    factor = tl.load(factors + i * f_0, mask=i < M)
    tl.store(out + i[:, None] * out_0 + j[None, :] * out_1, tile * factor[:, None], mask=exists)


def scale_rows(x, factors):
    M, N = x.shape
    out = x.new_empty(M, N)
    grid = (triton.cdiv(M, 8), triton.cdiv(N, 16))
    scale_kernel[grid](x, factors, out, M, N, *x.stride(), *factors.stride(), *out.stride(), BM=8, BN=16)
    return out


def seen(label, view, x, factors):
    """A case whose matrix and factors are views with other strides, made where the kernel runs."""
    s = script(label)
    x = s.call(fixture(view), x, label="x", compare=False)
    s.call("scale_rows", x, s.call(fixture("every_second"), factors, label="factors", compare=False))
    return s


@cases("scale")
def matrices(rng: Rng):
    yield case(x=rng.normal(39, 37), factors=rng.normal(39), label="39 by 37")
    yield case(x=rng.normal(3, 5), factors=rng.normal(3), label="smaller than a tile")
    yield seen("a transposed matrix", "transposed", rng.normal(47, 15), rng.normal(30))
    yield seen("every second row and column", "thinned", rng.normal(46, 30), rng.normal(46))
    yield seen("one row, repeated", "repeated", rng.normal(1, 23), rng.normal(14))
    yield case(x=rng.normal(9, 1), factors=rng.normal(9), label="one column")
    yield case(x=rng.normal(16, 17), factors=rng.normal(16), label="one column more than a tile")


@triton.jit
def scale_row(x, factors, out, N, x_0, x_1, f_0, BLOCK: tl.constexpr):
    i = tl.program_id(0)
    factor = tl.load(factors + i * f_0)
    for start in range(0, N, BLOCK):
        j = start + tl.arange(0, BLOCK)
        row = tl.load(x + i * x_0 + j * x_1, mask=j < N, other=0.0)
        tl.store(out + i * N + j, factor * row, mask=j < N)


@alternative(part="scale")
def row_by_row(x, factors):
    M, N = x.shape
    out = x.new_empty(M, N)
    scale_row[(M,)](x, factors, out, N, *x.stride(), *factors.stride(), BLOCK=32)
    return out


@alternative(part="scale")
def larger_tiles(x, factors):
    M, N = x.shape
    out = x.new_empty(M, N)
    grid = (triton.cdiv(M, 16), triton.cdiv(N, 32))
    scale_kernel[grid](x, factors, out, M, N, *x.stride(), *factors.stride(), *out.stride(), BM=16, BN=32)
    return out


edit(
    "as-if-contiguous",
    "Reads `x` as if it were contiguous.",
    hint="Entry $(i, j)$ lies at `i * x_0 + j * x_1`.",
    part="scale",
    of=scale_kernel,
    replace=("i[:, None] * x_0 + j[None, :] * x_1", "i[:, None] * N + j[None, :]"),
)
edit(
    "strides-swapped",
    "Swaps the strides of `x`.",
    hint="The first stride goes with the row, the second with the column.",
    part="scale",
    of=scale_kernel,
    replace=("i[:, None] * x_0 + j[None, :] * x_1", "i[:, None] * x_1 + j[None, :] * x_0"),
)
edit(
    "strides-of-x",
    "Writes the result with the strides of `x`.",
    hint="`x` and the result have strides of their own.",
    part="scale",
    of=scale_kernel,
    replace=("out + i[:, None] * out_0 + j[None, :] * out_1", "out + i[:, None] * x_0 + j[None, :] * x_1"),
)
edit(
    "factors-side-by-side",
    "Takes the factors to lie side by side.",
    hint="The vector has a stride, too.",
    part="scale",
    of=scale_kernel,
    replace=("factors + i * f_0", "factors + i"),
)
edit(
    "half-a-mask",
    "Leaves the rows out of the mask.",
    hint="A place exists if its row *and* its column exist.",
    part="scale",
    of=scale_kernel,
    replace=("(i < M)[:, None] & (j < N)[None, :]", "(i < BM * M)[:, None] & (j < N)[None, :]"),
)
edit(
    "columns-unmasked",
    "Leaves the columns out of the mask.",
    hint="A place exists if its row *and* its column exist.",
    part="scale",
    of=scale_kernel,
    replace=("(i < M)[:, None] & (j < N)[None, :]", "(i < M)[:, None] & (j < BN * N)[None, :]"),
)
edit(
    "grid-turned",
    "Swaps the two sizes of the grid.",
    hint="Which dimension of the grid does the kernel take for the rows?",
    part="scale",
    replace=("(triton.cdiv(M, 8), triton.cdiv(N, 16))", "(triton.cdiv(N, 16), triton.cdiv(M, 8))"),
)
edit(
    "grid-rounds-down",
    "Starts too few programs where the last tiles are not full.",
    hint="`triton.cdiv` rounds up.",
    part="scale",
    replace=("(triton.cdiv(M, 8), triton.cdiv(N, 16))", "(max(1, M // 8), max(1, N // 16))"),
)
edit(
    "first-axis-twice",
    "Takes the same number of the program for rows and columns.",
    hint="`tl.program_id(1)` is the place along the second dimension of the grid.",
    part="scale",
    of=scale_kernel,
    replace=("tl.program_id(1)", "tl.program_id(0)"),
)
