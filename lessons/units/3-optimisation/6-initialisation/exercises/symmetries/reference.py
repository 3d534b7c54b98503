"""The first step of softmax regression from equal weights."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, plural


def first_gradient(X, labels, K):
    errors = 1 / K - torch.nn.functional.one_hot(labels, K).to(X.dtype)
    return torch.einsum("nk,nd->kd", errors, X) / len(X)


@cases("equal-weights")
def samples(rng: Rng):
    for n, d, K in ((7, 5, 3), (30, 6, 10), (1, 3, 7), (11, 3, 2)):
        yield case(
            X=rng.normal(n, d, dtype=torch.float64), labels=rng.integers(0, K, n), K=K,
            label=f'{plural(n, "sample")}, {plural(d, "input")}, {plural(K, "class", "classes")}', rtol=1e-9,
        )


@check("is what autograd finds", part="equal-weights")
def as_autograd(got, ref, inputs):
    W = torch.full((inputs["K"], inputs["X"].shape[1]), 0.7, dtype=torch.float64, requires_grad=True)
    cost = torch.nn.functional.cross_entropy(inputs["X"] @ W.T, inputs["labels"])
    (right,) = torch.autograd.grad(cost, W)
    if isinstance(got, torch.Tensor) and got.shape == right.shape and torch.allclose(got.double(), right, atol=1e-10):
        return None
    return Finding("Autograd finds a different gradient.", name="wrong-gradient")


@alternative(part="equal-weights")
def as_a_product(X, labels, K):
    errors = torch.full((len(X), K), 1 / K, dtype=torch.float64)
    errors[torch.arange(len(X)), labels] -= 1
    return errors.T @ X / len(X)


@alternative(part="equal-weights")
def class_by_class(X, labels, K):
    n = len(X)
    return torch.stack([X.sum(0) / (K * n) - X[labels == k].sum(0) / n for k in range(K)])


@alternative(part="equal-weights")
def through_the_softmax(X, labels, K):
    W = torch.zeros(K, X.shape[1], dtype=X.dtype)
    Y = torch.softmax(X @ W.T, dim=1)
    Y[range(len(X)), labels] -= 1
    return (Y.T @ X).div(len(X))


edit_alternative("matmul", part="equal-weights", replace=('torch.einsum("nk,nd->kd", errors, X)', "torch.matmul(errors.mT, X)"))


@alternative(part="equal-weights")
def sample_by_sample(X, labels, K):
    total = torch.zeros(K, X.shape[1], dtype=torch.float64)
    for x, label in zip(X, labels.tolist(), strict=True):
        for k in range(K):
            total[k] += (1 / K - (k == label)) * x / len(X)
    return total


edit(
    "sum-for-mean",
    "Adds up the samples instead of taking their mean.",
    hint="The cost is the mean over the samples.",
    part="equal-weights",
    replace=(" / len(X)", ""),
)
edit(
    "sign",
    "Has the opposite sign.",
    hint="The error is the probability, less 1 for the true class.",
    part="equal-weights",
    replace=("1 / K - torch.nn.functional.one_hot(labels, K).to(X.dtype)", "torch.nn.functional.one_hot(labels, K).to(X.dtype) - 1 / K"),
)
edit(
    "transposed",
    "Gives the gradient transposed.",
    hint="The gradient has the size of W: a row for each class.",
    part="equal-weights",
    replace=("nk,nd->kd", "nk,nd->dk"),
)
edit(
    "half",
    "Takes a half for the probability of each class.",
    hint="There are K classes, all with the same probability.",
    part="equal-weights",
    replace=("1 / K", "1 / 2"),
)
edit(
    "no-label",
    "Leaves out the label.",
    hint="The error compares the probability with what is true.",
    part="equal-weights",
    replace=(" - torch.nn.functional.one_hot(labels, K).to(X.dtype)", " * torch.ones(len(X), K, dtype=X.dtype)"),
)


@mistake(
    "rows-alike",
    "Gives every class the same row.",
    hint="The labels tell the rows apart: each sample is of one class only.",
    part="equal-weights",
)
def rows_alike(X, labels, K):
    return ((1 / K - 1) * X.mean(0)).expand(K, -1).clone()
