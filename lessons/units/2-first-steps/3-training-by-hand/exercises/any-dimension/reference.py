"""A neuron trained in any dimension, and clouds that it has to tell apart by points that were held back."""

import torch
from tutor import live

from grader.spec import Finding, Rng, alternative, beats_majority, case, cases, check, mistake, script


def train_vec(X, Y, alpha, n_iter, w0, b0):
    w, b, costs = w0, b0, []
    for _ in range(n_iter):
        w, b = step(X, Y, alpha, w, b)
        costs.append(cost(X, Y, w, b))
    return w, b, torch.stack(costs)


def step(X, Y, alpha, w, b):
    error = torch.sigmoid(X @ w + b) - Y
    return w - alpha * (error @ X) / len(X), b - alpha * error.mean()


def cost(X, Y, w, b):
    z = X @ w + b
    return (torch.nn.functional.softplus(z) - Y * z).mean()


def fit(X, Y):
    w, b = torch.zeros(X.shape[1], dtype=torch.float64), torch.tensor(0.0, dtype=torch.float64)
    for i in range(200):
        w, b = step(X, Y, 0.1, w, b)
        live.log({"cost": cost(X, Y, w, b).item()}, step=i)
    return w, b


def predict(model, X):
    w, b = model
    return torch.sigmoid(X @ w + b)


def clouds(rng, n, k):
    """Points around two centres that are far from each other, and their labels."""
    centres = torch.zeros(2, k, dtype=torch.float64)
    while (centres[0] - centres[1]).norm() < 10:
        centres = rng.uniform(2, k, low=-10.0, high=10.0, dtype=torch.float64)
    Y = torch.arange(n) % 2
    Y = Y[rng.permutation(n)]
    return centres[Y] + rng.normal(n, k, dtype=torch.float64), Y


def as_tensors(result):
    """The costs as a float64 tensor, also where they come as a list of numbers, or in float32."""
    w, b, costs = result
    return w, b, torch.tensor(costs, dtype=torch.float64) if isinstance(costs, list) else costs.double()


@cases("train")
def trainings(rng: Rng):
    for n, k, steps in ((7, 3, 1), (13, 5, 2), (31, 1, 20), (3, 11, 20)):
        X = rng.normal(n, k, dtype=torch.float64)
        w0, b0 = rng.normal(k, dtype=torch.float64), rng.normal(1, dtype=torch.float64)[0]
        yield case(
            X=X,
            Y=rng.integers(0, 2, n),
            alpha=rng.uniform(low=0.05, high=0.5),
            n_iter=steps,
            w0=w0,
            b0=b0,
            label=f"{n} points with {k} coordinate{'s' * (k > 1)}, {steps} step{'s' * (steps > 1)}",
            rtol=1e-6,
            canonical=as_tensors,
        )
    X, Y = clouds(rng, 60, 2)
    start = torch.tensor([1.0, -1.0], dtype=torch.float64), torch.tensor(5.5, dtype=torch.float64)
    label = "two clouds in the plane"
    yield case(X=X, Y=Y, alpha=0.1, n_iter=15, w0=start[0], b0=start[1], label=label, rtol=1e-6, canonical=as_tensors)
    X, Y = clouds(rng, 600, 6)
    zeros = torch.zeros(6, dtype=torch.float64)
    b0 = torch.tensor(0.0, dtype=torch.float64)
    label = "many points, against the clock"
    yield case(
        X=X, Y=Y, alpha=0.1, n_iter=8, w0=zeros, b0=b0, label=label, rtol=1e-6, canonical=as_tensors, slower=12.0
    )


@cases("clouds")
def far_apart(rng: Rng):
    for k in (3, 10, 50):
        X, Y = clouds(rng, 300, k)
        s = script(f"clouds with {k} coordinates", weight=0, labels=Y[100:])
        model = s.call("fit", X[:100], Y[:100], label="fit", compare=False)
        s.ask("predict", model, X[100:], label="held-out")
        yield s


def called_black(got):
    """The held-out decisions as labels, None where there is not a number for each point."""
    y = got["held-out"]
    return (y > 0.5).long() if isinstance(y, torch.Tensor) and y.shape == (200,) else None


@check("a probability for each point that was held back", part="clouds")
def probabilities(got, ref, inputs):
    y = got["held-out"]
    if called_black(got) is None:
        shape = tuple(y.shape) if isinstance(y, torch.Tensor) else type(y).__name__
        return Finding("One number for each point is expected.", "other-shape", expected="(200,)", got=str(shape))
    if not bool(((y >= 0) & (y <= 1)).all()):
        return Finding("A probability lies between 0 and 1.", "outside", got=f"{y.min():.3g} to {y.max():.3g}")
    return None


@check("99 of 100 are right", part="clouds")
def accurate(got, ref, inputs):
    guesses = called_black(got)
    if guesses is None:
        return Finding("This can only be said of one number for each point.")
    labels = inputs["labels"]
    share = (guesses == labels).double().mean().item()
    if share >= 0.99:
        return None
    missed = Finding(f"{share:.1%} of the held-out points are right.", "inaccurate", expected="99 % or more")
    return beats_majority(guesses.tolist(), labels.tolist(), by=0.0) or missed


# --- training -----------------------------------------------------------------------------------------------------


@alternative(part="train")
def with_the_transpose(X, Y, alpha, n_iter, w0, b0):
    w, b = w0.clone(), b0.clone()
    costs = torch.empty(n_iter, dtype=torch.float64)
    for i in range(n_iter):
        error = 1 / (1 + torch.exp(-(X @ w + b))) - Y
        grad_w, grad_b = X.T @ error / len(X), error.mean()
        w -= alpha * grad_w
        b -= alpha * grad_b
        y = torch.sigmoid(X @ w + b)
        costs[i] = -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()
    return w, b, costs


@alternative(part="train")
def one_vector_of_parameters(X, Y, alpha, n_iter, w0, b0):
    n, k = X.shape
    inputs = torch.cat([X, torch.ones(n, 1, dtype=X.dtype)], dim=1)
    params = torch.cat([w0, b0.reshape(1)])
    labels, costs = Y.to(X.dtype), []
    for _ in range(n_iter):
        params = params - alpha / n * inputs.T @ (torch.sigmoid(inputs @ params) - labels)
        costs.append(torch.nn.functional.binary_cross_entropy_with_logits(inputs @ params, labels).item())
    return params[:k], params[k], costs


@alternative(part="train")
def with_columns(X, Y, alpha, n_iter, w0, b0):
    w, b, labels = w0.reshape(-1, 1), b0, Y.reshape(-1, 1)
    costs = []
    for _ in range(n_iter):
        error = torch.sigmoid(torch.mm(X, w) + b) - labels
        w, b = w - alpha * torch.mm(X.T, error) / X.shape[0], b - alpha * torch.mean(error)
        z = torch.mm(X, w) + b
        costs.append(torch.mean(torch.log1p(torch.exp(-z.abs())) + z.clamp(min=0) - labels * z))
    return w.squeeze(1), b, torch.stack(costs)


@alternative(part="train")
def by_broadcasting(X, Y, alpha, n_iter, w0, b0):
    w, b = w0, b0
    costs = torch.zeros(n_iter, dtype=torch.float64)
    for i in range(n_iter):
        error = torch.sigmoid((X * w).sum(dim=1) + b) - Y
        w, b = w - alpha * (X * error[:, None]).mean(dim=0), b - alpha * error.mean()
        costs[i] = cost(X, Y, w, b)
    return w, b, costs


@alternative(part="train")
def by_autograd(X, Y, alpha, n_iter, w0, b0):
    w, b = w0.clone().requires_grad_(), b0.clone().requires_grad_()
    costs = []
    for _ in range(n_iter):
        grads = torch.autograd.grad(cost(X, Y, w, b), (w, b))
        w, b = ((p - alpha * g).detach().requires_grad_() for p, g in zip((w, b), grads, strict=True))
        costs.append(cost(X, Y, w, b).detach())
    return w.detach(), b.detach(), torch.stack(costs)


@alternative(part="train")
def in_numpy(X, Y, alpha, n_iter, w0, b0):
    import numpy as np

    x, yt, w, b = X.numpy(), Y.numpy(), w0.numpy(), b0.item()
    costs = np.empty(n_iter)
    for i in range(n_iter):
        error = 1 / (1 + np.exp(-(x @ w + b))) - yt
        w, b = w - alpha * x.T @ error / len(x), b - alpha * error.mean()
        z = x @ w + b
        costs[i] = (np.logaddexp(0, z) - yt * z).mean()
    return torch.from_numpy(w), torch.tensor(b, dtype=torch.float64), torch.from_numpy(costs)


def descend(X, Y, alpha, n_iter, w0, b0, direction):
    """Training with a direction (w, b) -> (for w, for b) in the place of the gradient."""
    w, b, costs = w0, b0, []
    for _ in range(n_iter):
        for_w, for_b = direction(w, b)
        w, b = w - alpha * for_w, b - alpha * for_b
        costs.append(cost(X, Y, w, b))
    return w, b, torch.stack(costs)


@mistake(
    "broadcast-error",
    "Subtracts a vector of labels from a column, which gives a matrix.",
    hint="Print the shape of the error: (n, 1) minus (n,) is (n, n). Labels and outputs must have the same shape.",
    part="train",
)
def broadcast_error(X, Y, alpha, n_iter, w0, b0):
    def direction(w, b):
        error = torch.sigmoid(X @ w[:, None] + b) - Y
        return (X.T @ error).mean(1) / len(X), error.mean()

    return descend(X, Y, alpha, n_iter, w0, b0, direction)


@mistake(
    "summed",
    "Adds the gradients of the points instead of averaging them.",
    hint="Your steps are n times too long: the cost is a mean, so its gradient is one too. Divide by n.",
    part="train",
)
def summed(X, Y, alpha, n_iter, w0, b0):
    return train_vec(X, Y, alpha * len(X), n_iter, w0, b0)


@mistake(
    "bias-after-the-weights",
    "Computes the gradient for b after w has been changed.",
    hint="Both gradients belong to the old parameters. Compute them before you change either.",
    part="train",
)
def bias_after_the_weights(X, Y, alpha, n_iter, w0, b0):
    w, b, costs = w0, b0, []
    for _ in range(n_iter):
        w, _ = step(X, Y, alpha, w, b)
        _, b = step(X, Y, alpha, w, b)
        costs.append(cost(X, Y, w, b))
    return w, b, torch.stack(costs)


@mistake(
    "integer-labels",
    "Multiplies integers and floats with @.",
    hint="`@` takes tensors of one dtype only, and the labels are integers. Turn them into floats: `Y.double()`.",
    part="train",
    when=lambda got, ref, inputs: "dtype" in inputs["raised"],
)
def integer_labels(X, Y, alpha, n_iter, w0, b0):
    w, b, costs = w0, b0, []
    for _ in range(n_iter):
        w, b = step(X, Y, alpha, w, b)
        y = torch.sigmoid(X @ w + b)
        costs.append(-(Y @ torch.log(y) + (1 - Y) @ torch.log(1 - y)) / len(X))
    return w, b, torch.stack(costs)


@mistake(
    "bias-not-trained",
    "Leaves the bias as it is.",
    hint="b at the end is still the b of the start. It has a derivative too: the mean of the errors.",
    part="train",
)
def bias_not_trained(X, Y, alpha, n_iter, w0, b0):
    def direction(w, b):
        return (torch.sigmoid(X @ w + b) - Y) @ X / len(X), torch.zeros_like(b)

    return descend(X, Y, alpha, n_iter, w0, b0, direction)


@mistake(
    "uphill",
    "Goes along the gradient instead of against it.",
    hint="The cost rises. Which sign does the step have, and which the error?",
    part="train",
)
def uphill(X, Y, alpha, n_iter, w0, b0):
    return train_vec(X, Y, -alpha, n_iter, w0, b0)


@mistake(
    "mean-over-features",
    "Divides by the number of coordinates as well.",
    hint="The mean goes over the n points. Each of the k weights has its own derivative: nothing is divided by k.",
    part="train",
)
def mean_over_features(X, Y, alpha, n_iter, w0, b0):
    def direction(w, b):
        error = torch.sigmoid(X @ w + b) - Y
        return error @ X / X.numel(), error.mean()

    return descend(X, Y, alpha, n_iter, w0, b0, direction)


@mistake(
    "cost-before-the-step",
    "Records the cost before each step.",
    hint="Your costs come one step too early: the first is that of the start. Compute it after the parameters moved.",
    part="train",
)
def cost_before(X, Y, alpha, n_iter, w0, b0):
    w, b, costs = train_vec(X, Y, alpha, n_iter, w0, b0)
    return w, b, torch.cat([cost(X, Y, w0, b0).reshape(1), costs[:-1]])


@mistake(
    "start-ignored",
    "Starts with zeros whatever the start is.",
    hint="`w0` and `b0` are the parameters at the start. Yours begins with zeros.",
    part="train",
)
def start_ignored(X, Y, alpha, n_iter, w0, b0):
    return train_vec(X, Y, alpha, n_iter, torch.zeros_like(w0), torch.zeros_like(b0))


@mistake(
    "one-point-at-a-time",
    "Changes the parameters after every single point.",
    hint="One step uses the gradients of all points: average them, and change the parameters once.",
    part="train",
)
def one_point_at_a_time(X, Y, alpha, n_iter, w0, b0):
    w, b, costs = w0, b0, []
    for _ in range(n_iter):
        for i in range(len(X)):
            w, b = step(X[i : i + 1], Y[i : i + 1], alpha, w, b)
        costs.append(cost(X, Y, w, b))
    return w, b, torch.stack(costs)


@mistake(
    "start-overwritten",
    "Writes into the parameters that it was given.",
    hint="All results are right, but `w -= ...` changes `w0` too: they are one tensor. Clone it first, or write `w = w - ...`.",
    part="train",
)
def start_overwritten(X, Y, alpha, n_iter, w0, b0):
    w, b, costs = w0, b0, []
    for _ in range(n_iter):
        after = step(X, Y, alpha, w, b)
        w.copy_(after[0])
        b.copy_(after[1])
        costs.append(cost(X, Y, w, b))
    return w, b, torch.stack(costs)


@mistake(
    "loop-over-points",
    "Goes through the points, or the features, one by one.",
    hint="Right, but too slow: a loop runs over the points or over the features. `X @ w` takes all of them at once.",
    part="train",
)
def loop_over_points(X, Y, alpha, n_iter, w0, b0):
    w, b, costs = w0, b0, []
    for _ in range(n_iter):
        for_w, for_b, total = torch.zeros_like(w), torch.zeros_like(b), 0.0
        for x, yt in zip(X, Y, strict=True):
            error = torch.sigmoid(w @ x + b) - yt
            for_w, for_b = for_w + error * x, for_b + error
        w, b = w - alpha * for_w / len(X), b - alpha * for_b / len(X)
        for x, yt in zip(X, Y, strict=True):
            total = total + torch.nn.functional.softplus(w @ x + b) - yt * (w @ x + b)
        costs.append(total / len(X))
    return w, b, torch.stack(costs)


# --- clouds -------------------------------------------------------------------------------------------------------


def fit_by_means(X, Y):
    white, black = X[Y == 0].mean(0), X[Y == 1].mean(0)
    w = black - white
    return w, -w @ (white + black) / 2


@alternative(part="clouds")
def by_the_means(X, Y):
    return fit_by_means(X, Y)


@mistake(
    "not-trained",
    "Gives all points one colour: either nothing was trained, or the start is returned.",
    hint="Half of the points are wrong. Has `fit` trained at all, and does it return the parameters at the end?",
    part="clouds",
    when=lambda got, ref, inputs: len(set(called_black(got).tolist())) == 1,
)
def not_trained(X, Y):
    return torch.zeros(X.shape[1], dtype=torch.float64), torch.tensor(0.0, dtype=torch.float64)


@mistake(
    "labels-reversed",
    "Learns the probability of white.",
    hint="Nearly all points are wrong, which is as good as nearly all right: you predict the probability of white.",
    part="clouds",
    when=lambda got, ref, inputs: bool((called_black(got) == inputs["labels"]).double().mean() < 0.1),
)
def labels_reversed(X, Y):
    return fit(X, 1 - Y)
