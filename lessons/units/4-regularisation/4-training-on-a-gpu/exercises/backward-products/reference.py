"""A linear layer backwards, for samples in columns and in rows."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, gradient, mistake


def by_columns(X, W, G):
    return torch.einsum("ab,kb->ak", G, X), G.sum(1), torch.einsum("ak,ab->kb", W, G)


def by_rows(X, W, G):
    return torch.einsum("ba,bk->ak", G, X), G.sum(0), torch.einsum("ba,ak->bk", G, W)


def columns(W, b, X):
    return W @ X + b[:, None]


def rows(W, b, X):
    return X @ W.mT + b


SIZES = ((7, 3, 5), (5, 6, 1), (3, 11, 6), (1, 5, 7))
"""d, m and N."""


def drawn(rng, d, m, N):
    return [rng.normal(*size, dtype=torch.float64) for size in ((d, N), (m, d), (m, N), (m,))]


def told(d, m, N):
    return ", ".join(f"{n} {what}{'s' if n > 1 else ''}" for n, what in ((d, "input"), (m, "output"), (N, "sample")))


@cases("columns")
def in_columns(rng: Rng):
    for d, m, N in SIZES:
        X, W, G, b = drawn(rng, d, m, N)
        yield case(X=X, W=W, G=G, label=told(d, m, N), rtol=1e-10, gradient=gradient(columns, {"W": W, "b": b, "X": X}, cotangent=G))


@cases("rows")
def in_rows(rng: Rng):
    for d, m, N in SIZES:
        X, W, G, b = drawn(rng, d, m, N)
        X, G = X.mT.contiguous(), G.mT.contiguous()
        yield case(X=X, W=W, G=G, label=told(d, m, N), rtol=1e-10, gradient=gradient(rows, {"W": W, "b": b, "X": X}, cotangent=G))


# --- columns ------------------------------------------------------------------------------------------------------


@alternative(part="columns")
def as_products(X, W, G):
    return G @ X.T, G.sum(dim=1), W.T @ G


@alternative(part="columns")
def outer_products_added(X, W, G):
    return (G[:, None, :] * X[None]).sum(-1), torch.sum(G, -1), (W[:, :, None] * G[:, None]).sum(0)


@alternative(part="columns")
def transposed_at_the_end(X, W, G):
    return (X @ G.T).T, G @ torch.ones(G.shape[1], dtype=G.dtype), (G.T @ W).T


@alternative(part="columns")
def with_functions(X, W, G):
    return torch.matmul(G, X.transpose(0, 1)), torch.einsum("ab->a", G), torch.mm(W.t(), G)


edit_alternative("bias-by-einsum", part="columns", replace=("G.sum(1)", 'torch.einsum("ab->a", G)'))

edit(
    "transposed",
    "Gives the gradient of the weights transposed.",
    hint="The gradient has W's size: a row for each output.",
    part="columns",
    replace=("ab,kb->ak", "ab,kb->ka"),
)
edit(
    "mean-over-samples",
    "Divides by the number of samples.",
    hint="C is the cost of the whole mini-batch, and G has its derivatives. Nothing is left to be divided.",
    part="columns",
    replace=[("G, X)", "G, X) / X.shape[1]"), ("G.sum(1)", "G.mean(1)")],
)
edit(
    "bias-over-outputs",
    "Sums the derivatives of b over the outputs.",
    hint="Each output has a bias of its own, which is added in every sample. Over what is to be summed?",
    part="columns",
    replace=("G.sum(1)", "G.sum(0)"),
)
edit(
    "samples-kept",
    "Leaves the outer products of the samples side by side.",
    hint="The same W takes part in every sample. Sum over the samples.",
    part="columns",
    replace=("ab,kb->ak", "ab,kb->akb"),
)
edit(
    "first-sample",
    "Takes the first sample only.",
    hint="Every sample moves the cost. Sum over all of them.",
    part="columns",
    replace=[("G, X)", "G[:, :1], X[:, :1])"), ("G.sum(1)", "G[:, 0]")],
)
edit(
    "bias-not-summed",
    "Does not sum the derivatives of b over the samples.",
    hint="The same b is added in every sample: its derivative is a sum.",
    part="columns",
    replace=("G.sum(1)", "G"),
)


# --- rows ---------------------------------------------------------------------------------------------------------


@alternative(part="rows")
def as_products_of_rows(X, W, G):
    return G.T @ X, G.sum(dim=0), G @ W


@alternative(part="rows")
def by_the_columns(X, W, G):
    dW, db, dX = by_columns(X.T, W, G.T)
    return dW, db, dX.T


@alternative(part="rows")
def outer_products_of_rows(X, W, G):
    return (G[:, :, None] * X[:, None]).sum(0), torch.sum(G, 0), (G[:, :, None] * W).sum(1)


@alternative(part="rows")
def with_functions_of_rows(X, W, G):
    return torch.mm(G.t(), X), torch.ones(len(G), dtype=G.dtype) @ G, torch.matmul(G, W)


edit_alternative("bias-of-rows-by-einsum", part="rows", replace=("G.sum(0)", 'torch.einsum("ba->a", G)'))

edit(
    "transposed",
    "Gives the gradient of the weights transposed.",
    hint="The gradient has W's size: a row for each output.",
    part="rows",
    replace=("ba,bk->ak", "ba,bk->ka"),
)
edit(
    "mean-over-samples",
    "Divides by the number of samples.",
    hint="C is the cost of the whole mini-batch, and G has its derivatives. Nothing is left to be divided.",
    part="rows",
    replace=[("G, X)", "G, X) / len(X)"), ("G.sum(0)", "G.mean(0)")],
)
edit(
    "bias-over-outputs",
    "Sums the derivatives of b over the outputs.",
    hint="Now the samples are the rows. Over which dimension is to be summed?",
    part="rows",
    replace=("G.sum(0)", "G.sum(1)"),
)


@mistake("as-columns", "Treats the rows as columns.", hint="Put the transposes of X and G into your formulas for columns.", part="rows")
def as_columns(X, W, G):
    return G @ X.T, G.sum(1), W.T @ G

edit(
    "sizes-added",
    "Adds up the sizes of the derivatives, without their signs.",
    hint="Derivatives are added with their signs.",
    part="columns",
    replace=("G.sum(1)", "G.abs().sum(1)"),
)
