"""Scaled dot-product attention without the matrix of scores: Dao (2023), FlashAttention-2, algorithm 1.

A row of the scores is needed whole only for its softmax, and that can be had piece by piece: with the highest score so
far, the sum of the exponentials relative to it, and the weighted sum of values relative to it, each further block of
keys is taken in by rescaling these (Milakov and Gimelshein, 2018). What is kept for the backward pass is one number a
row, the logarithm of its sum, from which device/attention_gradient.py computes the weights anew.

Exponentials and logarithms are to the base 2, which is what a GPU has an instruction for; `scale2` is the scale times
log2(e). A row that sees no key has the logarithm +inf: all its weights are 2^-inf = 0, forward and backward.

Blocks of keys beyond the length of a sequence are never visited. What lies there, or is masked out, is not even read,
so that it may be NaN. There are no atomic additions: the same input gives the same bits.
"""

import triton
import triton.language as tl

from kernels.device.common import indices, program_place, scalar, wide


@triton.jit
def block_and_head(blocks_0, blocks_1, GROUP, LAST_FIRST: tl.constexpr):
    """The block of rows, the batch entry, the head and its key head of this program.

    All programs of a head follow each other. LAST_FIRST: the last block has most to do, and begins.
    """
    block, h, b = program_place(blocks_0, blocks_1)
    if LAST_FIRST:
        block = blocks_0 - 1 - block
    return block, wide(b, True), wide(h, True), wide(h // GROUP, True)


@triton.jit
def load_tile(pointer, rows, columns, row_stride, column_stride, there, WIDTH: tl.constexpr, MASKED: tl.constexpr):
    """A tile, with zeros beyond WIDTH columns and, where MASKED, in rows that are not there."""
    place = pointer + (rows * row_stride)[:, None] + (columns * column_stride)[None, :]
    if MASKED:
        found = tl.load(place, mask=there[:, None] & (columns < WIDTH)[None, :], other=0.0)
    elif columns.shape[0] != WIDTH:
        found = tl.load(place, mask=(columns < WIDTH)[None, :], other=0.0)
    else:
        found = tl.load(place)
    return found


@triton.jit
def sequence_length(lengths, b, SK, LENGTHS: tl.constexpr):
    """How many keys, or queries, a sequence has."""
    end = SK
    if LENGTHS:
        end = tl.minimum(tl.load(lengths + b), SK).to(tl.int32)
    return end


@triton.jit
def key_bounds(block, end, BM: tl.constexpr, BN: tl.constexpr, CAUSAL: tl.constexpr, KEY_MASK: tl.constexpr):
    """Up to which key all queries of a block see every key, in whole blocks of keys, and up to which any sees one."""
    high = end
    if CAUSAL:
        high = tl.minimum(end, (block + 1) * BM)
    whole = high // BN * BN
    if CAUSAL:
        whole = tl.minimum(whole, block * BM // BN * BN)
    if KEY_MASK:
        whole = whole * 0
    return tl.maximum(whole, 0), high


@triton.jit
def valid_keys(n, end, key_mask, mask_n, KEY_MASK: tl.constexpr):
    """Which keys count: those within the length of the sequence, less those that are masked out."""
    counts = n < end
    if KEY_MASK:
        counts = counts & (tl.load(key_mask + n * mask_n, mask=counts, other=0) != 0)
    return counts


@triton.jit
def attend_inner(
    acc, total, top, query, k, v, key_mask, low, high, end, m, scale2, k_n, k_d, v_n, v_d, mask_n,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BN: tl.constexpr, MASKED: tl.constexpr,
    CAUSAL: tl.constexpr, KEY_MASK: tl.constexpr, DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr,
    INT64: tl.constexpr,
):  # fmt: skip
    """Takes in the keys from low to high. Where not MASKED, every query of the tile sees all of them."""
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    for n0 in range(low, high, BN):
        n = wide(n0 + tl.arange(0, BN), INT64)
        counts = n < end
        if MASKED:
            counts = valid_keys(n, end, key_mask, mask_n, KEY_MASK)
        keys = load_tile(k, n, d, k_n, k_d, counts, D, MASKED).to(DOT)
        scores = tl.dot(query, tl.trans(keys), input_precision=PRECISION, out_dtype=ACC)
        if MASKED:
            seen = counts[None, :]
            if CAUSAL:
                seen = seen & (n[None, :] <= m[:, None])
            scores = tl.where(seen, scores, float("-inf"))
        highest = tl.maximum(top, tl.max(scores, axis=1))
        reference = tl.where(highest == float("-inf"), 0.0, highest)  # no key was seen yet: -inf less -inf is NaN
        # scaled after the maximum, in one operation with the difference; the scale is positive
        p = tl.exp2(scores * scale2 - (reference * scale2)[:, None])
        shrink = tl.exp2((top - reference) * scale2)
        total = total * shrink + tl.sum(p, axis=1)
        values = load_tile(v, n, c, v_n, v_d, counts, DV, MASKED).to(DOT)
        acc = tl.dot(p.to(DOT), values, acc * shrink[:, None], input_precision=PRECISION, out_dtype=ACC)
        top = highest
    return acc, total, top


@triton.jit
def attend(
    q, k, v, o, lse, lengths, query_lengths, key_mask, H, GROUP, SQ, SK, blocks_0, blocks_1,
    q_b, q_h, q_n, q_d, k_b, k_h, k_n, k_d, v_b, v_h, v_n, v_d, o_b, o_h, o_n, o_d, mask_b, mask_n, scale2: tl.float64,
    D: tl.constexpr, DV: tl.constexpr, BD: tl.constexpr, BV: tl.constexpr, BM: tl.constexpr, BN: tl.constexpr,
    CAUSAL: tl.constexpr, LENGTHS: tl.constexpr, QUERY_LENGTHS: tl.constexpr, KEY_MASK: tl.constexpr,
    NEGATIVE: tl.constexpr,
    DOT: tl.constexpr, ACC: tl.constexpr, PRECISION: tl.constexpr, INT64: tl.constexpr,
):  # fmt: skip
    """o = softmax(scale · q kᵀ) v, and lse, log2 of the sum of each row's exponentials: BM queries a program.

    `scale2` is positive; NEGATIVE: the scale is not, and the queries change their sign.
    """
    block, b, h, own = block_and_head(blocks_0, blocks_1, GROUP, CAUSAL)
    m = indices(block, BM, INT64)
    there = m < SQ
    d = wide(tl.arange(0, BD), INT64)
    c = wide(tl.arange(0, BV), INT64)
    rows = sequence_length(query_lengths, b, SQ, QUERY_LENGTHS)
    query = load_tile(q + b * q_b + h * q_h, m, d, q_n, q_d, m < rows, D, True).to(DOT)
    if NEGATIVE:
        query = -query
    end = sequence_length(lengths, b, SK, LENGTHS)
    if QUERY_LENGTHS:
        end = tl.where(block * BM < rows, end, 0)  # where all queries are padding: no key
    whole, high = key_bounds(block, end, BM, BN, CAUSAL, KEY_MASK)
    factor = scalar(scale2, ACC)
    keys = k + b * k_b + own * k_h
    values = v + b * v_b + own * v_h
    mask = key_mask
    if KEY_MASK:
        mask = key_mask + b * mask_b
    acc = tl.zeros((BM, BV), ACC)
    total = tl.zeros((BM,), ACC)
    top = tl.full((BM,), float("-inf"), ACC)
    acc, total, top = attend_inner(
        acc, total, top, query, keys, values, mask, 0, whole, end, m, factor, k_n, k_d, v_n, v_d, mask_n,
        D, DV, BD, BV, BN, False, CAUSAL, KEY_MASK, DOT, ACC, PRECISION, INT64,
    )  # fmt: skip
    acc, total, top = attend_inner(
        acc, total, top, query, keys, values, mask, whole, high, end, m, factor, k_n, k_d, v_n, v_d, mask_n,
        D, DV, BD, BV, BN, True, CAUSAL, KEY_MASK, DOT, ACC, PRECISION, INT64,
    )  # fmt: skip
    dead = total == 0.0
    if QUERY_LENGTHS:
        dead = dead | (m >= rows)
        acc = tl.where(dead[:, None], 0.0, acc)
    total = tl.where(dead, 1.0, total)
    tl.store(lse + (b * H + h) * SQ + m, tl.where(dead, float("inf"), top * factor + tl.log2(total)), mask=there)
    output = o + b * o_b + h * o_h + (m * o_n)[:, None] + (c * o_d)[None, :]
    tl.store(output, (acc / total[:, None]).to(o.dtype.element_ty), mask=there[:, None] & (c < DV)[None, :])
