"""Subtract, scale, shift, cut off: tile by tile."""

import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, fixture, script


@triton.jit
def normalise_kernel(x, mean, var, gamma, beta, y, N, C, x_0, x_1, eps, BN: tl.constexpr, BC: tl.constexpr):
    k = tl.program_id(0) * BN + tl.arange(0, BN)
    c = tl.program_id(1) * BC + tl.arange(0, BC)
    exists = (k < N)[:, None] & (c < C)[None, :]
    m = tl.load(mean + c, mask=c < C, other=0.0)
    scale = tl.load(gamma + c, mask=c < C, other=0.0) / tl.sqrt(tl.load(var + c, mask=c < C, other=1.0) + eps)
    shift = tl.load(beta + c, mask=c < C, other=0.0)
    v = tl.load(x + k[:, None] * x_0 + c[None, :] * x_1, mask=exists, other=0.0)
    z = (v - m[None, :]) * scale[None, :] + shift[None, :]
    tl.store(y + k[:, None] * C + c[None, :], tl.maximum(z, 0.0), mask=exists)


def normalise(x, mean, var, gamma, beta, eps):
    N, C = x.shape
    y = x.new_empty(N, C)
    grid = (triton.cdiv(N, 16), triton.cdiv(C, 8))
    normalise_kernel[grid](x, mean, var, gamma, beta, y, N, C, *x.stride(), eps, BN=16, BC=8)
    return y


def statistics(rng, x):
    """The statistics of x, and a factor and a summand for each column."""
    C = x.shape[1]
    factors = (0.5 + rng.uniform(C)) * rng.choice((1.0, -1.0))
    return {"mean": x.mean(0), "var": x.var(0, correction=0), "gamma": factors, "beta": 0.5 * rng.normal(C)}


def seen(label, view, x, more, eps):
    """A case whose matrix is a view with other strides, made where the kernel runs."""
    s = script(label)
    s.call("normalise", s.call(fixture(view), x, label="x", compare=False), *more.values(), eps)
    return s


@cases("normalise")
def matrices(rng: Rng):
    for label, x in (
        ("47 rows, eleven columns", 1 + 2 * rng.normal(47, 11)),
        ("one row more than a tile", rng.normal(17, 3)),
    ):
        yield case(x=x, **statistics(rng, x), eps=1e-5, label=label)
    for label, x, eps in (
        ("a large epsilon", 0.3 * rng.normal(23, 5), 0.5),
        ("a large mean", 3000 + rng.normal(23, 5), 1e-5),
    ):
        yield case(x=x, **statistics(rng, x), eps=eps, label=label, atol=1e-5, rtol=1e-5)
    x = 3 + rng.normal(19, 21)
    yield seen("a transposed matrix", "transposed", x, statistics(rng, x.T), 1e-3)
    x = rng.normal(42, 18)
    yield seen("every second row and column", "thinned", x, statistics(rng, x[::2, ::2]), 1e-5)


edit_alternative(
    "where", part="normalise", of=normalise_kernel, replace=("tl.maximum(z, 0.0)", "tl.where(z > 0, z, 0.0)")
)


@triton.jit
def column_kernel(x, mean, var, gamma, beta, y, N, C, x_0, x_1, eps, BLOCK: tl.constexpr):
    c = tl.program_id(0)
    m = tl.load(mean + c)
    scale = tl.rsqrt(tl.load(var + c) + eps)
    for start in range(0, N, BLOCK):
        k = start + tl.arange(0, BLOCK)
        hat = (tl.load(x + k * x_0 + c * x_1, mask=k < N, other=0.0) - m) * scale
        z = tl.load(gamma + c) * hat + tl.load(beta + c)
        tl.store(y + k * C + c, tl.maximum(z, 0.0), mask=k < N)


@alternative(part="normalise")
def column_by_column(x, mean, var, gamma, beta, eps):
    N, C = x.shape
    y = x.new_empty(N, C)
    column_kernel[(C,)](x, mean, var, gamma, beta, y, N, C, *x.stride(), eps, BLOCK=32)
    return y


edit(
    "no-relu",
    "Leaves out the ReLU.",
    hint="Nothing in the result is negative: `tl.maximum(z, 0.0)`.",
    part="normalise",
    of=normalise_kernel,
    replace=("tl.maximum(z, 0.0)", "z"),
)
edit(
    "relu-too-early",
    "Applies the ReLU before gamma and beta.",
    hint="Scale and shift first; the ReLU comes last.",
    part="normalise",
    of=normalise_kernel,
    replace=[
        (
            "(v - m[None, :]) * scale[None, :] + shift[None, :]",
            "tl.maximum(v - m[None, :], 0.0) * scale[None, :] + shift[None, :]",
        ),
        ("tl.maximum(z, 0.0)", "z"),
    ],
)
edit(
    "no-root",
    "Divides by the variance.",
    hint="The standard deviation is the square root of the variance.",
    part="normalise",
    of=normalise_kernel,
    replace=(
        "tl.sqrt(tl.load(var + c, mask=c < C, other=1.0) + eps)",
        "(tl.load(var + c, mask=c < C, other=1.0) + eps)",
    ),
)
edit(
    "epsilon-outside",
    "Adds epsilon to the standard deviation.",
    hint="$\\epsilon$ is added to the variance, below the root.",
    part="normalise",
    of=normalise_kernel,
    replace=(
        "tl.sqrt(tl.load(var + c, mask=c < C, other=1.0) + eps)",
        "(tl.sqrt(tl.load(var + c, mask=c < C, other=1.0)) + eps)",
    ),
)
edit(
    "mean-in-the-summand",
    "Loses digits where the mean is large.",
    hint="$s x + (\\beta - \\mu s)$ is a difference of large numbers. Subtract the mean first.",
    part="normalise",
    of=normalise_kernel,
    replace=("(v - m[None, :]) * scale[None, :] + shift[None, :]", "v * scale[None, :] + (shift - m * scale)[None, :]"),
)
edit(
    "as-if-contiguous",
    "Reads `x` as if it were contiguous.",
    hint="Row `k`, column `c` lies at `k * x_0 + c * x_1`.",
    part="normalise",
    of=normalise_kernel,
    replace=("x + k[:, None] * x_0 + c[None, :] * x_1", "x + k[:, None] * C + c[None, :]"),
)
edit(
    "rows-unmasked",
    "Leaves the rows out of the mask.",
    hint="A place exists if its row *and* its column exist.",
    part="normalise",
    of=normalise_kernel,
    replace=("(k < N)[:, None] & (c < C)[None, :]", "(k < N * BN)[:, None] & (c < C)[None, :]"),
)
edit(
    "grid-rounds-down",
    "Starts too few programs where the last tiles are not full.",
    hint="`triton.cdiv` rounds up.",
    part="normalise",
    replace=("(triton.cdiv(N, 16), triton.cdiv(C, 8))", "(max(1, N // 16), max(1, C // 8))"),
)
edit(
    "grid-turned",
    "Swaps the two sizes of the grid.",
    hint="Which dimension of the grid does the kernel take for the rows?",
    part="normalise",
    replace=("(triton.cdiv(N, 16), triton.cdiv(C, 8))", "(triton.cdiv(C, 8), triton.cdiv(N, 16))"),
)
