"""Later tokens count nothing."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def look_back(X, Wq, Wk, Wv):
    T = len(X)
    scores = (X @ Wq.T) @ (X @ Wk.T).T / len(Wq) ** 0.5
    hidden = torch.arange(T) > torch.arange(T)[:, None]
    weights = scores.masked_fill(hidden, float("-inf")).softmax(1)
    return weights @ (X @ Wv.T), weights


@cases("attention")
def sentences(rng: Rng):
    for label, T, E, d, m in (
        ("six tokens", 6, 7, 3, 5),
        ("eleven tokens, large queries", 11, 3, 13, 6),
        ("one token", 1, 5, 3, 2),
        ("five tokens of size five", 5, 5, 5, 5),
    ):
        sizes = ((T, E), (d, E), (d, E), (m, E))
        yield case(**dict(zip(("X", "Wq", "Wk", "Wv"), (rng.normal(*size, dtype=torch.float64) for size in sizes), strict=True)), label=label)
    X, Wv = rng.normal(7, 3, dtype=torch.float64), rng.normal(5, 3, dtype=torch.float64)
    Wq = 20 * rng.normal(6, 3, dtype=torch.float64)
    yield case(X=X, Wq=Wq, Wk=-Wq, Wv=Wv, label="large scores, all of a token's own negative")


@alternative(part="attention")
def token_by_token(X, Wq, Wk, Wv):
    outputs, weights = [], torch.zeros(len(X), len(X), dtype=X.dtype)
    for t in range(len(X)):
        seen = X[: t + 1]
        weights[t, : t + 1] = torch.softmax(seen @ Wk.T @ (Wq @ X[t]) / Wq.shape[0] ** 0.5, dim=0)
        outputs.append(weights[t, : t + 1] @ (seen @ Wv.T))
    return torch.stack(outputs), weights


@alternative(part="attention")
def added_mask(X, Wq, Wk, Wv):
    from torch.nn.functional import linear

    queries, keys, values = linear(X, Wq), linear(X, Wk), linear(X, Wv)
    mask = torch.full((X.shape[0], X.shape[0]), -torch.inf, dtype=X.dtype).triu(diagonal=1)
    alpha = torch.nn.functional.softmax(queries @ keys.mT / queries.shape[-1] ** 0.5 + mask, dim=-1)
    return alpha @ values, alpha


@alternative(part="attention")
def by_einsum(X, Wq, Wk, Wv):
    q, k, v = (torch.einsum("te,de->td", X, W) for W in (Wq, Wk, Wv))
    scores = torch.einsum("td,sd->ts", q, k) / torch.tensor(q.shape[1], dtype=X.dtype).sqrt()
    allowed = torch.ones_like(scores).tril()
    scores = torch.where(allowed.bool(), scores, -torch.inf)
    e = (scores - scores.max(dim=1, keepdim=True).values).exp()
    alpha = e / e.sum(dim=1, keepdim=True)
    return torch.einsum("ts,sm->tm", alpha, v), alpha


@alternative(part="attention")
def queries_scaled(X, Wq, Wk, Wv):
    q = X @ Wq.T * Wq.shape[0] ** -0.5
    scores = q @ (X @ Wk.T).transpose(0, 1)
    scores[torch.triu(torch.ones(scores.shape), diagonal=1) == 1] = float("-inf")
    weights = torch.softmax(scores, dim=-1)
    return (weights @ X) @ Wv.T, weights


edit_alternative("very-negative", part="attention", replace=('float("-inf")', "-1e9"))

edit(
    "no-mask",
    "Looks at later tokens, too.",
    hint="The weights above the diagonal must be 0.",
    part="attention",
    replace=('.masked_fill(hidden, float("-inf"))', ""),
)
edit(
    "looks-ahead",
    "Hides the tokens before, and shows those that come later.",
    hint="Row $t$ has the weights of token $t$. Which columns belong to later tokens?",
    part="attention",
    replace=("torch.arange(T) > torch.arange(T)[:, None]", "torch.arange(T) < torch.arange(T)[:, None]"),
)
edit(
    "hides-itself",
    "Hides the token itself.",
    hint="A token sees itself. What would be left for the first one?",
    part="attention",
    replace=("torch.arange(T) > torch.arange", "torch.arange(T) >= torch.arange"),
)
edit(
    "zero-for-infinity",
    "Sets the hidden scores to 0.",
    hint="A score of 0 still has a weight: $e^0 = 1$. Which score has none?",
    part="attention",
    replace=('float("-inf")', "0.0"),
)
edit(
    "masked-afterwards",
    "Masks the weights and not the scores.",
    hint="The weights of a row no longer add up to 1. Hide before the softmax.",
    part="attention",
    replace=('scores.masked_fill(hidden, float("-inf")).softmax(1)', "scores.softmax(1).masked_fill(hidden, 0.0)"),
)
edit(
    "not-scaled",
    "Does not divide by $\\sqrt{d}$.",
    hint="Scores are divided by the square root of the size of a query.",
    part="attention",
    replace=(" / len(Wq) ** 0.5", ""),
)
edit(
    "scaled-by-token-size",
    "Divides by $\\sqrt{E}$.",
    hint="$d$ is the size of a query, which is the number of rows of `Wq`.",
    part="attention",
    replace=("len(Wq) ** 0.5", "X.shape[1] ** 0.5"),
)
edit(
    "divided-by-d",
    "Divides by $d$ instead of its root.",
    hint="The standard deviation of a dot product grows with $\\sqrt{d}$.",
    part="attention",
    replace=("len(Wq) ** 0.5", "len(Wq)"),
)
edit(
    "over-queries",
    "Takes the softmax over the queries.",
    hint="The weights of one token are a row, and each row adds up to 1.",
    part="attention",
    replace=("softmax(1)", "softmax(0)"),
)


@mistake(
    "keys-ask",
    "Lets the keys ask and the queries answer.",
    hint="Row $t$ belongs to the query of token $t$: queries times keys, transposed.",
    part="attention",
)
def keys_ask(X, Wq, Wk, Wv):
    return look_back(X, Wk, Wq, Wv)

edit(
    "a-window",
    "Sees the token before and itself only.",
    hint="A token sees all tokens before it, however far.",
    replace=("torch.arange(T) > torch.arange(T)[:, None]", "(torch.arange(T) - torch.arange(T)[:, None] + 0.5).abs() > 1"),
)
