"""Batch normalisation backwards, simplified; and by its three paths."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake


def bn_backward(dy, xhat, gamma, sigma2, eps):
    dbeta = dy.sum(0)
    dgamma = (dy * xhat).sum(0)
    dx = gamma / torch.sqrt(sigma2 + eps) * (dy - (dbeta + xhat * dgamma) / len(dy))
    return dx, dgamma, dbeta


@cases("backward")
def batches(rng: Rng):
    for N, d, eps in ((8, 3, 1e-5), (7, 5, 1e-5), (2, 6, 1e-5), (3, 7, 1e-3), (32, 5, 0.1)):
        x = 3 * rng.normal(N, d, dtype=torch.float64) + 1
        sigma2 = x.var(0, correction=0)
        yield case(
            dy=rng.normal(N, d, dtype=torch.float64),
            xhat=(x - x.mean(0)) / (sigma2 + eps).sqrt(),
            gamma=rng.uniform(d, low=0.5, high=2.0, dtype=torch.float64),
            sigma2=sigma2,
            eps=eps,
            label=f"{N} samples, {d} coordinates, eps {eps:g}",
            rtol=1e-8,
        )


@check("is what autograd finds", part="backward")
def as_autograd(got, ref, inputs):
    x = (inputs["xhat"] * (inputs["sigma2"] + inputs["eps"]).sqrt()).requires_grad_()
    gamma = inputs["gamma"].clone().requires_grad_()
    beta = torch.zeros_like(gamma).requires_grad_()
    variance = x.var(0, correction=0)
    y = gamma * (x - x.mean(0)) / (variance + inputs["eps"]).sqrt() + beta
    right = torch.autograd.grad(y, [x, gamma, beta], inputs["dy"])
    names = ("dx", "dgamma", "dbeta")
    if not isinstance(got, tuple | list) or len(got) != 3:
        return Finding("Three derivatives are expected.", name="not-three")
    for name, mine, theirs in zip(names, got, right, strict=True):
        if not isinstance(mine, torch.Tensor) or mine.shape != theirs.shape:
            return Finding(f"{name} does not have the size of what it belongs to.", name="wrong-size")
        if not torch.allclose(mine.double(), theirs, rtol=1e-7, atol=1e-9):
            return Finding(f"Autograd finds a different {name}.", name="wrong-gradient")
    return None


edit_alternative("with-N-inside", part="backward", replace=(
    "gamma / torch.sqrt(sigma2 + eps) * (dy - (dbeta + xhat * dgamma) / len(dy))",
    "gamma / (len(dy) * torch.sqrt(sigma2 + eps)) * (len(dy) * dy - dbeta - xhat * dgamma)",
))  # fmt: skip
edit_alternative("means", part="backward", replace=(
    "dy - (dbeta + xhat * dgamma) / len(dy)", "dy - dy.mean(0) - xhat * (dy * xhat).mean(0)"
))  # fmt: skip


@alternative(part="backward")
def by_three_paths(dy, xhat, gamma, sigma2, eps):
    N = dy.shape[0]
    s = (sigma2 + eps) ** 0.5
    centred = xhat * s
    dxhat = gamma * dy
    dsigma2 = (dxhat * centred * -0.5 * s**-3).sum(dim=0)
    dmu = -(dxhat / s).sum(dim=0)
    return dxhat / s + dsigma2 * 2 * centred / N + dmu / N, (dy * xhat).sum(dim=0), dy.sum(dim=0)


@alternative(part="backward")
def with_a_matrix(dy, xhat, gamma, sigma2, eps):
    N, d = dy.shape
    columns = []
    for i in range(d):
        h = xhat[:, i]
        J = (torch.eye(N, dtype=torch.float64) - 1 / N - torch.outer(h, h) / N) / torch.sqrt(sigma2[i] + eps)
        columns.append(gamma[i] * J @ dy[:, i])
    return torch.stack(columns, dim=1), torch.einsum("nd,nd->d", dy, xhat), dy.sum(0)


@alternative(part="backward")
def projected(dy, xhat, gamma, sigma2, eps):
    centred = dy - dy.mean(dim=0, keepdim=True)
    along = (xhat * dy).mean(dim=0, keepdim=True)
    return (centred - along * xhat) * gamma * torch.rsqrt(sigma2 + eps), (xhat * dy).sum(0), dy.sum(0)


edit(
    "statistics-constant",
    "Treats the mean and the variance as constants.",
    hint="Each x moves the mean and the variance, and with them all outputs. Does your dx add up to 0 over the mini-batch?",
    part="backward",
    replace=("dy - (dbeta + xhat * dgamma) / len(dy)", "dy"),
)
edit(
    "only-the-mean",
    "Leaves out the path through the variance.",
    hint="Each x changes the variance too: there are three paths.",
    part="backward",
    replace=("(dbeta + xhat * dgamma)", "dbeta"),
)
edit(
    "only-the-variance",
    "Leaves out the path through the mean.",
    hint="Each x changes the mean too: there are three paths. Does your dx add up to 0 over the mini-batch?",
    part="backward",
    replace=("(dbeta + xhat * dgamma)", "xhat * dgamma"),
)


@mistake(
    "over-features",
    "Sums over the coordinates instead of the samples.",
    hint="Each coordinate is a layer of its own. Its sums go over the samples, dimension 0.",
    part="backward",
)
def over_features(dy, xhat, gamma, sigma2, eps):
    d = dy.shape[1]
    along, total = (dy * xhat).sum(1, keepdim=True), dy.sum(1, keepdim=True)
    dx = gamma / torch.sqrt(sigma2 + eps) * (dy - (total + xhat * along) / d)
    return dx, (dy * xhat).sum(0), dy.sum(0)


edit(
    "not-divided-by-N",
    "Leaves out the division by the number of samples.",
    hint="The derivative of the mean with respect to one sample is 1/N.",
    part="backward",
    replace=(" / len(dy)", ""),
)
edit(
    "unbiased",
    "Is the derivative for the unbiased variance, divided by N - 1.",
    hint="The layer divides the squares by N. Then the derivative of the variance is 2(x - mu)/N.",
    part="backward",
    replace=("dy - (dbeta + xhat * dgamma) / len(dy)", "dy - dbeta / len(dy) - xhat * dgamma / (len(dy) - 1)"),
)
edit(
    "variance-instead-of-deviation",
    "Divides by the variance instead of its root.",
    hint="One factor is 1 over the standard deviation.",
    part="backward",
    replace=("torch.sqrt(sigma2 + eps)", "(sigma2 + eps)"),
)
edit(
    "no-gamma",
    "Leaves out gamma on the way to x.",
    hint="y is gamma times the standardised value: what comes back is multiplied by gamma.",
    part="backward",
    replace=("gamma / torch.sqrt", "1 / torch.sqrt"),
)
edit(
    "averaged-parameters",
    "Takes means for the derivatives of gamma and beta.",
    hint="A parameter that occurs in every sample gets the sum of what comes back from them.",
    part="backward",
    replace=("return dx, dgamma, dbeta", "return dx, dgamma / len(dy), dbeta / len(dy)"),
)
edit(
    "gamma-and-beta-swapped",
    "Returns the derivatives of gamma and beta in the wrong order.",
    hint="The order is x, gamma, beta.",
    part="backward",
    replace=("return dx, dgamma, dbeta", "return dx, dbeta, dgamma"),
)
