"""The gradients of attention, again without the matrix of scores: Dao (2023), FlashAttention-2, algorithm 2.

With p the weights, which are computed anew from the scores and each row's logarithm, and do the cotangent:

    delta = Σ o · do     dv = pᵀ do     ds = p · (do vᵀ - delta)     dq = scale · ds k     dk = scale · dsᵀ q

Two kernels, so that none adds to what another adds to: one a block of queries sums over the keys, one a block of keys
over the queries. The scores are computed in both, 7 products where atomic additions would need 5.

Scores are masked here by their weights and not, as in the forward pass, by -inf: with one function for both, this one's
registers would not fit on sm_80.
"""

import triton
import triton.language as tl

from kernels.device.attention import block_and_head, key_bounds, load_tile, sequence_length, valid_keys
from kernels.device.common import indices, scalar, wide


@triton.jit
def query_gradient_inner(
    acc, query, cotangent, logs, deltas, k, v, key_mask, low, high, end, m, scale2, k_n, k_d, v_n, v_d, mask_n,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BN: tl.constexpr, MASKED: tl.constexpr,
    CAUSAL: tl.constexpr, KEY_MASK: tl.constexpr, DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr,
    INT64: tl.constexpr,
):  # fmt: skip
    """Adds ds k over the keys from low to high. Where not MASKED, every query of the tile sees all of them."""
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    for n0 in range(low, high, BN):
        n = wide(n0 + tl.arange(0, BN), INT64)
        counts = n < end
        if MASKED:
            counts = valid_keys(n, end, key_mask, mask_n, KEY_MASK)
        keys = load_tile(k, n, d, k_n, k_d, counts, D, MASKED).to(DOT)
        values = load_tile(v, n, c, v_n, v_d, counts, DV, MASKED).to(DOT)
        scores = tl.dot(query, tl.trans(keys), input_precision=PRECISION, out_dtype=ACC) * scale2
        p = tl.exp2(scores - logs[:, None])
        if MASKED:
            seen = counts[None, :]
            if CAUSAL:
                seen = seen & (n[None, :] <= m[:, None])
            p = tl.where(seen, p, 0.0)
        dp = tl.dot(cotangent, tl.trans(values), input_precision=PRECISION, out_dtype=ACC)
        ds = p * (dp - deltas[:, None])
        acc = tl.dot(ds.to(DOT), keys, acc, input_precision=PRECISION, out_dtype=ACC)
    return acc


@triton.jit
def query_gradient(
    q, k, v, o, do, lse, delta, dq, lengths, query_lengths, key_mask, H, GROUP, SQ, SK, blocks_0, blocks_1,
    q_b, q_h, q_n, q_d, k_b, k_h, k_n, k_d, v_b, v_h, v_n, v_d, o_b, o_h, o_n, o_d, do_b, do_h, do_n, do_d,
    dq_b, dq_h, dq_n, dq_d, mask_b, mask_n, scale: tl.float64, scale2: tl.float64,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BM: tl.constexpr, BN: tl.constexpr,
    CAUSAL: tl.constexpr, LENGTHS: tl.constexpr, QUERY_LENGTHS: tl.constexpr, KEY_MASK: tl.constexpr,
    FOR_Q: tl.constexpr,
    DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """dq of BM queries a program, if it is wanted, and their delta, which the other kernel needs."""
    block, b, h, own = block_and_head(blocks_0, blocks_1, GROUP, CAUSAL)
    m = indices(block, BM, INT64)
    there = m < SQ
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    rows = sequence_length(query_lengths, b, SQ, QUERY_LENGTHS)
    query = load_tile(q + b * q_b + h * q_h, m, d, q_n, q_d, m < rows, D, True).to(DOT)
    cotangent = load_tile(do + b * do_b + h * do_h, m, c, do_n, do_d, m < rows, DV, True)
    output = load_tile(o + b * o_b + h * o_h, m, c, o_n, o_d, m < rows, DV, True)
    deltas = tl.sum(output.to(ACC) * cotangent.to(ACC), axis=1)
    row = (b * H + h) * SQ + m
    tl.store(delta + row, deltas, mask=there)
    if FOR_Q:
        logs = tl.load(lse + row, mask=there, other=float("inf"))
        end = sequence_length(lengths, b, SK, LENGTHS)
        if QUERY_LENGTHS:
            end = tl.where(block * BM < rows, end, 0)
        whole, high = key_bounds(block, end, BM, BN, CAUSAL, KEY_MASK)
        factor = scalar(scale2, ACC)
        keys = k + b * k_b + own * k_h
        values = v + b * v_b + own * v_h
        mask = key_mask
        if KEY_MASK:
            mask = key_mask + b * mask_b
        acc = tl.zeros((BM, BD), ACC)
        acc = query_gradient_inner(
            acc, query, cotangent.to(DOT), logs, deltas, keys, values, mask, 0, whole, end, m, factor,
            k_n, k_d, v_n, v_d, mask_n, D, DV, BD, BV, BN, False, CAUSAL, KEY_MASK, DOT, ACC, PRECISION, INT64,
        )  # fmt: skip
        acc = query_gradient_inner(
            acc, query, cotangent.to(DOT), logs, deltas, keys, values, mask, whole, high, end, m, factor,
            k_n, k_d, v_n, v_d, mask_n, D, DV, BD, BV, BN, True, CAUSAL, KEY_MASK, DOT, ACC, PRECISION, INT64,
        )  # fmt: skip
        target = dq + b * dq_b + h * dq_h + (m * dq_n)[:, None] + (d * dq_d)[None, :]
        result = (acc * scalar(scale, ACC)).to(dq.dtype.element_ty)
        tl.store(target, result, mask=there[:, None] & (d < D)[None, :])


@triton.jit
def key_value_gradient_inner(
    dk, dv, keys, values, q, do, lse, delta, low, high, SQ, n, scale2, q_n, q_d, do_n, do_d,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BM: tl.constexpr, MASKED: tl.constexpr,
    CAUSAL: tl.constexpr, FOR_K: tl.constexpr, FOR_V: tl.constexpr,
    DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """Adds dsᵀ q and pᵀ do over the queries from low to high. MASKED: the last block may not be full."""
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    for m0 in range(low, high, BM):
        m = wide(m0 + tl.arange(0, BM), INT64)
        there = m < SQ
        queries = load_tile(q, m, d, q_n, q_d, there, D, MASKED).to(DOT)
        cotangents = load_tile(do, m, c, do_n, do_d, there, DV, MASKED).to(DOT)
        # a query that is not there has all its weights 2^-inf
        logs = tl.load(lse + m, mask=there, other=float("inf"))
        if FOR_K:
            deltas = tl.load(delta + m, mask=there, other=0.0)
        scores = tl.dot(keys, tl.trans(queries), input_precision=PRECISION, out_dtype=ACC) * scale2
        p = tl.exp2(scores - logs[None, :])
        if CAUSAL:
            p = tl.where(n[:, None] <= m[None, :], p, 0.0)
        if FOR_V:
            dv = tl.dot(p.to(DOT), cotangents, dv, input_precision=PRECISION, out_dtype=ACC)
        if FOR_K:
            dp = tl.dot(values, tl.trans(cotangents), input_precision=PRECISION, out_dtype=ACC)
            ds = p * (dp - deltas[None, :])
            dk = tl.dot(ds.to(DOT), queries, dk, input_precision=PRECISION, out_dtype=ACC)
    return dk, dv


@triton.jit
def key_value_gradient(
    q, k, v, do, lse, delta, dk, dv, lengths, query_lengths, key_mask, H, GROUP, SQ, SK, blocks_0, blocks_1,
    q_b, q_h, q_n, q_d, k_b, k_h, k_n, k_d, v_b, v_h, v_n, v_d, do_b, do_h, do_n, do_d,
    dk_b, dk_h, dk_n, dk_d, dv_b, dv_h, dv_n, dv_d, mask_b, mask_n, scale: tl.float64, scale2: tl.float64,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BM: tl.constexpr, BN: tl.constexpr,
    CAUSAL: tl.constexpr, LENGTHS: tl.constexpr, QUERY_LENGTHS: tl.constexpr, KEY_MASK: tl.constexpr,
    MASKED: tl.constexpr,
    PEELED: tl.constexpr, FOR_K: tl.constexpr, FOR_V: tl.constexpr,
    DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """Of dk and dv what is wanted, BN keys a program, over the queries of all heads of their group, one by one."""
    block, b, h, _ = block_and_head(blocks_0, blocks_1, 1, False)
    n = indices(block, BN, INT64)
    there = n < SK
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    end = sequence_length(lengths, b, SK, LENGTHS)
    rows = sequence_length(query_lengths, b, SQ, QUERY_LENGTHS)
    if QUERY_LENGTHS:
        rows = tl.maximum(rows, 0)
    mask = key_mask
    if KEY_MASK:
        mask = key_mask + b * mask_b
    counts = valid_keys(n, end, mask, mask_n, KEY_MASK)
    keys = load_tile(k + b * k_b + h * k_h, n, d, k_n, k_d, counts, D, True).to(DOT)
    values = load_tile(v + b * v_b + h * v_h, n, c, v_n, v_d, counts, DV, True).to(DOT)
    # from which query on any sees one of these keys, and from which on each sees all of them
    low = 0
    full = 0
    if CAUSAL:
        low = block * BN // BM * BM
        full = tl.minimum((block * BN + BN + BM - 1) // BM * BM, rows)
    low = tl.where(block * BN < end, low, rows)  # where all is padding: none
    full = tl.where(block * BN < end, full, rows)
    whole = rows
    if PEELED:
        whole = rows // BM * BM  # up to here blocks of queries are full
    factor = scalar(scale2, ACC)
    acc_k = tl.zeros((BN, BD), ACC)
    acc_v = tl.zeros((BN, BV), ACC)
    for member in range(0, GROUP):
        head = h * GROUP + member
        queries = q + b * q_b + head * q_h
        cotangents = do + b * do_b + head * do_h
        row = (b * H + head) * SQ
        if CAUSAL:
            acc_k, acc_v = key_value_gradient_inner(
                acc_k, acc_v, keys, values, queries, cotangents, lse + row, delta + row, low, full, rows, n, factor,
                q_n, q_d, do_n, do_d, D, DV, BD, BV, BM, MASKED, True, FOR_K, FOR_V, DOT, ACC, PRECISION, INT64,
            )  # fmt: skip
        acc_k, acc_v = key_value_gradient_inner(
            acc_k, acc_v, keys, values, queries, cotangents, lse + row, delta + row, full, whole, rows, n, factor,
            q_n, q_d, do_n, do_d, D, DV, BD, BV, BM, MASKED and not PEELED, False, FOR_K, FOR_V,
            DOT, ACC, PRECISION, INT64,
        )  # fmt: skip
        if PEELED:  # the last block by itself, so that the others need no mask
            acc_k, acc_v = key_value_gradient_inner(
                acc_k, acc_v, keys, values, queries, cotangents, lse + row, delta + row, tl.maximum(full, whole), rows,
                rows, n, factor,
                q_n, q_d, do_n, do_d, D, DV, BD, BV, BM, True, False, FOR_K, FOR_V, DOT, ACC, PRECISION, INT64,
            )  # fmt: skip
    # the gradients of a key are no other key's business: those that do not count are left out here, once
    if FOR_K:
        acc_k = tl.where(counts[:, None], acc_k * scalar(scale, ACC), 0.0)
        place_k = dk + b * dk_b + h * dk_h + (n * dk_n)[:, None] + (d * dk_d)[None, :]
        tl.store(place_k, acc_k.to(dk.dtype.element_ty), mask=there[:, None] & (d < D)[None, :])
    if FOR_V:
        acc_v = tl.where(counts[:, None], acc_v, 0.0)
        place_v = dv + b * dv_b + h * dv_h + (n * dv_n)[:, None] + (c * dv_d)[None, :]
        tl.store(place_v, acc_v.to(dv.dtype.element_ty), mask=there[:, None] & (c < DV)[None, :])
