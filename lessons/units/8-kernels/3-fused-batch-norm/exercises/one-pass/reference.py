"""Sums of deviations from the first number."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, fixture, script


@triton.jit
def statistics_kernel(x, mean, var, N, x_0, x_1, BLOCK: tl.constexpr):
    c = tl.program_id(0)
    first = tl.load(x + c * x_1)
    sums = tl.zeros((BLOCK,), tl.float32)
    squares = tl.zeros((BLOCK,), tl.float32)
    for start in range(0, N, BLOCK):
        k = start + tl.arange(0, BLOCK)
        v = tl.load(x + k * x_0 + c * x_1, mask=k < N, other=0.0)
        d = tl.where(k < N, v - first, 0.0)
        sums += d
        squares += d * d
    shift = tl.sum(sums, axis=0) / N
    tl.store(mean + c, first + shift)
    tl.store(var + c, tl.sum(squares, axis=0) / N - shift * shift)


def statistics(x):
    N, C = x.shape
    mean, var = x.new_empty(C), x.new_empty(C)
    statistics_kernel[(C,)](x, mean, var, N, *x.stride(), BLOCK=32)
    return mean, var


def seen(label, view, x, **tolerance):
    """A case whose matrix is a view with other strides, made where the kernel runs."""
    s = script(label, **tolerance)
    s.call("statistics", s.call(fixture(view), x, label="x", compare=False))
    return s


@cases("statistics")
def matrices(rng: Rng):
    yield case(x=1 + 2 * rng.normal(75, 5), label="75 rows, five columns")
    yield case(x=3 + rng.normal(11, 3), label="less than a block")
    yield seen("a transposed matrix", "transposed", rng.normal(6, 70) - 1)
    yield seen("every second row and column", "thinned", 2 + rng.normal(90, 14))
    yield case(x=10_000 + rng.normal(77, 3), label="a large mean", atol=1e-3)
    yield case(x=5 + rng.normal(1, 7), label="one row")


@triton.jit
def merging_kernel(x, mean, var, N, x_0, x_1, BLOCK: tl.constexpr):
    c = tl.program_id(0)
    centre = 0.0
    spread = 0.0
    for start in range(0, N, BLOCK):
        k = start + tl.arange(0, BLOCK)
        m = tl.minimum(N - start, BLOCK)
        v = tl.load(x + k * x_0 + c * x_1, mask=k < N, other=0.0)
        own = tl.sum(v, axis=0) / m
        d = tl.where(k < N, v - own, 0.0)
        delta = own - centre
        centre += delta * m / (start + m)
        spread += tl.sum(d * d, axis=0) + delta * delta * start * m / (start + m)
    tl.store(mean + c, centre)
    tl.store(var + c, spread / N)


@alternative(part="statistics")
def merges(x):
    N, C = x.shape
    mean, var = x.new_empty(C), x.new_empty(C)
    merging_kernel[(C,)](x, mean, var, N, *x.stride(), BLOCK=16)
    return mean, var


@triton.jit
def twice_kernel(x, mean, var, N, C, x_0, x_1, BN: tl.constexpr, BC: tl.constexpr):
    c = tl.program_id(0) * BC + tl.arange(0, BC)
    k = tl.arange(0, BN)
    exists = (k < N)[:, None] & (c < C)[None, :]
    v = tl.load(x + k[:, None] * x_0 + c[None, :] * x_1, mask=exists, other=0.0)
    centre = tl.sum(v, axis=0) / N
    d = tl.where(exists, v - centre[None, :], 0.0)
    tl.store(mean + c, centre, mask=c < C)
    tl.store(var + c, tl.sum(d * d, axis=0) / N, mask=c < C)


@alternative(part="statistics")
def whole_columns(x):
    N, C = x.shape
    mean, var = x.new_empty(C), x.new_empty(C)
    twice_kernel[(triton.cdiv(C, 4),)](x, mean, var, N, C, *x.stride(), BN=triton.next_power_of_2(N), BC=4)
    return mean, var


edit(
    "cancels",
    "Takes the mean of the squares less the square of the mean, which cancels.",
    hint="Deviations from a number near the mean are small, and so are their squares. The first number of the column will do.",
    part="statistics",
    of=statistics_kernel,
    replace=("first = tl.load(x + c * x_1)", "first = 0.0"),
)
edit(
    "lanes-shifted",
    "Lets the lanes without a number count as deviations.",
    hint="A lane that is filled with 0 holds 0 less the shift afterwards. `tl.where(k < N, d, 0.0)` makes it 0 again.",
    part="statistics",
    of=statistics_kernel,
    replace=("tl.where(k < N, v - first, 0.0)", "v - first"),
)
edit(
    "shift-left-out",
    "Forgets that the deviations are from another number than the mean.",
    hint="The variance is the mean of $d^2$ less the square of the mean of $d$.",
    part="statistics",
    of=statistics_kernel,
    replace=("tl.sum(squares, axis=0) / N - shift * shift", "tl.sum(squares, axis=0) / N"),
)
edit(
    "mean-of-deviations",
    "Returns the mean of the deviations.",
    hint="Add the number that was subtracted.",
    part="statistics",
    of=statistics_kernel,
    replace=("first + shift", "shift"),
)
edit(
    "unbiased",
    "Divides the variance by $N - 1$.",
    hint="Batch norm divides by $N$.",
    part="statistics",
    of=statistics_kernel,
    replace=(
        "tl.sum(squares, axis=0) / N - shift * shift",
        "(tl.sum(squares, axis=0) - N * shift * shift) / tl.maximum(N - 1, 1)",
    ),
)
edit(
    "standard-deviation",
    "Returns the standard deviation.",
    hint="The variance is its square.",
    part="statistics",
    of=statistics_kernel,
    replace=(
        "tl.sum(squares, axis=0) / N - shift * shift",
        "tl.sqrt(tl.maximum(tl.sum(squares, axis=0) / N - shift * shift, 0.0))",
    ),
)
edit(
    "divided-by-lanes",
    "Divides by the number of lanes.",
    hint="The mean of $N$ numbers is their sum divided by $N$; lanes without a number do not count.",
    part="statistics",
    of=statistics_kernel,
    replace=[
        ("tl.sum(sums, axis=0) / N", "tl.sum(sums, axis=0) / (tl.cdiv(N, BLOCK) * BLOCK)"),
        ("tl.sum(squares, axis=0) / N", "tl.sum(squares, axis=0) / (tl.cdiv(N, BLOCK) * BLOCK)"),
    ],
)
edit(
    "last-block-only",
    "Keeps the sums of the last block only.",
    hint="Add each block to what there is: `sums += d`.",
    part="statistics",
    of=statistics_kernel,
    replace=[("sums += d", "sums = d"), ("squares += d * d", "squares = d * d")],
)
edit(
    "strides-swapped",
    "Swaps the strides of `x`.",
    hint="The first stride goes with the row, the second with the column.",
    part="statistics",
    of=statistics_kernel,
    replace=[("tl.load(x + c * x_1)", "tl.load(x + c * x_0)"), ("k * x_0 + c * x_1", "k * x_1 + c * x_0")],
)
