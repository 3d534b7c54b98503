"""The gradient of L = exp(-n C): the derivative of an exponential keeps the exponential as a factor."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, gradient, mistake, plural


def dL_dW(W, b, X, Yt):
    error = output(W, b, X) - Yt
    return -(error.T @ X) * likelihood(W, b, X, Yt)


def output(W, b, X):
    return torch.softmax(X @ W.T + b, 1)


def likelihood(W, b, X, Yt):
    return (torch.log_softmax(X @ W.T + b, 1) * Yt).sum().exp()


@cases("formula")
def sets(rng: Rng):
    for n, d, k in ((1, 5, 3), (3, 7, 5), (6, 11, 3), (9, 784, 10)):
        W, b = rng.normal(k, d, dtype=torch.float64) / (3 * d**0.5), rng.normal(k, dtype=torch.float64) / 5
        X = rng.uniform(n, d, dtype=torch.float64)
        Yt = torch.zeros(n, k, dtype=torch.float64)
        Yt[torch.arange(n), rng.integers(0, k, n)] = 1
        yield case(
            W=W,
            b=b,
            X=X,
            Yt=Yt,
            label=f'{plural(n, "sample")}, {plural(d, "input")}, {plural(k, "class", "classes")}',
            rtol=1e-6,
            atol=1e-9,
            gradient=gradient(likelihood, {"W": W}, fixed={"b": b, "X": X, "Yt": Yt}),
        )


@alternative
def product_of_powers(W, b, X, Yt):
    Y = torch.softmax(X @ W.T + b, dim=1)
    L = (Y**Yt).prod()
    return -L * (Y - Yt).T @ X


@alternative
def by_the_cost(W, b, X, Yt):
    n = len(X)
    Y = torch.softmax(torch.nn.functional.linear(X, W, b), dim=1)
    C = -(Yt * torch.log(Y)).sum(1).mean()
    dC_dW = (Y - Yt).T @ X / n
    return -n * torch.exp(-n * C) * dC_dW


@alternative
def sample_by_sample(W, b, X, Yt):
    L, total = 1.0, torch.zeros_like(W)
    for x, yt in zip(X, Yt, strict=True):
        y = torch.softmax(W @ x + b, dim=0)
        L = L * y[yt.argmax()]
        total += torch.outer(y - yt, x)
    return -L * total


@alternative
def with_einsum(W, b, X, Yt):
    Y = torch.softmax(torch.einsum("nq,pq->np", X, W) + b, dim=-1)
    L = Y[Yt.bool()].prod()
    return L * torch.einsum("np,nq->pq", Yt - Y, X)


@alternative
def by_cross_entropy(W, b, X, Yt):
    Z = X @ W.T + b
    C = torch.nn.functional.cross_entropy(Z, Yt)
    return (-len(X) * C).exp() * (Yt - Z.softmax(1)).T.matmul(X)


@alternative
def product_rule(W, b, X, Yt):
    Y = output(W, b, X)
    factors = (Y * Yt).sum(1)
    total = torch.zeros_like(W)
    for i in range(len(X)):
        others = torch.cat([factors[:i], factors[i + 1 :]]).prod()
        total += others * factors[i] * torch.outer(Yt[i] - Y[i], X[i])
    return total


edit(
    "factor-dropped",
    "Drops the factor L.",
    hint="The derivative of exp(u) is exp(u) u'. The exponential stays as a factor.",
    replace=(" * likelihood(W, b, X, Yt)", ""),
)


@mistake(
    "number-dropped",
    "Takes the mean over the samples where their sum belongs.",
    hint="u = -n C: the number of samples is a factor of C, and the 1/n in C cancels it.",
)
def number_dropped(W, b, X, Yt):
    return dL_dW(W, b, X, Yt) / len(X)


edit(
    "sign",
    "Has the opposite sign.",
    hint="Where C falls, L rises. There is a minus sign in exp(-n C).",
    replace=("return -(", "return ("),
)


@mistake(
    "number-twice",
    "Multiplies by the number of samples once too often.",
    hint="n C is the sum of all H already. If you add up the samples, the factor n is in it.",
)
def number_twice(W, b, X, Yt):
    return dL_dW(W, b, X, Yt) * len(X)


@mistake(
    "cost-in-the-exponent",
    "Takes exp(-C) for the likelihood.",
    hint="The likelihood is the product over all samples: exp(-n C), not exp(-C).",
)
def cost_in_the_exponent(W, b, X, Yt):
    return dL_dW(W, b, X, Yt) * likelihood(W, b, X, Yt) ** (1 / len(X) - 1)


edit(
    "gradient-of-the-cost",
    "Is the gradient of C.",
    hint="That is the gradient of C. L = exp(-n C): apply the chain rule once more.",
    replace=("-(error.T @ X) * likelihood(W, b, X, Yt)", "error.T @ X / len(X)"),
)
edit(
    "logarithm",
    "Differentiates the logarithm of L with the sign of the cost.",
    hint="That is the gradient of n C. L itself is wanted, with its factor and its sign.",
    replace=("-(error.T @ X) * likelihood(W, b, X, Yt)", "error.T @ X"),
)
edit(
    "transposed",
    "Is the transposed matrix.",
    hint="The result must have the size of W: a row for each class.",
    replace=("error.T @ X", "X.T @ error"),
)


@mistake(
    "over-the-samples",
    "Lets the softmax add up over the samples.",
    hint="X has a sample in each row: the classes are side by side, so the softmax goes along dim=1.",
)
def over_the_samples(W, b, X, Yt):
    Z = X @ W.T + b
    L = (torch.log_softmax(Z, 0) * Yt).sum().exp()
    return -((torch.softmax(Z, 0) - Yt).T @ X) * L
