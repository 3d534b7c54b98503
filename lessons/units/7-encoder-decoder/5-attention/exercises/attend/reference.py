"""Scores, weights, a mean."""

import torch

import kernels
from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, fixture, mistake, script


def attend(q, K, V):
    weights = torch.softmax(K @ q, dim=0)
    return V.T @ weights, weights


def attend_batch(Q, K, V, lengths):
    scores = (K @ Q[:, :, None])[:, :, 0]
    inside = torch.arange(K.shape[1])[None] < lengths[:, None]
    weights = torch.where(inside, scores, -torch.inf).softmax(dim=1)
    return (weights[:, None] @ V)[:, 0], weights


@cases("one")
def queries(rng: Rng):
    for label, n, d, dv in (("seven keys", 7, 5, 3), ("one key", 1, 3, 6), ("two keys of one number", 2, 1, 5)):
        yield case(q=rng.normal(d), K=rng.normal(n, d), V=rng.normal(n, dv), label=label)
    yield traced("attend", "derivatives", [rng.normal(5), rng.normal(7, 5), rng.normal(7, 3)])
    yield case(q=torch.zeros(5), K=rng.normal(7, 5), V=rng.normal(7, 3), label="a query of zeros")
    yield case(q=100 * rng.normal(5), K=rng.normal(7, 5), V=rng.normal(7, 3), label="large scores", atol=1e-4)
    yield case(
        q=-10 * rng.uniform(3) - 90, K=rng.uniform(6, 3), V=rng.normal(6, 7), label="large negative scores", atol=1e-4
    )


def traced(name, label, tensors, *more):
    """A call, and the derivatives of what it gives."""
    s = script(label, atol=1e-5)
    inputs = [s.call(fixture("tracked"), one, label=f"input {place}", compare=False) for place, one in enumerate(tensors)]
    result = s.call(name, *inputs, *more, label="output and weights")
    s.call(fixture("derivatives"), result, *inputs, label="derivatives")
    return s


@cases("batch")
def padded(rng: Rng):
    for label, N, T, d, dv in (
        ("three sequences", 3, 7, 5, 6),
        ("one sequence", 1, 5, 3, 2),
        ("a state of one number", 6, 3, 1, 5),
    ):
        lengths = torch.cat(
            [torch.tensor([T]), rng.integers(1, T, N - 1) if N > 1 else torch.zeros(0, dtype=torch.int64)]
        )
        yield case(Q=rng.normal(N, d), K=rng.normal(N, T, d), V=rng.normal(N, T, dv), lengths=lengths, label=label)
    tensors = [rng.normal(3, 5), rng.normal(3, 7, 5), rng.normal(3, 7, 2)]
    yield traced("attend_batch", "derivatives", tensors, torch.tensor([2, 7, 4]))
    K, V, lengths = rng.normal(5, 6, 3), rng.normal(5, 6, 7), torch.tensor([1, 6, 2, 3, 5])
    padding = torch.arange(6)[None] >= lengths[:, None]
    K[padding], V[padding] = 40.0, 1e6
    yield case(Q=rng.uniform(5, 3), K=K, V=V, lengths=lengths, label="padding with large numbers")
    yield case(
        Q=60 * rng.normal(5, 3),
        K=rng.normal(5, 6, 3),
        V=rng.normal(5, 6, 7),
        lengths=lengths,
        label="large scores",
        atol=1e-4,
    )


edit_alternative("matmul", part="one", replace=("K @ q", "torch.matmul(K, q)"))
edit_alternative("from-the-left", part="one", replace=("V.T @ weights", "weights @ V"))
edit_alternative("einsum", part="one", replace=("V.T @ weights", 'torch.einsum("n,nd->d", weights, V)'))
edit_alternative("sums", part="one", replace=("K @ q", "(K * q).sum(dim=1)"))


@alternative(part="one")
def by_the_largest(q, K, V):
    scores = (q[None] @ K.T)[0]
    e = (scores - scores.max()).exp()
    weights = e / e.sum()
    return (weights[:, None] * V).sum(0), weights


edit(
    "over-features",
    "Takes the softmax over another dimension than the keys.",
    hint="One score for each key, and a softmax over these scores.",
    part="one",
    replace=("torch.softmax(K @ q, dim=0)", "torch.softmax(K * q, dim=1).mean(1)"),
)
edit(
    "divided-by-root",
    "Divides the scores by the square root of d.",
    hint="That is the scaled variant. Here the scores are plain dot products.",
    part="one",
    replace=("K @ q", "K @ q / len(q) ** 0.5"),
)
edit(
    "cosines",
    "Takes cosines for scores.",
    hint="The norms are left out here: a score is a dot product.",
    part="one",
    replace=("K @ q", "torch.cosine_similarity(K, q[None], dim=1)"),
)
edit(
    "best-key-only",
    "Returns the value of the best key.",
    hint="A mean of all values is wanted, with the weights of the softmax.",
    part="one",
    replace=("V.T @ weights", "V[weights.argmax()]"),
)
edit(
    "scores-as-weights",
    "Uses the scores as weights.",
    hint="Weights are positive and have the sum 1: the softmax of the scores.",
    part="one",
    replace=("torch.softmax(K @ q, dim=0)", "K @ q"),
)


@mistake(
    "overflows",
    "Overflows for large scores.",
    hint="`exp` of 100 is too large for float32. `torch.softmax` subtracts the largest score first.",
    part="one",
)
def overflows(q, K, V):
    e = torch.exp(K @ q)
    weights = e / e.sum()
    return weights @ V, weights


edit_alternative("einsums", part="batch", replace=("(K @ Q[:, :, None])[:, :, 0]", 'torch.einsum("nd,ntd->nt", Q, K)'))
edit_alternative(
    "filled",
    part="batch",
    replace=("torch.where(inside, scores, -torch.inf)", 'scores.masked_fill(~inside, float("-inf"))'),
)
edit_alternative("products", part="batch", replace=("(K @ Q[:, :, None])[:, :, 0]", "(K * Q[:, None]).sum(2)"))
edit_alternative(
    "bmm", part="batch", replace=("(weights[:, None] @ V)[:, 0]", "torch.bmm(weights[:, None], V).squeeze(1)")
)


@alternative(part="batch")
def of_kernels(Q, K, V, lengths):
    return kernels.luong_attention(Q, K, V, lengths=lengths)


@alternative(part="batch")
def normalised_afterwards(Q, K, V, lengths):
    scores = torch.einsum("nd,ntd->nt", Q, K)
    inside = (torch.arange(K.size(1)).expand(len(Q), -1) < lengths.unsqueeze(1)).float()
    largest = (scores * inside - 1e30 * (1 - inside)).max(dim=1, keepdim=True).values
    e = torch.exp((scores - largest) * inside) * inside
    weights = e / e.sum(dim=1, keepdim=True)
    return (weights[:, :, None] * V).sum(dim=1), weights


edit(
    "padding-counts",
    "Gives weight to padding.",
    hint="Set the scores of the padding to minus infinity before the softmax.",
    part="batch",
    replace=("torch.where(inside, scores, -torch.inf)", "scores"),
)
edit(
    "score-zero",
    "Sets the scores of the padding to 0.",
    hint="A score of 0 has a weight: $e^0 = 1$. Minus infinity has none.",
    part="batch",
    replace=("-torch.inf", "0.0"),
)
edit(
    "one-too-many",
    "Lets one token of padding count.",
    hint="The first `lengths[i]` keys have the numbers 0 to `lengths[i] - 1`.",
    part="batch",
    replace=("< lengths", "<= lengths"),
)
edit(
    "along-the-batch",
    "Normalises over the sequences.",
    hint="The weights of *each sequence* have the sum 1. Which dimension are the keys?",
    part="batch",
    replace=("softmax(dim=1)", "nan_to_num(neginf=-1e9).softmax(dim=0)"),
)


@mistake(
    "masked-afterwards",
    "Sets weights to 0 after the softmax, so the rest no longer has the sum 1.",
    hint="Mask the scores before the softmax, or divide by the new sum.",
    part="batch",
)
def masked_afterwards(Q, K, V, lengths):
    weights = torch.einsum("nd,ntd->nt", Q, K).softmax(dim=1)
    weights = weights * (torch.arange(K.shape[1])[None] < lengths[:, None])
    return torch.einsum("nt,ntd->nd", weights, V), weights


edit("weights-cut-off", "Lets no gradient through the weights.", hint="`detach()` or `no_grad()` cuts keys and query off: they would never be trained.", part="one", replace=("V.T @ weights, weights", "V.T @ weights.detach(), weights"))

edit(
    "divided-by-root",
    "Divides the scores by the square root of d.",
    hint="The scores are plain dot products here.",
    part="batch",
    replace=("(K @ Q[:, :, None])[:, :, 0]", "(K @ Q[:, :, None])[:, :, 0] / Q.shape[1] ** 0.5"),
)
edit(
    "distances",
    "Takes distances for scores.",
    hint="A score is a dot product: `K @ q`.",
    part="one",
    replace=("torch.softmax(K @ q, dim=0)", "torch.softmax(-(K - q).norm(dim=1), dim=0)"),
)
