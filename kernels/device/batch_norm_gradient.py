"""The gradients of batch normalisation, over the same tiles as its forward pass (device/batch_norm.py)."""

import triton
import triton.language as tl

from kernels.device.batch_norm import affine, nth_tile, positions, tile_offsets


@triton.jit
def relu_gradient(
    g,
    v,
    m,
    scale,
    shift,
    y,
    dresidual,
    offsets,
    exists,
    HAS_RESIDUAL: tl.constexpr,
    RELU: tl.constexpr,
    ACC: tl.constexpr,
):
    """The cotangent behind the ReLU. With a residual, where y tells what was cut off, it is stored: it is the gradient
    of the residual. Without, the output is computed anew, in the same order as in the forward pass."""
    if RELU:
        if HAS_RESIDUAL:
            out = tl.load(y + offsets, mask=exists, other=0.0).to(ACC)
            g = tl.where(out <= 0.0, 0.0, g)
            tl.store(dresidual + offsets, g.to(dresidual.dtype.element_ty), mask=exists)
        else:
            g = tl.where((v - m[None, :]) * scale[None, :] + shift[None, :] <= 0.0, 0.0, g)
    return g


@triton.jit
def gradient_sums(
    dy, x, y, dresidual, weight, bias, save_mean, save_rstd, partial,
    N, C, S, stride_n, stride_c, stride_s, tiles, tiles_s,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
    HAS_WEIGHT: tl.constexpr, HAS_BIAS: tl.constexpr, HAS_RESIDUAL: tl.constexpr, RELU: tl.constexpr,
):  # fmt: skip
    """The sums of g and of g · xhat over this program's tiles, [programs, 2, C]; g is the cotangent behind the ReLU."""
    block_c = tl.program_id(0)
    program = tl.program_id(1)
    c = block_c * BC + tl.arange(0, BC)
    m = tl.load(save_mean + c, mask=c < C, other=0.0)
    rstd = tl.load(save_rstd + c, mask=c < C, other=0.0)
    scale, shift = affine(rstd, weight, bias, c, C, HAS_WEIGHT, HAS_BIAS, BC, ACC)
    plain = tl.zeros((BN * BS, BC), ACC)  # each thread adds up by itself, and all are reduced once
    moment = tl.zeros((BN * BS, BC), ACC)
    for tile in range(program, tiles, tl.num_programs(1)):
        offsets, exists = nth_tile(block_c, tile, tiles_s, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64)
        g = tl.load(dy + offsets, mask=exists, other=0.0).to(ACC)
        v = tl.load(x + offsets, mask=exists, other=0.0).to(ACC)
        g = relu_gradient(g, v, m, scale, shift, y, dresidual, offsets, exists, HAS_RESIDUAL, RELU, ACC)
        plain += g
        moment += g * tl.where(exists, v - m[None, :], 0.0)
    out = partial + program * 2 * C + c
    tl.store(out, tl.sum(plain, axis=0), mask=c < C)
    tl.store(out + C, tl.sum(moment, axis=0) * rstd, mask=c < C)


@triton.jit
def merge_gradients(
    partial, sums, dweight, dbias, C, programs,
    BC: tl.constexpr, PROGRAMS: tl.constexpr, FOR_WEIGHT: tl.constexpr, FOR_BIAS: tl.constexpr,
):  # fmt: skip
    """The sums of all programs, [2, C]: the gradients of beta and gamma, and what the gradient of x needs of them."""
    c = tl.program_id(0) * BC + tl.arange(0, BC)
    p = tl.arange(0, PROGRAMS)
    offsets = (p * 2 * C)[:, None] + c[None, :]
    exists = (p < programs)[:, None] & (c < C)[None, :]
    plain = tl.sum(tl.load(partial + offsets, mask=exists, other=0.0), axis=0)
    moment = tl.sum(tl.load(partial + offsets + C, mask=exists, other=0.0), axis=0)
    tl.store(sums + c, plain, mask=c < C)
    tl.store(sums + C + c, moment, mask=c < C)
    if FOR_WEIGHT:
        tl.store(dweight + c, moment.to(dweight.dtype.element_ty), mask=c < C)
    if FOR_BIAS:
        tl.store(dbias + c, plain.to(dbias.dtype.element_ty), mask=c < C)


@triton.jit
def input_gradient(
    dy, x, weight, bias, save_mean, save_rstd, sums, dx,
    N, C, S, stride_n, stride_c, stride_s, tiles, tiles_s,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
    TRAINING: tl.constexpr, HAS_WEIGHT: tl.constexpr, HAS_BIAS: tl.constexpr, RELU: tl.constexpr,
):  # fmt: skip
    """dx = gamma / sigma · (g - mean of g - xhat · mean of g · xhat); with fixed statistics gamma / sigma · g.

    RELU: without a residual. With one, dy is already the gradient of the residual.
    """
    block_c = tl.program_id(0)
    program = tl.program_id(1)
    c = block_c * BC + tl.arange(0, BC)
    m = tl.load(save_mean + c, mask=c < C, other=0.0)
    rstd = tl.load(save_rstd + c, mask=c < C, other=0.0)
    scale, shift = affine(rstd, weight, bias, c, C, HAS_WEIGHT, HAS_BIAS, BC, ACC)
    mean_g = tl.zeros((BC,), ACC)
    mean_gx = tl.zeros((BC,), ACC)
    if TRAINING:
        count = positions(N, S, ACC)
        mean_g = tl.load(sums + c, mask=c < C, other=0.0) / count
        mean_gx = tl.load(sums + C + c, mask=c < C, other=0.0) / count
    for turn in range(program, tiles, tl.num_programs(1)):
        tile = tiles - 1 - turn  # as in the forward pass: what the sums read last is read first
        offsets, exists = nth_tile(block_c, tile, tiles_s, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64)
        g = tl.load(dy + offsets, mask=exists, other=0.0).to(ACC)
        v = tl.load(x + offsets, mask=exists, other=0.0).to(ACC)
        g = relu_gradient(g, v, m, scale, shift, dy, dy, offsets, exists, False, RELU, ACC)
        g = g - mean_g[None, :] - (v - m[None, :]) * (rstd * mean_gx)[None, :]
        tl.store(dx + offsets, (g * scale[None, :]).to(dx.dtype.element_ty), mask=exists)


@triton.jit
def gradients_one_tile(
    dy, x, y, dresidual, weight, bias, save_mean, save_rstd, dx, dweight, dbias,
    N, C, S, stride_n, stride_c, stride_s,
    BC: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
    TRAINING: tl.constexpr, HAS_WEIGHT: tl.constexpr, HAS_BIAS: tl.constexpr, HAS_RESIDUAL: tl.constexpr,
    RELU: tl.constexpr, FOR_X: tl.constexpr, FOR_WEIGHT: tl.constexpr, FOR_BIAS: tl.constexpr,
):  # fmt: skip
    """All gradients that are wanted in one launch, where the whole batch of some channels fits into registers."""
    block_c = tl.program_id(0)
    c = block_c * BC + tl.arange(0, BC)
    m = tl.load(save_mean + c, mask=c < C, other=0.0)
    rstd = tl.load(save_rstd + c, mask=c < C, other=0.0)
    scale, shift = affine(rstd, weight, bias, c, C, HAS_WEIGHT, HAS_BIAS, BC, ACC)
    offsets, exists = tile_offsets(block_c, 0, 0, N, C, S, stride_n, stride_c, stride_s, BC, BN, BS, INT64)
    g = tl.load(dy + offsets, mask=exists, other=0.0).to(ACC)
    v = tl.load(x + offsets, mask=exists, other=0.0).to(ACC)
    g = relu_gradient(g, v, m, scale, shift, y, dresidual, offsets, exists, HAS_RESIDUAL, RELU, ACC)
    centred = tl.where(exists, v - m[None, :], 0.0)
    plain = tl.sum(g, axis=0)
    moment = tl.sum(g * centred, axis=0) * rstd
    if FOR_WEIGHT:
        tl.store(dweight + c, moment.to(dweight.dtype.element_ty), mask=c < C)
    if FOR_BIAS:
        tl.store(dbias + c, plain.to(dbias.dtype.element_ty), mask=c < C)
    if FOR_X:
        if TRAINING:
            count = positions(N, S, ACC)
            g = g - (plain / count)[None, :] - centred * (rstd * moment / count)[None, :]
        tl.store(dx + offsets, (g * scale[None, :]).to(dx.dtype.element_ty), mask=exists)
