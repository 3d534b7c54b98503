"""Two sums down a column, and a formula for each number."""

import torch
import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative


@triton.jit
def sums_kernel(dy, x, mean, rstd, gamma, beta, d_gamma, d_beta, N, C, BLOCK: tl.constexpr):
    c = tl.program_id(0)
    m, r = tl.load(mean + c), tl.load(rstd + c)
    scale, shift = tl.load(gamma + c), tl.load(beta + c)
    by_gamma = tl.zeros((BLOCK,), tl.float32)
    by_beta = tl.zeros((BLOCK,), tl.float32)
    for start in range(0, N, BLOCK):
        k = start + tl.arange(0, BLOCK)
        hat = (tl.load(x + k * C + c, mask=k < N, other=0.0) - m) * r
        g = tl.load(dy + k * C + c, mask=k < N, other=0.0)
        g = tl.where(scale * hat + shift > 0, g, 0.0)
        by_gamma += g * hat
        by_beta += g
    tl.store(d_gamma + c, tl.sum(by_gamma, axis=0))
    tl.store(d_beta + c, tl.sum(by_beta, axis=0))


def parameter_gradients(dy, x, mean, rstd, gamma, beta):
    N, C = x.shape
    d_gamma, d_beta = x.new_empty(C), x.new_empty(C)
    sums_kernel[(C,)](dy, x, mean, rstd, gamma, beta, d_gamma, d_beta, N, C, BLOCK=32)
    return d_gamma, d_beta


@triton.jit
def gradient_kernel(dy, x, mean, rstd, gamma, beta, d_gamma, d_beta, dx, N, C, BN: tl.constexpr, BC: tl.constexpr):
    k = tl.program_id(0) * BN + tl.arange(0, BN)
    c = tl.program_id(1) * BC + tl.arange(0, BC)
    there = c < C
    exists = (k < N)[:, None] & there[None, :]
    at = k[:, None] * C + c[None, :]
    m = tl.load(mean + c, mask=there, other=0.0)[None, :]
    r = tl.load(rstd + c, mask=there, other=0.0)[None, :]
    scale = tl.load(gamma + c, mask=there, other=0.0)[None, :]
    shift = tl.load(beta + c, mask=there, other=0.0)[None, :]
    by_gamma = tl.load(d_gamma + c, mask=there, other=0.0)[None, :]
    by_beta = tl.load(d_beta + c, mask=there, other=0.0)[None, :]
    hat = (tl.load(x + at, mask=exists, other=0.0) - m) * r
    g = tl.where(scale * hat + shift > 0, tl.load(dy + at, mask=exists, other=0.0), 0.0)
    tl.store(dx + at, scale * r * (g - by_beta / N - hat * by_gamma / N), mask=exists)


def input_gradient(dy, x, mean, rstd, gamma, beta, d_gamma, d_beta):
    N, C = x.shape
    dx = x.new_empty(N, C)
    grid = (triton.cdiv(N, 16), triton.cdiv(C, 8))
    gradient_kernel[grid](dy, x, mean, rstd, gamma, beta, d_gamma, d_beta, dx, N, C, BN=16, BC=8)
    return dx


def layer(rng, N, C, scale=1.0):
    """Inputs, statistics and parameters of a layer, and a gradient of its outputs."""
    x = 0.5 + 2 * rng.normal(N, C)
    return {
        "dy": scale * rng.normal(N, C),
        "x": x,
        "mean": x.mean(0),
        "rstd": 1 / (x.var(0, correction=0) + 1e-5).sqrt(),
        "gamma": 0.5 + rng.uniform(C),
        "beta": 0.7 * rng.normal(C),
    }


@cases("sums")
def layers(rng: Rng):
    for N, C in ((75, 5), (11, 3), (35, 7)):
        yield case(**layer(rng, N, C), label=f"{N} rows, {C} columns")
    yield case(**layer(rng, 64, 3), label="two full blocks")


@cases("gradient")
def both(rng: Rng):
    for N, C in ((35, 11), (7, 3), (17, 9), (32, 5)):
        one = layer(rng, N, C)
        hat = (one["x"] - one["mean"]) * one["rstd"]
        g = torch.where(one["gamma"] * hat + one["beta"] > 0, one["dy"], 0.0)
        yield case(**one, d_gamma=(g * hat).sum(0), d_beta=g.sum(0), label=f"{N} rows, {C} columns")


edit_alternative(
    "by-a-product",
    part="sums",
    of=sums_kernel,
    replace=("g = tl.where(scale * hat + shift > 0, g, 0.0)", "g = g * (scale * hat + shift > 0).to(tl.float32)"),
)


@triton.jit
def sums_of_a_tile(dy, x, mean, rstd, gamma, beta, d_gamma, d_beta, N, C, BN: tl.constexpr, BC: tl.constexpr):
    k = tl.arange(0, BN)
    c = tl.program_id(0) * BC + tl.arange(0, BC)
    there = c < C
    exists = (k < N)[:, None] & there[None, :]
    at = k[:, None] * C + c[None, :]
    m = tl.load(mean + c, mask=there, other=0.0)
    r = tl.load(rstd + c, mask=there, other=0.0)
    hat = (tl.load(x + at, mask=exists, other=0.0) - m[None, :]) * r[None, :]
    z = tl.load(gamma + c, mask=there, other=0.0)[None, :] * hat + tl.load(beta + c, mask=there, other=0.0)[None, :]
    g = tl.load(dy + at, mask=exists & (z > 0), other=0.0)
    tl.store(d_gamma + c, tl.sum(g * hat, axis=0), mask=there)
    tl.store(d_beta + c, tl.sum(g, axis=0), mask=there)


@alternative(part="sums")
def four_columns_each(dy, x, mean, rstd, gamma, beta):
    N, C = x.shape
    d_gamma, d_beta = x.new_empty(C), x.new_empty(C)
    grid = (triton.cdiv(C, 4),)
    BN = triton.next_power_of_2(N)
    sums_of_a_tile[grid](dy, x, mean, rstd, gamma, beta, d_gamma, d_beta, N, C, BN=BN, BC=4)
    return d_gamma, d_beta


@alternative(part="gradient")
def other_tiles(dy, x, mean, rstd, gamma, beta, d_gamma, d_beta):
    N, C = x.shape
    dx = x.new_empty(N, C)
    grid = (triton.cdiv(N, 32), triton.cdiv(C, 4))
    gradient_kernel[grid](dy, x, mean, rstd, gamma, beta, d_gamma, d_beta, dx, N, C, BN=32, BC=4)
    return dx


edit(
    "relu-forgotten",
    "Lets the gradient through where the ReLU was 0.",
    hint="Where $z = \\gamma \\hat{x} + \\beta$ is not positive, nothing gets through.",
    part="sums",
    of=sums_kernel,
    replace=("tl.where(scale * hat + shift > 0, g, 0.0)", "g"),
)
edit(
    "mask-of-the-hat",
    "Asks for the sign of the standardised number.",
    hint="The ReLU saw $z = \\gamma \\hat{x} + \\beta$.",
    part="sums",
    of=sums_kernel,
    replace=("scale * hat + shift > 0", "hat > 0"),
)
edit(
    "gradient-without-hat",
    "Multiplies by $x$ instead of the standardised number.",
    hint="$z = \\gamma \\hat{x} + \\beta$. What is its derivative by $\\gamma$?",
    part="sums",
    of=sums_kernel,
    replace=("by_gamma += g * hat", "by_gamma += g * (hat / r + m)"),
)
edit(
    "means",
    "Divides the sums by the number of rows.",
    hint="The gradient of a parameter is the sum over all rows.",
    part="sums",
    of=sums_kernel,
    replace=[
        ("tl.sum(by_gamma, axis=0)", "tl.sum(by_gamma, axis=0) / N"),
        ("tl.sum(by_beta, axis=0)", "tl.sum(by_beta, axis=0) / N"),
    ],
)
edit(
    "sums-swapped",
    "Swaps the two results.",
    hint="The sum with $\\hat{x}$ belongs to gamma.",
    part="sums",
    replace=("return d_gamma, d_beta", "return d_beta, d_gamma"),
)
edit(
    "last-block-only",
    "Keeps the sums of the last block only.",
    hint="Add each block to what there is.",
    part="sums",
    of=sums_kernel,
    replace=[("by_gamma += g * hat", "by_gamma = g * hat"), ("by_beta += g", "by_beta = g")],
)
edit(
    "constants",
    "Takes mean and variance for constants.",
    hint="Both change with each $x_k$: that is what the two further terms are for.",
    part="gradient",
    of=gradient_kernel,
    replace=("(g - by_beta / N - hat * by_gamma / N)", "g"),
)
edit(
    "relu-forgotten",
    "Lets the gradient through where the ReLU was 0.",
    hint="Where $z = \\gamma \\hat{x} + \\beta$ is not positive, nothing gets through.",
    part="gradient",
    of=gradient_kernel,
    replace=(
        "tl.where(scale * hat + shift > 0, tl.load(dy + at, mask=exists, other=0.0), 0.0)",
        "tl.load(dy + at, mask=exists, other=0.0)",
    ),
)
edit(
    "not-divided",
    "Does not divide the sums by the number of rows.",
    hint="The mean of $N$ numbers has the derivative $1 / N$ by each of them.",
    part="gradient",
    of=gradient_kernel,
    replace=("(g - by_beta / N - hat * by_gamma / N)", "(g - by_beta - hat * by_gamma)"),
)
edit(
    "variance-forgotten",
    "Takes the variance for a constant.",
    hint="The variance changes with each $x_k$, too: the term with $\\hat{x}$.",
    part="gradient",
    of=gradient_kernel,
    replace=(" - hat * by_gamma / N", ""),
)
edit(
    "gamma-forgotten",
    "Leaves gamma out of the factor.",
    hint="$z = \\gamma \\hat{x} + \\beta$: the derivative goes through gamma.",
    part="gradient",
    of=gradient_kernel,
    replace=("scale * r * (g", "r * (g"),
)
edit(
    "too-many-masked",
    "Applies the mask of the ReLU to the whole result.",
    hint="Where the ReLU was 0 the mean and the variance still depend on $x_k$. Only $\\bar g$ is masked.",
    part="gradient",
    of=gradient_kernel,
    replace=(
        "scale * r * (g - by_beta / N - hat * by_gamma / N)",
        "tl.where(scale * hat + shift > 0, scale * r * (g - by_beta / N - hat * by_gamma / N), 0.0)",
    ),
)
