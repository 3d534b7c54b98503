"""Batch normalisation: statistics and normalising, for every layout with the same kernels.

A tensor is seen as [N, C, S] through three strides, and a tile holds BN · BS positions of BC channels. The positions
are packed as r = n · BS + s with powers of two, so that unpacking costs shifts:

    contiguous [N, C, ...]    N = batch, S = pixels,         strides (C·S, S, 1)
    channels last, [N, C]     N = 1,     S = batch · pixels, strides (0, 1, C)

Nothing is added atomically: each program sums its own tiles in order, and one program merges the sums of all in order.
The same input gives the same bits.
"""

import triton
import triton.language as tl

from kernels.device.common import indices, scalar, wide


@triton.jit
def tile_offsets(
    block_c, n0, s0, N, C, S, stride_n, stride_c, stride_s,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """Where the elements of a tile lie, [BN·BS, BC], and which of them exist."""
    r = tl.arange(0, BN * BS)
    n = wide(n0 + r // BS, INT64)
    s = wide(s0 + r % BS, INT64)
    c = indices(block_c, BC, INT64)
    exists = ((n < N) & (s < S))[:, None] & (c < C)[None, :]
    return (n * stride_n + s * stride_s)[:, None] + (c * stride_c)[None, :], exists


@triton.jit
def nth_tile(
    block_c, tile, tiles_s, N, C, S, stride_n, stride_c, stride_s,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """The same for a tile by its number: `tiles_s` tiles cover the positions of one image, or of BN of them."""
    tile = wide(tile, INT64)
    return tile_offsets(
        block_c, (tile // tiles_s) * BN, (tile % tiles_s) * BS, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64
    )


@triton.jit
def positions(N, S, ACC: tl.constexpr):
    """N · S as a number of the dtype computed in: a product of integers could need more than 32 bits."""
    return (tl.full((), 0.0, ACC) + N) * S


@triton.jit
def affine(
    rstd, weight, bias, c, C, HAS_WEIGHT: tl.constexpr, HAS_BIAS: tl.constexpr, BC: tl.constexpr, ACC: tl.constexpr
):
    """The factor and the summand of each channel: gamma / sigma and beta."""
    scale = rstd
    shift = tl.zeros((BC,), ACC)
    if HAS_WEIGHT:
        scale = rstd * tl.load(weight + c, mask=c < C, other=0.0).to(ACC)
    if HAS_BIAS:
        shift = tl.load(bias + c, mask=c < C, other=0.0).to(ACC)
    return scale, shift


@triton.jit
def update_running(running_mean, running_var, mean, var, count, momentum, c, C, ACC: tl.constexpr):
    """Moves the running statistics towards those of this batch; the variance that is kept is the unbiased one."""
    exists = c < C
    old_mean = tl.load(running_mean + c, mask=exists, other=0.0).to(ACC)
    old_var = tl.load(running_var + c, mask=exists, other=0.0).to(ACC)
    unbiased = var * (count / tl.maximum(count - 1.0, 1.0))
    new_mean = old_mean + momentum * (mean - old_mean)
    new_var = old_var + momentum * (unbiased - old_var)
    tl.store(running_mean + c, new_mean.to(running_mean.dtype.element_ty), mask=exists)
    tl.store(running_var + c, new_var.to(running_var.dtype.element_ty), mask=exists)


@triton.jit
def add_relu(out, residual, offsets, exists, HAS_RESIDUAL: tl.constexpr, RELU: tl.constexpr, ACC: tl.constexpr):
    """What follows the normalising: the sum with the residual, and the ReLU."""
    if HAS_RESIDUAL:
        out += tl.load(residual + offsets, mask=exists, other=0.0).to(ACC)
    if RELU:
        out = tl.where(out < 0.0, 0.0, out)  # a maximum would turn NaN into 0
    return out


@triton.jit
def statistics(
    x, partial, N, C, S, stride_n, stride_c, stride_s, tiles, tiles_s,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """Count, mean and sum of squared deviations of this program's tiles, [programs, 3, C].

    Of deviations from the mean of its first tile, which each thread adds up by itself: a tile costs no barrier, and all
    are reduced once. That mean lies so near the mean of all, measured by their deviations, that little cancels: of T
    tiles one alone is at least a T-th of the sum of squares.
    """
    block_c = tl.program_id(0)
    program = tl.program_id(1)
    c = block_c * BC + tl.arange(0, BC)
    offsets, exists = nth_tile(block_c, program, tiles_s, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64)
    v = tl.load(x + offsets, mask=exists, other=0.0).to(ACC)
    centre = tl.sum(v, axis=0) / tl.maximum(tl.sum(exists.to(ACC), axis=0), 1.0)
    count = tl.full((), 0.0, ACC)
    sums = tl.zeros((BN * BS, BC), ACC)
    squares = tl.zeros((BN * BS, BC), ACC)
    for tile in range(program, tiles, tl.num_programs(1)):
        offsets, exists = nth_tile(block_c, tile, tiles_s, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64)
        v = tl.load(x + offsets, mask=exists, other=0.0).to(ACC)
        d = tl.where(exists, v - centre[None, :], 0.0)
        sums += d
        squares += d * d
        count += positions(tl.minimum(BN, N - tile // tiles_s * BN), tl.minimum(BS, S - tile % tiles_s * BS), ACC)
    total = tl.sum(sums, axis=0)
    shift = total / tl.maximum(count, 1.0)
    mean = centre + shift
    deviations = tl.sum(squares, axis=0) - total * shift
    out = partial + program * 3 * C + c
    tl.store(out, tl.zeros((BC,), ACC) + count, mask=c < C)
    tl.store(out + C, mean, mask=c < C)
    # rounding could leave less than nothing; a maximum would turn NaN into 0
    tl.store(out + C + C, tl.where(deviations < 0.0, 0.0, deviations), mask=c < C)


@triton.jit
def merge_statistics(
    partial, running_mean, running_var, save_mean, save_rstd, C, programs, eps: tl.float64, momentum: tl.float64,
    BC: tl.constexpr, PROGRAMS: tl.constexpr, TRACK: tl.constexpr, ACC: tl.constexpr,
):  # fmt: skip
    """Mean and 1 / sqrt(variance + eps) of each channel, from the partial statistics of all programs."""
    c = tl.program_id(0) * BC + tl.arange(0, BC)
    p = tl.arange(0, PROGRAMS)
    offsets = (p * 3 * C)[:, None] + c[None, :]
    exists = (p < programs)[:, None] & (c < C)[None, :]
    k = tl.load(partial + offsets, mask=exists, other=0.0)
    m = tl.load(partial + offsets + C, mask=exists, other=0.0)
    q = tl.load(partial + offsets + C + C, mask=exists, other=0.0)
    count = tl.maximum(tl.sum(k, axis=0), 1.0)
    mean = tl.sum(k * m, axis=0) / count
    d = m - mean[None, :]
    var = (tl.sum(q, axis=0) + tl.sum(k * d * d, axis=0)) / count
    tl.store(save_mean + c, mean, mask=c < C)
    tl.store(save_rstd + c, 1.0 / tl.sqrt(var + scalar(eps, ACC)), mask=c < C)
    if TRACK:
        update_running(running_mean, running_var, mean, var, count, scalar(momentum, ACC), c, C, ACC)


@triton.jit
def normalise(
    x, residual, weight, bias, mean, var, save_mean, save_rstd, y,
    N, C, S, stride_n, stride_c, stride_s, tiles, tiles_s, eps: tl.float64,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr, RUNNING: tl.constexpr,
    HAS_WEIGHT: tl.constexpr, HAS_BIAS: tl.constexpr, HAS_RESIDUAL: tl.constexpr, RELU: tl.constexpr,
):  # fmt: skip
    """y = relu((x - mean) · gamma / sigma + beta + residual).

    RUNNING: mean and variance are the running ones, and are kept for the gradient. Else the mean and 1 / sigma stand in
    `save_mean` and `save_rstd`.
    """
    block_c = tl.program_id(0)
    program = tl.program_id(1)
    c = block_c * BC + tl.arange(0, BC)
    if RUNNING:
        m = tl.load(mean + c, mask=c < C, other=0.0).to(ACC)
        rstd = 1.0 / tl.sqrt(tl.load(var + c, mask=c < C, other=1.0).to(ACC) + scalar(eps, ACC))
        if program == 0:
            tl.store(save_mean + c, m, mask=c < C)
            tl.store(save_rstd + c, rstd, mask=c < C)
    else:
        m = tl.load(save_mean + c, mask=c < C, other=0.0)
        rstd = tl.load(save_rstd + c, mask=c < C, other=0.0)
    scale, shift = affine(rstd, weight, bias, c, C, HAS_WEIGHT, HAS_BIAS, BC, ACC)
    for turn in range(program, tiles, tl.num_programs(1)):
        tile = tiles - 1 - turn  # the last ones are what the second-level cache still holds of the statistics' pass
        offsets, exists = nth_tile(block_c, tile, tiles_s, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64)
        v = tl.load(x + offsets, mask=exists, other=0.0).to(ACC)
        # not x · scale + (beta - mean · scale): that cancels where the mean is far larger than sigma
        out = (v - m[None, :]) * scale[None, :] + shift[None, :]
        out = add_relu(out, residual, offsets, exists, HAS_RESIDUAL, RELU, ACC)
        tl.store(y + offsets, out.to(y.dtype.element_ty), mask=exists)


@triton.jit
def normalise_one_tile(
    x, residual, weight, bias, running_mean, running_var, save_mean, save_rstd, y,
    N, C, S, stride_n, stride_c, stride_s, eps: tl.float64, momentum: tl.float64,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr, TRACK: tl.constexpr,
    HAS_WEIGHT: tl.constexpr, HAS_BIAS: tl.constexpr, HAS_RESIDUAL: tl.constexpr, RELU: tl.constexpr,
):  # fmt: skip
    """All of the above in one launch, where the batch of some channels fits into registers: one read, one write."""
    block_c = tl.program_id(0)
    c = block_c * BC + tl.arange(0, BC)
    offsets, exists = tile_offsets(block_c, 0, 0, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64)
    v = tl.load(x + offsets, mask=exists, other=0.0).to(ACC)
    count = positions(N, S, ACC)
    m = tl.sum(v, axis=0) / count
    d = tl.where(exists, v - m[None, :], 0.0)
    var = tl.sum(d * d, axis=0) / count
    rstd = 1.0 / tl.sqrt(var + scalar(eps, ACC))
    tl.store(save_mean + c, m, mask=c < C)
    tl.store(save_rstd + c, rstd, mask=c < C)
    if TRACK:
        update_running(running_mean, running_var, m, var, count, scalar(momentum, ACC), c, C, ACC)
    scale, shift = affine(rstd, weight, bias, c, C, HAS_WEIGHT, HAS_BIAS, BC, ACC)
    out = (v - m[None, :]) * scale[None, :] + shift[None, :]
    out = add_relu(out, residual, offsets, exists, HAS_RESIDUAL, RELU, ACC)
    tl.store(y + offsets, out.to(y.dtype.element_ty), mask=exists)
