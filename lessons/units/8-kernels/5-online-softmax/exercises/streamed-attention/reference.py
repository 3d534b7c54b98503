"""Two products and an online softmax between them, block by block."""

import torch
import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative


@triton.jit
def attend_kernel(q, k, v, out, Q, S, D, scale, BM: tl.constexpr, BN: tl.constexpr, BD: tl.constexpr):
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    d = tl.arange(0, BD)
    own = (i < Q)[:, None] & (d < D)[None, :]
    queries = tl.load(q + i[:, None] * D + d[None, :], mask=own, other=0.0)
    m = tl.full((BM,), float("-inf"), tl.float32)
    s = tl.zeros((BM,), tl.float32)
    acc = tl.zeros((BM, BD), tl.float32)
    for start in range(0, S, BN):
        j = start + tl.arange(0, BN)
        there = (j < S)[:, None] & (d < D)[None, :]
        keys = tl.load(k + j[:, None] * D + d[None, :], mask=there, other=0.0)
        values = tl.load(v + j[:, None] * D + d[None, :], mask=there, other=0.0)
        scores = tl.dot(queries, tl.trans(keys), input_precision="ieee") * scale
        scores = tl.where((j < S)[None, :], scores, float("-inf"))
        higher = tl.maximum(m, tl.max(scores, axis=1))
        factor = tl.exp(m - higher)
        e = tl.exp(scores - higher[:, None])
        s = s * factor + tl.sum(e, axis=1)
        acc = acc * factor[:, None] + tl.dot(e, values, input_precision="ieee")
        m = higher
    tl.store(out + i[:, None] * D + d[None, :], acc / s[:, None], mask=own)


def attend(q, k, v):
    (Q, D), S = q.shape, len(k)
    out = q.new_empty(Q, D)
    BD = max(16, triton.next_power_of_2(D))
    attend_kernel[(triton.cdiv(Q, 16),)](q, k, v, out, Q, S, D, D**-0.5, BM=16, BN=16, BD=BD)
    return out


@triton.jit
def lengths_kernel(q, k, v, out, lengths, S, D, scale, BM: tl.constexpr, BN: tl.constexpr, BD: tl.constexpr):
    b = tl.program_id(1)
    end = tl.load(lengths + b)
    first = b * S * D
    i = tl.program_id(0) * BM + tl.arange(0, BM)
    d = tl.arange(0, BD)
    own = (i < S)[:, None] & (d < D)[None, :]
    queries = tl.load(q + first + i[:, None] * D + d[None, :], mask=own, other=0.0)
    m = tl.full((BM,), float("-inf"), tl.float32)
    s = tl.zeros((BM,), tl.float32)
    acc = tl.zeros((BM, BD), tl.float32)
    for start in range(0, end, BN):
        j = start + tl.arange(0, BN)
        there = (j < end)[:, None] & (d < D)[None, :]
        keys = tl.load(k + first + j[:, None] * D + d[None, :], mask=there, other=0.0)
        values = tl.load(v + first + j[:, None] * D + d[None, :], mask=there, other=0.0)
        scores = tl.dot(queries, tl.trans(keys), input_precision="ieee") * scale
        scores = tl.where((j < end)[None, :], scores, float("-inf"))
        higher = tl.maximum(m, tl.max(scores, axis=1))
        factor = tl.exp(m - higher)
        e = tl.exp(scores - higher[:, None])
        s = s * factor + tl.sum(e, axis=1)
        acc = acc * factor[:, None] + tl.dot(e, values, input_precision="ieee")
        m = higher
    tl.store(out + first + i[:, None] * D + d[None, :], acc / s[:, None], mask=own)


def attend_lengths(q, k, v, lengths):
    B, S, D = q.shape
    out = q.new_empty(B, S, D)
    BD = max(16, triton.next_power_of_2(D))
    grid = (triton.cdiv(S, 16), B)
    lengths_kernel[grid](q, k, v, out, lengths, S, D, D**-0.5, BM=16, BN=16, BD=BD)
    return out


@cases("attend")
def heads(rng: Rng):
    yield case(q=rng.normal(19, 5), k=rng.normal(37, 5), v=rng.normal(37, 5), label="19 queries, 37 keys")
    yield case(q=rng.normal(3, 7), k=rng.normal(6, 7), v=rng.normal(6, 7), label="less than a block")
    yield case(q=rng.normal(5, 11), k=rng.normal(1, 11), v=rng.normal(1, 11), label="one key")
    rising = torch.linspace(1.0, 9.0, 37)[:, None] * (0.5 + rng.uniform(6))
    yield case(q=1 + rng.uniform(7, 6), k=rising, v=rng.normal(37, 6), label="scores that rise", atol=1e-4)
    yield case(
        q=5 + rng.uniform(7, 5),
        k=rising.flip(0)[:, :5] * 4 - 20,
        v=rng.normal(37, 5),
        label="scores that fall",
        atol=1e-3,
    )
    yield case(
        q=5 + 5 * rng.uniform(6, 3), k=20 + rng.uniform(21, 3), v=rng.normal(21, 3), label="large scores", atol=1e-3
    )


@cases("lengths")
def batches(rng: Rng):
    for label, lengths, S, D in (
        ("three sentences", [37, 5, 20], 37, 6),
        ("shorter than a block", [3, 7, 1, 5], 7, 3),
        ("ends between two blocks", [16, 17], 19, 5),
    ):
        B = len(lengths)
        q, k, v = rng.normal(B, S, D), 2 * rng.normal(B, S, D), rng.normal(B, S, D)
        for sentence, length in enumerate(lengths):
            k[sentence, length:] = v[sentence, length:] = torch.nan
        q[:, 0] *= 40
        yield case(q=q, k=k, v=v, lengths=torch.tensor(lengths), label=label, atol=1e-4)


@alternative(part="attend")
def larger_blocks(q, k, v):
    (Q, D), S = q.shape, len(k)
    out = q.new_empty(Q, D)
    BD = max(16, triton.next_power_of_2(D))
    attend_kernel[(triton.cdiv(Q, 32),)](q, k, v, out, Q, S, D, D**-0.5, BM=32, BN=64, BD=BD)
    return out


@triton.jit
def one_query(q, k, v, out, S, D, scale, BN: tl.constexpr, BD: tl.constexpr):
    i = tl.program_id(0)
    j = tl.arange(0, BN)
    d = tl.arange(0, BD)
    there = (j < S)[:, None] & (d < D)[None, :]
    query = tl.load(q + i * D + d, mask=d < D, other=0.0)
    keys = tl.load(k + j[:, None] * D + d[None, :], mask=there, other=0.0)
    scores = tl.where(j < S, tl.sum(keys * query[None, :], axis=1) * scale, float("-inf"))
    e = tl.exp(scores - tl.max(scores, axis=0))
    w = e / tl.sum(e, axis=0)
    values = tl.load(v + j[:, None] * D + d[None, :], mask=there, other=0.0)
    tl.store(out + i * D + d, tl.sum(w[:, None] * values, axis=0), mask=d < D)


@alternative(part="attend")
def query_by_query(q, k, v):
    (Q, D), S = q.shape, len(k)
    out = q.new_empty(Q, D)
    BN, BD = triton.next_power_of_2(S), triton.next_power_of_2(D)
    one_query[(Q,)](q, k, v, out, S, D, D**-0.5, BN=BN, BD=BD)
    return out


@alternative(part="lengths")
def sentence_by_sentence(q, k, v, lengths):
    B, S, D = q.shape
    out = q.new_empty(B, S, D)
    BD = max(16, triton.next_power_of_2(D))
    for b in range(B):
        sizes = S, int(lengths[b]), D, D**-0.5
        attend_kernel[(triton.cdiv(S, 32),)](q[b], k[b], v[b], out[b], *sizes, BM=32, BN=16, BD=BD)
    return out


edit_alternative(
    "summed-by-dot",
    part="attend",
    of=attend_kernel,
    replace=(
        'acc * factor[:, None] + tl.dot(e, values, input_precision="ieee")',
        'tl.dot(e, values, acc * factor[:, None], input_precision="ieee")',
    ),
)
edit(
    "not-scaled",
    "Leaves the scores unscaled.",
    hint="Divide the scores by $\\sqrt d$: `scale` is $1 / \\sqrt d$.",
    part="attend",
    of=attend_kernel,
    replace=('input_precision="ieee") * scale', 'input_precision="ieee")'),
)
edit(
    "acc-not-corrected",
    "Corrects the sum when the maximum rises, but not the values that were added up.",
    hint="`acc` is relative to the old maximum as well, and gets the same factor.",
    part="attend",
    of=attend_kernel,
    replace=("acc * factor[:, None] + tl.dot", "acc + tl.dot"),
)
edit(
    "sum-not-corrected",
    "Corrects the values when the maximum rises, but not the sum.",
    hint="`s` is relative to the old maximum as well, and gets the same factor.",
    part="attend",
    of=attend_kernel,
    replace=("s * factor + tl.sum", "s + tl.sum"),
)
edit(
    "zeros-beyond",
    "Gives keys that do not exist the score 0, which has a weight.",
    hint="A score of $-\\infty$ has none. Set it with `tl.where`, after the product.",
    part="attend",
    of=attend_kernel,
    replace=('tl.where((j < S)[None, :], scores, float("-inf"))', "scores"),
)
edit(
    "not-divided",
    "Leaves out the division by the sum.",
    hint="The output is a mean of values: `acc / s[:, None]`.",
    part="attend",
    of=attend_kernel,
    replace=("acc / s[:, None]", "acc"),
)
edit(
    "maximum-of-the-block",
    "Takes the maximum of the block for that of the row, and overflows where a block is much lower.",
    hint="A block may be lower than what came before: `tl.maximum(m, ...)`.",
    part="attend",
    of=attend_kernel,
    replace=("tl.maximum(m, tl.max(scores, axis=1))", "tl.max(scores, axis=1)"),
)
edit(
    "first-block-only",
    "Ends after the first block of keys.",
    hint="The loop goes along all keys: `range(0, S, BN)`.",
    part="attend",
    of=attend_kernel,
    replace=("range(0, S, BN)", "range(0, BN, BN)"),
)
edit(
    "no-maximum",
    "Overflows for large scores.",
    hint="Exponentials are relative to the highest score so far.",
    part="attend",
    of=attend_kernel,
    replace=("tl.maximum(m, tl.max(scores, axis=1))", "tl.max(scores, axis=1) * 0.0"),
)
edit(
    "columns-unmasked",
    "Reads beyond the last number of a query, a key or a value.",
    hint="`BD` may be larger than `D`. Columns need a mask, too.",
    part="attend",
    of=attend_kernel,
    replace=[
        ("(i < Q)[:, None] & (d < D)[None, :]", "(i < Q)[:, None] & (d < BD)[None, :]"),
        ("(j < S)[:, None] & (d < D)[None, :]", "(j < S)[:, None] & (d < BD)[None, :]"),
    ],
)
edit(
    "padding-read",
    "Goes through the padding as well.",
    hint="The loop ends at the length of the sentence, `range(0, end, BN)`, and so do the masks.",
    part="lengths",
    of=lengths_kernel,
    replace=[("range(0, end, BN)", "range(0, S, BN)"), ("(j < end)[:, None]", "(j < S)[:, None]")],
)
edit(
    "weight-for-padding",
    "Gives weight to the padding in the last block.",
    hint="Scores of keys from `end` on are $-\\infty$.",
    part="lengths",
    of=lengths_kernel,
    replace=("(j < end)[None, :]", "(j < S)[None, :]"),
)
edit(
    "one-too-many",
    "Lets one key of the padding count.",
    hint="The first `end` keys have the numbers 0 to `end - 1`.",
    part="lengths",
    of=lengths_kernel,
    replace=[("(j < end)[:, None]", "(j <= end)[:, None]"), ("(j < end)[None, :]", "(j <= end)[None, :]")],
)
edit(
    "whole-blocks-only",
    "Leaves out the block in which the sentence ends.",
    hint="`range(0, end, BN)` begins a block as long as a key is left.",
    part="lengths",
    of=lengths_kernel,
    replace=("range(0, end, BN)", "range(0, tl.maximum(end // BN, 1) * BN, BN)"),
)
edit(
    "first-length",
    "Takes the length of the first sentence for all.",
    hint="Sentence `b` has the length `tl.load(lengths + b)`.",
    part="lengths",
    of=lengths_kernel,
    replace=("tl.load(lengths + b)", "tl.load(lengths)"),
)
edit(
    "first-sentence",
    "Reads and writes the first sentence in every program.",
    hint="Sentence `b` begins `b * S * D` numbers further.",
    part="lengths",
    of=lengths_kernel,
    replace=("first = b * S * D", "first = 0"),
)
