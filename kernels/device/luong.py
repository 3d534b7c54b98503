"""One query over the states of a sequence, as a decoder asks at each of its steps: Luong et al. (2015), the dot score.

One launch instead of a product, a mask, a softmax and a product; the states are read once, and once more going
backward. A program has one sequence, or some of the states of one where sequences are few. It goes through them in
blocks, as device/attention.py does, but without tensor cores, which one query could not fill. The scores, times
log2(e), are kept in float32 until the softmax is known, and for the backward pass: then less the highest of them,
beside which the logarithm of the sum is small, because the last digit of a score of 100 is 1e-5 of its weight.

The gradient of a score is p (dp - delta), with delta = Σ p dp known only when all states have been read. Its sum over
the keys is Σ p dp k - delta Σ p k, which can be taken meanwhile. Unscaled scores put nearly all of the weight on one
state, and then that is a small difference of large numbers. So dp is counted from what delta must come to, the
product of the context with its cotangent: the difference has then small terms, and it does not matter that this
product is rounded on its own. (The context is kept for it in the dtype of sums. A cotangent of the weights has its
part of delta without one.)
"""

import triton
import triton.language as tl

from kernels.device.attention import load_tile, sequence_length
from kernels.device.common import scalar, wide


@triton.jit
def store_context(context, mean, lse, found, logarithm, c, DV: tl.constexpr):
    """Writes what a sequence has one of: its context, rounded and as it is, and the logarithm of its sum."""
    tl.store(context + c, found.to(context.dtype.element_ty), mask=c < DV)
    tl.store(mean + c, found, mask=c < DV)
    tl.store(lse, logarithm)


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
    q, k, v, context, weights, scores, lse, mean, partial, tops, totals, lengths, S, split_size,
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
        store_context(context + b * DV, mean + b * DV, lse + b, acc / total, logarithm, c, DV)
        tl.debug_barrier()  # a score may be read by another thread than the one that wrote it
        store_weights(weights + b * S, scores + b * S, 0, S, end, top, logarithm, BS)


@triton.jit
def join_splits(
    context, weights, scores, lse, mean, partial, tops, totals, lengths, S, split_size, splits,
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
        store_context(context + b * DV, mean + b * DV, lse + b, acc / total, logarithm, c, DV)
    low = split * split_size
    high = tl.minimum(S, low + split_size)
    store_weights(weights + b * S, scores + b * S, low, high, end, top, logarithm, BS)


@triton.jit
def load_cotangent(dcontext, c, dc_d, DV: tl.constexpr, BV: tl.constexpr, ACC: tl.constexpr, CONTEXT: tl.constexpr):
    """The cotangent of a sequence's context, [BV]; zeros where there is none."""
    found = tl.zeros((BV,), ACC)
    if CONTEXT:
        found = tl.load(dcontext + c * dc_d, mask=c < DV, other=0.0).to(ACC)
    return found


@triton.jit
def store_gradients(
    dk, dv, scores, dp, query, cotangent, low, high, end, delta, logarithm, factor, d, c,
    D: tl.constexpr, DV: tl.constexpr, BN: tl.constexpr, VALUES: tl.constexpr,
    FOR_K: tl.constexpr, FOR_V: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """Writes the gradients of the states from low to high, and of their values; zeros where a sequence has ended."""
    for n0 in range(low, high, BN):
        n = wide(n0 + tl.arange(0, BN), INT64)
        there = n < tl.minimum(end, high)
        p = tl.exp2(tl.load(scores + n, mask=there, other=float("-inf")) - logarithm)
        if FOR_K:
            ds = p * (tl.load(dp + n, mask=there, other=0.0) - delta) * factor
            dkeys = ds[:, None] * query[None, :]
            if not VALUES:
                dkeys += p[:, None] * cotangent[None, :]
            place = dk + n[:, None] * D + d[None, :]
            tl.store(place, dkeys.to(dk.dtype.element_ty), mask=(n < high)[:, None] & (d < D)[None, :])
        if FOR_V:
            dvalues = p[:, None] * cotangent[None, :]
            place = dv + n[:, None] * DV + c[None, :]
            tl.store(place, dvalues.to(dv.dtype.element_ty), mask=(n < high)[:, None] & (c < DV)[None, :])


@triton.jit
def attend_once_gradient(
    q, k, v, scores, lse, mean, dcontext, dweights, dp, deltas, partial, means, dq, dk, dv, lengths, S, split_size,
    q_b, q_d, k_b, k_n, k_d, v_b, v_n, v_d, dc_b, dc_d, dw_b, dw_n, scale: tl.float64,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BN: tl.constexpr,
    LENGTHS: tl.constexpr, VALUES: tl.constexpr, CONTEXT: tl.constexpr, WEIGHTS: tl.constexpr,
    FOR_Q: tl.constexpr, FOR_K: tl.constexpr, FOR_V: tl.constexpr,
    SPLIT: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """With dp[n] = dcontext · (v[n] - mean) + dweights[n] and delta = Σ p dp: ds = p (dp - delta), that of the scores.

    dq = scale Σ ds[n] k[n], dk[n] = scale ds[n] q, dv[n] = p[n] dcontext; without VALUES, dk has both. CONTEXT and
    WEIGHTS: whether there is a cotangent of either. FOR_Q, FOR_K and FOR_V: whether a gradient is wanted. `dp` [B, S]
    is room for what delta is waited for with, if FOR_K.

    SPLIT: a program has `split_size` states of a sequence and writes only its part of delta, [B, splits], and, if
    FOR_Q, of Σ p dp k and Σ p k, [B, splits, D], the second if VALUES, else it is the mean. `join_gradients` does the
    rest.
    """
    b = wide(tl.program_id(0), True)
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    end = sequence_length(lengths, b, S, LENGTHS)
    logarithm = tl.load(lse + b)
    factor = scalar(scale, ACC)
    cotangent = load_cotangent(dcontext + b * dc_b if CONTEXT else None, c, dc_d, DV, BV, ACC, CONTEXT)
    average = tl.load(mean + b * DV + c, mask=c < DV, other=0.0)
    delta = tl.full((), 0.0, ACC)
    low = 0
    high = end
    if SPLIT:
        low = tl.program_id(1) * split_size
        high = tl.minimum(end, low + split_size)
    if FOR_Q or FOR_K:
        expected = tl.sum(cotangent * average, axis=0)
        acc = tl.zeros((BD,), ACC)
        keys_mean = tl.zeros((BD,), ACC)
        for n0 in range(low, high, BN):
            n = wide(n0 + tl.arange(0, BN), INT64)
            there = n < high
            p = tl.exp2(tl.load(scores + b * S + n, mask=there, other=float("-inf")) - logarithm)
            if FOR_Q or not VALUES:
                keys = load_tile(k + b * k_b, n, d, k_n, k_d, there, D, True).to(ACC)
            values = keys if not VALUES else load_tile(v + b * v_b, n, c, v_n, v_d, there, DV, True).to(ACC)
            found = tl.sum(values * cotangent[None, :], axis=1) - expected
            if WEIGHTS:
                found += tl.load(dweights + b * dw_b + n * dw_n, mask=there, other=0.0).to(ACC)
            if FOR_K:
                tl.store(dp + b * S + n, found, mask=there)
            found *= p
            delta += tl.sum(found, axis=0)
            if FOR_Q:
                acc += tl.sum(found[:, None] * keys, axis=0)
                if VALUES:
                    keys_mean += tl.sum(p[:, None] * keys, axis=0)
        if SPLIT:
            place = b * tl.num_programs(1) + tl.program_id(1)
            tl.store(deltas + place, delta)
            if FOR_Q:
                tl.store(partial + place * D + d, acc, mask=d < D)
                if VALUES:
                    tl.store(means + place * D + d, keys_mean, mask=d < D)
        elif FOR_Q:
            if not VALUES:
                keys_mean = average
            tl.store(dq + b * D + d, ((acc - delta * keys_mean) * factor).to(dq.dtype.element_ty), mask=d < D)
    if (FOR_K or FOR_V) and not SPLIT:
        query = tl.zeros((BD,), ACC)
        if FOR_K:
            tl.debug_barrier()  # as in the forward pass
            query = tl.load(q + b * q_b + d * q_d, mask=d < D, other=0.0).to(ACC)
        store_gradients(
            dk + b * S * D if FOR_K else None, dv + b * S * DV if FOR_V else None, scores + b * S,
            dp + b * S if FOR_K else None, query, cotangent, 0, S, end, delta, logarithm, factor, d, c,
            D, DV, BN, VALUES, FOR_K, FOR_V, INT64,
        )  # fmt: skip


@triton.jit
def join_gradients(
    q, scores, lse, mean, dcontext, dp, deltas, partial, means, dq, dk, dv, lengths, S, split_size, splits,
    q_b, q_d, dc_b, dc_d, scale: tl.float64,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BN: tl.constexpr, SPLITS: tl.constexpr,
    LENGTHS: tl.constexpr, VALUES: tl.constexpr, CONTEXT: tl.constexpr,
    FOR_Q: tl.constexpr, FOR_K: tl.constexpr, FOR_V: tl.constexpr, ACC: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """The gradients, of what `attend_once_gradient` found in each split. A program writes those of one split."""
    b = wide(tl.program_id(0), True)
    split = tl.program_id(1)
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    factor = scalar(scale, ACC)
    delta = tl.full((), 0.0, ACC)
    if FOR_Q or FOR_K:
        every = tl.arange(0, SPLITS)
        delta = tl.sum(tl.load(deltas + b * splits + every, mask=every < splits, other=0.0), axis=0)
    if FOR_Q:  # noqa: SIM102 - the first is known to the compiler
        if split == 0:
            acc = tl.zeros((BD,), ACC)
            keys_mean = tl.zeros((BD,), ACC)
            for one in range(0, splits):
                place = (b * splits + one) * D + d
                acc += tl.load(partial + place, mask=d < D, other=0.0)
                if VALUES:
                    keys_mean += tl.load(means + place, mask=d < D, other=0.0)
            if not VALUES:
                keys_mean = tl.load(mean + b * D + d, mask=d < D, other=0.0)
            tl.store(dq + b * D + d, ((acc - delta * keys_mean) * factor).to(dq.dtype.element_ty), mask=d < D)
    if FOR_K or FOR_V:
        query = tl.zeros((BD,), ACC)
        if FOR_K:
            query = tl.load(q + b * q_b + d * q_d, mask=d < D, other=0.0).to(ACC)
        cotangent = load_cotangent(dcontext + b * dc_b if CONTEXT else None, c, dc_d, DV, BV, ACC, CONTEXT)
        low = split * split_size
        store_gradients(
            dk + b * S * D if FOR_K else None, dv + b * S * DV if FOR_V else None, scores + b * S,
            dp + b * S if FOR_K else None, query, cotangent, low, tl.minimum(S, low + split_size),
            sequence_length(lengths, b, S, LENGTHS), delta, tl.load(lse + b), factor, d, c,
            D, DV, BN, VALUES, FOR_K, FOR_V, INT64,
        )  # fmt: skip
