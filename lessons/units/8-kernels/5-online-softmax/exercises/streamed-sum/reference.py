"""A maximum and a sum, corrected when a higher number comes."""

import torch
import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, fixture, script


@triton.jit
def log_sum_exp_kernel(x, out, N, x_0, x_1, BLOCK: tl.constexpr):
    i = tl.program_id(0)
    m = float("-inf")
    s = 0.0
    for start in range(0, N, BLOCK):
        j = start + tl.arange(0, BLOCK)
        v = tl.load(x + i * x_0 + j * x_1, mask=j < N, other=float("-inf"))
        higher = tl.maximum(m, tl.max(v, axis=0))
        s = s * tl.exp(m - higher) + tl.sum(tl.exp(v - higher), axis=0)
        m = higher
    tl.store(out + i, m + tl.log(s))


def log_sum_exp(x):
    M, N = x.shape
    out = x.new_empty(M)
    log_sum_exp_kernel[(M,)](x, out, N, *x.stride(), BLOCK=16)
    return out


def seen(label, view, x, **tolerance):
    """A case whose matrix is a view with other strides, made where the kernel runs."""
    s = script(label, **tolerance)
    s.call("log_sum_exp", s.call(fixture(view), x, label="x", compare=False))
    return s


@cases("logsumexp")
def matrices(rng: Rng):
    yield case(x=3 * rng.normal(5, 43), label="rows of 43 numbers")
    yield case(x=rng.normal(3, 7), label="less than a block")
    yield seen("a transposed matrix", "transposed", 2 * rng.normal(37, 6))
    yield case(x=0.4 * torch.arange(38.0) + rng.normal(3, 38), label="rising along the row")
    yield case(x=90 - 5 * torch.arange(35.0) + rng.normal(3, 35), label="large numbers, falling")
    yield case(x=0.2 * torch.arange(27.0) - 190 + rng.normal(5, 27), label="large negative numbers, rising")


@triton.jit
def lane_by_lane(x, out, N, x_0, x_1, BLOCK: tl.constexpr):
    i = tl.program_id(0)
    m = tl.full((BLOCK,), -1e30, tl.float32)
    s = tl.zeros((BLOCK,), tl.float32)
    for start in range(0, N, BLOCK):
        j = start + tl.arange(0, BLOCK)
        v = tl.load(x + i * x_0 + j * x_1, mask=j < N, other=-1e30)
        higher = tl.maximum(m, v)
        s = s * tl.exp(m - higher) + tl.where(j < N, tl.exp(v - higher), 0.0)
        m = higher
    top = tl.max(m, axis=0)
    tl.store(out + i, top + tl.log(tl.sum(s * tl.exp(m - top), axis=0)))


@alternative(part="logsumexp")
def merged_at_the_end(x):
    M, N = x.shape
    out = x.new_empty(M)
    lane_by_lane[(M,)](x, out, N, *x.stride(), BLOCK=8)
    return out


@triton.jit
def whole_rows(x, out, N, x_0, x_1, BLOCK: tl.constexpr):
    i = tl.program_id(0)
    j = tl.arange(0, BLOCK)
    v = tl.load(x + i * x_0 + j * x_1, mask=j < N, other=float("-inf"))
    m = tl.max(v, axis=0)
    tl.store(out + i, m + tl.log(tl.sum(tl.exp(v - m), axis=0)))


@alternative(part="logsumexp")
def a_row_at_once(x):
    M, N = x.shape
    out = x.new_empty(M)
    whole_rows[(M,)](x, out, N, *x.stride(), BLOCK=triton.next_power_of_2(N))
    return out


edit(
    "not-corrected",
    "Does not correct the sum when the maximum rises.",
    hint="What has been added up is relative to the old maximum: `s * tl.exp(m - higher)`.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("s * tl.exp(m - higher)", "s"),
)
edit(
    "factor-upside-down",
    "Divides by the factor instead of multiplying.",
    hint="When a higher number comes, the old terms become smaller: $e^{m - m'} \\le 1$.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("s * tl.exp(m - higher)", "s * tl.exp(tl.where(s > 0, higher - m, 0.0))"),
)
edit(
    "maximum-of-the-block",
    "Takes the maximum of the block for that of the row, and overflows where a block is much lower.",
    hint="A block may be lower than what came before: `tl.maximum(m, ...)`.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("tl.maximum(m, tl.max(v, axis=0))", "tl.max(v, axis=0)"),
)
edit(
    "maximum-stays",
    "Forgets to keep the new maximum.",
    hint="After a block, its maximum is the one to compare with: `m = higher`.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("        m = higher\n", ""),
)
edit(
    "no-maximum",
    "Overflows for large numbers, or takes the logarithm of 0 for large negative ones.",
    hint="Exponentials are relative to the maximum so far.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("tl.maximum(m, tl.max(v, axis=0))", "tl.max(v, axis=0) * 0.0"),
)
edit(
    "zeros-beyond",
    "Fills the lanes without a number with 0, which has an exponential, too.",
    hint='What has the exponential 0? `other=float("-inf")`.',
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=('mask=j < N, other=float("-inf")', "mask=j < N, other=0.0"),
)
edit(
    "sum-alone",
    "Returns the logarithm of the sum relative to the maximum.",
    hint="Add the maximum: $m + \\ln s$.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("m + tl.log(s)", "tl.log(s)"),
)
edit(
    "no-logarithm",
    "Leaves out the logarithm.",
    hint="The result is $m + \\ln s$.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("m + tl.log(s)", "m + s"),
)
edit(
    "first-block-only",
    "Ends after the first block.",
    hint="A row is longer than a block: `range(0, N, BLOCK)`.",
    part="logsumexp",
    of=log_sum_exp_kernel,
    replace=("range(0, N, BLOCK)", "range(0, BLOCK, BLOCK)"),
)
