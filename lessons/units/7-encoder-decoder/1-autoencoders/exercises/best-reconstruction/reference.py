"""Principal directions: what the best linear autoencoder keeps, and what it loses."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative


def reconstruct(X, k):
    mean = X.mean(0)
    centred = X - mean
    directions = torch.linalg.eigh(centred.T @ centred / len(X))[1][:, -k:]
    return centred @ directions @ directions.T + mean


def least_error(X, k):
    centred = X - X.mean(0)
    variances = torch.linalg.eigvalsh(centred.T @ centred / len(X))
    return variances[: X.shape[1] - k].sum() / X.shape[1]


def single(value):
    """The error as a tensor without dimensions, in whichever form a number comes."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return torch.tensor(float(value), dtype=torch.float64)
    return value.detach().reshape(()) if isinstance(value, torch.Tensor) and value.numel() == 1 else value


def clouds(rng: Rng):
    """Points that vary by different amounts in directions that are not the axes, far from 0."""
    for n, d, k in ((11, 3, 1), (13, 5, 2), (7, 2, 1), (5, 7, 3), (9, 6, 5)):
        turned = torch.linalg.qr(rng.normal(d, d, dtype=torch.float64))[0]
        amounts = torch.arange(1, d + 1, dtype=torch.float64) * rng.uniform(d, low=0.9, high=1.1, dtype=torch.float64)
        yield f"{n} points, {d} -> {k}", k, rng.normal(n, d, dtype=torch.float64) * amounts @ turned + 4 * rng.normal(d, dtype=torch.float64)


@cases("reconstruct")
def points(rng: Rng):
    for label, k, X in clouds(rng):
        yield case(X=X, k=k, label=label, rtol=1e-7, atol=1e-7)


@cases("error")
def points_again(rng: Rng):
    for label, k, X in clouds(rng):
        yield case(X=X, k=k, label=label, rtol=1e-7, atol=1e-9, canonical=single)


# --- through k numbers --------------------------------------------------------------------------------------------


@alternative(part="reconstruct")
def by_singular_values(X, k):
    mean = X.mean(dim=0, keepdim=True)
    U, S, V = torch.linalg.svd(X - mean, full_matrices=False)
    return U[:, :k] * S[:k] @ V[:k] + mean


@alternative(part="reconstruct")
def direction_by_direction(X, k):
    mean = X.mean(0)
    vectors = torch.linalg.eigh(torch.cov(X.T)).eigenvectors
    out = mean.expand(len(X), -1).clone()
    for number in range(1, k + 1):
        v = vectors[:, -number]
        out += torch.outer((X - mean) @ v, v)
    return out


@alternative(part="reconstruct")
def as_two_layers(X, k):
    V = torch.linalg.eigh(torch.cov(X.T, correction=0)).eigenvectors[:, -k:]
    encoder, decoder = torch.nn.Linear(X.shape[1], k).double(), torch.nn.Linear(k, X.shape[1]).double()
    with torch.no_grad():
        encoder.weight[:], encoder.bias[:] = V.T, -V.T @ X.mean(0)
        decoder.weight[:], decoder.bias[:] = V, X.mean(0)
        return decoder(encoder(X))


@alternative(part="reconstruct")
def less_what_is_lost(X, k):
    lost = torch.linalg.eigh(torch.cov(X.T)).eigenvectors[:, :-k]
    return X - (X - X.mean(0)) @ lost @ lost.T


edit_alternative("largest-first", part="reconstruct", replace=("[1][:, -k:]", "[1].flip(1)[:, :k]"))

edit(
    "mean-forgotten",
    "Does not take the mean off.",
    hint="The directions lead away from the mean. Take it off first, and add it in the end.",
    part="reconstruct",
    replace=[("centred = X - mean", "centred = X"), (" + mean", "")],
)
edit(
    "mean-not-added",
    "Does not add the mean again.",
    hint="The outputs lie around 0, and the points do not.",
    part="reconstruct",
    replace=(" + mean", ""),
)
edit(
    "smallest",
    "Keeps the directions in which the points vary least.",
    hint="`eigh` returns eigenvalues from the smallest to the largest. Which columns belong to the largest?",
    part="reconstruct",
    replace=("[1][:, -k:]", "[1][:, :k]"),
)
edit(
    "rows",
    "Takes rows of the matrix of eigenvectors.",
    hint="An eigenvector is a column.",
    part="reconstruct",
    replace=("[1][:, -k:]", "[1][-k:].T"),
)
edit(
    "one-direction",
    "Keeps a single direction, whatever k is.",
    hint="Outputs of k numbers are made of k directions.",
    part="reconstruct",
    replace=("[1][:, -k:]", "[1][:, -1:]"),
)
edit(
    "axes",
    "Keeps the coordinates that vary most.",
    hint="The directions need not be axes: they are the eigenvectors of the covariance matrix.",
    part="reconstruct",
    replace=("torch.linalg.eigh(centred.T @ centred / len(X))[1][:, -k:]", "torch.eye(X.shape[1], dtype=X.dtype)[:, centred.var(0).argsort()[-k:]]"),
)
edit(
    "codes",
    "Returns the codes.",
    hint="The code is the way there. The transpose of the same matrix leads back.",
    part="reconstruct",
    replace=("centred @ directions @ directions.T + mean", "centred @ directions"),
)

# --- what is lost -------------------------------------------------------------------------------------------------


@alternative(part="error")
def by_hand(X, k):
    return torch.nn.functional.mse_loss(reconstruct(X, k), X)


@alternative(part="error")
def singular_values(X, k):
    S = torch.linalg.svdvals(X - X.mean(0))
    return float((S[k:] ** 2).sum() / X.numel())


@alternative(part="error")
def total_less_kept(X, k):
    kept = torch.linalg.eigvalsh(torch.cov(X.T, correction=0)).topk(k).values.sum()
    return (X.var(dim=0, correction=0).sum() - kept) / X.shape[1]


edit_alternative("in-numpy-s-order", part="error", replace=("variances[: X.shape[1] - k].sum()", "sum(sorted(variances.tolist())[: X.shape[1] - k])"))
edit_alternative("covariance-off-the-shelf", part="error", replace=("centred.T @ centred / len(X)", "torch.cov(X.T, correction=0)"))

edit(
    "a-point",
    "Is the squared distance, not divided by the number of coordinates.",
    hint="`nn.MSELoss` takes the mean over the coordinates as well.",
    part="error",
    replace=(" / X.shape[1]", ""),
)
edit(
    "kept",
    "Adds up the variances that are kept.",
    hint="What is kept costs nothing. Which directions are lost?",
    part="error",
    replace=("variances[: X.shape[1] - k]", "variances[X.shape[1] - k :]"),
)
edit(
    "n-less-one",
    "Divides the covariance by N - 1.",
    hint="The cost is a mean over N points. `torch.cov` divides by N - 1 unless you give it `correction=0`.",
    part="error",
    replace=("/ len(X)", "/ (len(X) - 1)"),
)
edit(
    "smallest-alone",
    "Counts one direction only.",
    hint="With k numbers kept, d - k directions are lost.",
    part="error",
    replace=("variances[: X.shape[1] - k].sum()", "variances[0]"),
)
edit(
    "mean-over-directions",
    "Takes the mean over the directions that are lost.",
    hint="The sum over the lost directions is divided by the number of all coordinates.",
    part="error",
    replace=("variances[: X.shape[1] - k].sum() / X.shape[1]", "variances[: X.shape[1] - k].mean()"),
)
edit(
    "not-centred",
    "Does not take the mean off.",
    hint="Covariance is about deviations from the mean.",
    part="error",
    replace=("centred = X - X.mean(0)", "centred = X"),
)

edit(
    "one-direction-too-many",
    "Keeps a direction too many.",
    hint="The last k columns are `[:, -k:]`.",
    part="reconstruct",
    replace=("[:, -k:]", "[:, -k - 1 :]"),
)
edit(
    "mean-of-everything",
    "Takes one mean for all coordinates.",
    hint="Each coordinate has its own mean: `X.mean(0)`.",
    part="reconstruct",
    replace=("mean = X.mean(0)", "mean = X.mean()"),
)
edit(
    "a-share",
    "Gives the share of the variance that is lost.",
    hint="The mean squared error divides by the number of coordinates, not by the whole variance.",
    part="error",
    replace=("].sum() / X.shape[1]", "].sum() / variances.sum()"),
)

edit(
    "weakened",
    "Makes the directions weaker or stronger than they are.",
    hint="A projection is `directions @ directions.T`, and no factor.",
    part="reconstruct",
    replace=("directions @ directions.T + mean", "directions @ directions.T * 0.5 + mean"),
)
