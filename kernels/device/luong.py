"""One query over the states of a sequence, as a decoder asks at each of its steps: Luong et al. (2015), the dot score.

One launch instead of a product, a mask, a softmax and a product; going forward, the states are read once. A program has
one sequence. It goes through the states in blocks, as device/attention.py does, but without tensor cores, which one
query could not fill. The scores, times log2(e), are kept in float32 until the softmax is known, and for the backward
pass: then less the highest of them, beside which the logarithm of the sum is small, because the last digit of a score
of 100 is 1e-5 of its weight. Unscaled scores put nearly all of the weight on one state, and the gradient of its score
is then a small difference of large numbers: both must be made of the same sums, and the context, rounded on its own,
is not. So the backward pass goes through the states twice where they are their own values.
"""

import triton
import triton.language as tl

from kernels.device.attention import load_tile, sequence_length
from kernels.device.common import scalar, wide


@triton.jit
def softmax_of(top, total, end):
    """The highest score, the sum of all weights beside it, and its logarithm, of a sequence with `end` states.

    Without states the weights are zeros. Where there are some, all with scores of -inf, they are NaN, as in a softmax.
    """
    dead = end <= 0
    total = tl.where(dead, 1.0, total)
    return tl.where(dead, 0.0, top), total, tl.where(dead, float("inf"), tl.log2(total))


@triton.jit
def store_weights(weights, scores, low, high, end, top, logarithm, BS: tl.constexpr):
    """Writes the weights of the states from low to high, and their scores less the highest."""
    for n0 in range(low, high, BS):
        n = n0 + tl.arange(0, BS)
        found = tl.load(scores + n, mask=n < tl.minimum(end, high), other=float("-inf")) - top
        tl.store(scores + n, found, mask=n < high)
        tl.store(weights + n, tl.exp2(found - logarithm).to(weights.dtype.element_ty), mask=n < high)


@triton.jit
def attend_once(
    q, k, v, context, weights, scores, lse, partial, tops, totals, lengths, S, split_size,
    q_b, q_d, k_b, k_n, k_d, v_b, v_n, v_d, scale2: tl.float64,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr,
    LENGTHS: tl.constexpr, VALUES: tl.constexpr, SPLIT: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """context = Σ weights[n] · v[n], weights = softmax(scale · k q); the values are the keys unless VALUES.

    SPLIT: a program has `split_size` states of a sequence, and `join_splits` makes one result of what they found: of
    their sums over the states, [B, splits, DV], and of their weights, beside the highest score of each.
    """
    b = wide(tl.program_id(0), True)
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    query = tl.load(q + b * q_b + d * q_d, mask=d < D, other=0.0).to(ACC)
    end = sequence_length(lengths, b, S, LENGTHS)
    factor = scalar(scale2, ACC)
    top = tl.full((), float("-inf"), ACC)
    total = tl.full((), 0.0, ACC)
    acc = tl.zeros((BV,), ACC)
    low = 0
    high = end
    if SPLIT:
        low = tl.program_id(1) * split_size
        high = tl.minimum(end, low + split_size)
    for n0 in range(low, high, BN):
        n = wide(n0 + tl.arange(0, BN), INT64)
        there = n < high
        keys = load_tile(k + b * k_b, n, d, k_n, k_d, there, D, True).to(ACC)
        found = tl.where(there, tl.sum(keys * query[None, :], axis=1) * factor, float("-inf"))
        tl.store(scores + b * S + n, found, mask=there)
        highest = tl.maximum(top, tl.max(found, axis=0))
        reference = tl.where(highest == float("-inf"), 0.0, highest)  # no finite score yet: -inf less -inf is NaN
        p = tl.exp2(found - reference)
        shrink = tl.exp2(top - reference)
        values = keys
        if VALUES:
            values = load_tile(v + b * v_b, n, c, v_n, v_d, there, DV, True).to(ACC)
        total = total * shrink + tl.sum(p, axis=0)
        acc = acc * shrink + tl.sum(p[:, None] * values, axis=0)
        top = highest
    if SPLIT:
        place = b * tl.num_programs(1) + tl.program_id(1)
        tl.store(partial + place * DV + c, acc, mask=c < DV)
        tl.store(tops + place, top)
        tl.store(totals + place, total)
    else:
        top, total, logarithm = softmax_of(top, total, end)
        tl.store(context + b * DV + c, (acc / total).to(context.dtype.element_ty), mask=c < DV)
        tl.store(lse + b, logarithm)
        tl.debug_barrier()  # a score may be read by another thread than the one that wrote it
        store_weights(weights + b * S, scores + b * S, 0, S, end, top, logarithm, BS)


@triton.jit
def join_splits(
    context, weights, scores, lse, partial, tops, totals, lengths, S, split_size, splits,
    DV: tl.constexpr, BV: tl.constexpr, BS: tl.constexpr, SPLITS: tl.constexpr,
    LENGTHS: tl.constexpr, ACC: tl.constexpr,
):  # fmt: skip
    """The results of what `attend_once` found in each split of the states. A program writes the weights of one."""
    b = wide(tl.program_id(0), True)
    split = tl.program_id(1)
    end = sequence_length(lengths, b, S, LENGTHS)
    every = tl.arange(0, SPLITS)
    highest = tl.load(tops + b * splits + every, mask=every < splits, other=float("-inf"))
    top = tl.max(highest, axis=0)
    reference = tl.where(top == float("-inf"), 0.0, top)
    found = tl.load(totals + b * splits + every, mask=every < splits, other=0.0)
    total = tl.sum(found * tl.exp2(highest - reference), axis=0)
    top, total, logarithm = softmax_of(top, total, end)
    if split == 0:
        c = tl.arange(0, BV)
        acc = tl.zeros((BV,), ACC)
        for one in range(0, splits):
            share = tl.exp2(tl.load(tops + b * splits + one) - reference)
            acc += tl.load(partial + (b * splits + one) * DV + c, mask=c < DV, other=0.0) * share
        tl.store(context + b * DV + c, (acc / total).to(context.dtype.element_ty), mask=c < DV)
        tl.store(lse + b, logarithm)
    low = split * split_size
    high = tl.minimum(S, low + split_size)
    store_weights(weights + b * S, scores + b * S, low, high, end, top, logarithm, BS)


@triton.jit
def attend_once_gradient(
    q, k, v, scores, lse, dcontext, dweights, dp, dq, dk, dv, lengths, S,
    q_b, q_d, k_b, k_n, k_d, v_b, v_n, v_d, dc_b, dc_d, dw_b, dw_n, scale: tl.float64,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BN: tl.constexpr, BS: tl.constexpr,
    LENGTHS: tl.constexpr, VALUES: tl.constexpr, CONTEXT: tl.constexpr, WEIGHTS: tl.constexpr,
    FOR_Q: tl.constexpr, FOR_K: tl.constexpr, FOR_V: tl.constexpr,
    ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """With dp[n] = dcontext · v[n] + dweights[n] and delta = Σ p · dp: ds = p (dp - delta), the gradient of the scores.

    dq = scale Σ ds[n] k[n], dk[n] = scale ds[n] q, dv[n] = p[n] dcontext; without VALUES, dk has both. CONTEXT and
    WEIGHTS: whether there is a cotangent of either. FOR_Q, FOR_K and FOR_V: whether a gradient is wanted. `dp` [B, S]
    is room for the sums that delta waits for.
    """
    b = wide(tl.program_id(0), True)
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    query = tl.load(q + b * q_b + d * q_d, mask=d < D, other=0.0).to(ACC)
    end = sequence_length(lengths, b, S, LENGTHS)
    logarithm = tl.load(lse + b)
    factor = scalar(scale, ACC)
    cotangent = tl.zeros((BV,), ACC)
    if CONTEXT:
        cotangent = tl.load(dcontext + b * dc_b + c * dc_d, mask=c < DV, other=0.0).to(ACC)
    delta = tl.full((), 0.0, ACC)
    for n0 in range(0, S, BN):
        n = wide(n0 + tl.arange(0, BN), INT64)
        there = n < end
        p = tl.exp2(tl.load(scores + b * S + n, mask=there, other=float("-inf")) - logarithm)
        if VALUES:
            values = load_tile(v + b * v_b, n, c, v_n, v_d, there, DV, True).to(ACC)
            if FOR_V:
                dvalues = p[:, None] * cotangent[None, :]
                place = dv + (b * S + n)[:, None] * DV + c[None, :]
                tl.store(place, dvalues.to(dv.dtype.element_ty), mask=(n < S)[:, None] & (c < DV)[None, :])
        else:
            values = load_tile(k + b * k_b, n, c, k_n, k_d, there, D, True).to(ACC)
        found = tl.sum(values * cotangent[None, :], axis=1)
        if WEIGHTS:
            found += tl.load(dweights + b * dw_b + n * dw_n, mask=there, other=0.0).to(ACC)
        tl.store(dp + b * S + n, found, mask=there)
        delta += tl.sum(p * found, axis=0)
    if FOR_Q or FOR_K:
        tl.debug_barrier()  # as in the forward pass
        acc = tl.zeros((BD,), ACC)
        for n0 in range(0, S, BN):
            n = wide(n0 + tl.arange(0, BN), INT64)
            there = n < end
            keys = load_tile(k + b * k_b, n, d, k_n, k_d, there, D, True).to(ACC)
            p = tl.exp2(tl.load(scores + b * S + n, mask=there, other=float("-inf")) - logarithm)
            ds = p * (tl.load(dp + b * S + n, mask=there, other=0.0) - delta) * factor
            acc += tl.sum(ds[:, None] * keys, axis=0)
            if FOR_K:
                dkeys = ds[:, None] * query[None, :]
                if not VALUES:
                    dkeys += p[:, None] * cotangent[None, :]
                target = dk + (b * S + n)[:, None] * D + d[None, :]
                tl.store(target, dkeys.to(dk.dtype.element_ty), mask=(n < S)[:, None] & (d < D)[None, :])
        if FOR_Q:
            tl.store(dq + b * D + d, acc.to(dq.dtype.element_ty), mask=d < D)
