"""The derivatives of a softmax by its input, and a probability that rises and falls."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake, plural


def dy_dx(W, b, x):
    y = output(W, b, x)
    return y[:, None] * (W - y @ W)


def counterexample():
    return torch.tensor([[1.0], [2.0], [0.0]]), torch.tensor([0.0, -1.0, 0.0]), 0


def output(W, b, x):
    return torch.softmax(W @ x + b, dim=0)


@cases("formula")
def networks(rng: Rng):
    for K, M in ((3, 7), (10, 5), (2, 3), (5, 1)):
        W, b, x = (rng.normal(*size, dtype=torch.float64) for size in ((K, M), (K,), (M,)))
        yield case(W=W, b=b, x=x, label=f'{plural(K, "class", "classes")}, {plural(M, "input")}', rtol=1e-8)


@check("each column adds up to zero, as the probabilities add up to one", part="formula")
def adds_up(got, ref, inputs):
    if got.shape == ref.shape and float(got.sum(0).abs().max()) < 1e-9:
        return None
    return Finding(
        "Probabilities add up to 1, so their derivatives with respect to a pixel must add up to 0. Yours do not.",
        name="does-not-add-up",
    )


@cases("counterexample")
def once(rng: Rng):
    yield case(label="the network", compare=False)


def in_form(got):
    return (
        isinstance(got, tuple)
        and len(got) == 3
        and all(isinstance(one, torch.Tensor) and one.is_floating_point() for one in got[:2])
        and tuple(got[0].shape) == (3, 1)
        and tuple(got[1].shape) == (3,)
        and (isinstance(got[2], int) or (isinstance(got[2], torch.Tensor) and got[2].numel() == 1))
        and 0 <= int(got[2]) < 3
        and bool(torch.isfinite(got[0]).all() and torch.isfinite(got[1]).all())
    )


def curve(got, low=0.0, high=1.0):
    """The probability of the class at 2001 places."""
    W, b, k = got
    x = torch.linspace(low, high, 2001, dtype=torch.float64)
    return torch.softmax(x[:, None] * W.double()[:, 0] + b.double(), dim=1)[:, int(k)]


def turns(y, by=1e-4):
    """Whether it rises and falls by more than `by`."""
    top, bottom = torch.cummax(y, 0).values, torch.cummin(y, 0).values
    return bool((y - bottom).max() > by) and bool((top - y).max() > by)


@check("three classes, one input, and a class", part="counterexample")
def form(got, ref, inputs):
    if in_form(got):
        return None
    return Finding("W of size (3, 1), b of size (3,), both of floats, and k from 0 to 2 are expected.", name="form")


@check("its probability rises and falls between 0 and 1", part="counterexample", weight=3)
def rises_and_falls(got, ref, inputs):
    if not in_form(got):
        return Finding("This can only be said of a network.")
    if turns(curve(got)):
        return None
    y = curve(got)
    return Finding(
        f"It is {y[0]:.4f}, {y[500]:.4f}, {y[1000]:.4f}, {y[1500]:.4f}, {y[2000]:.4f} at 0, 0.25, 0.5, 0.75 and 1.",
        name="monotone",
        expected="a rise and a fall",
        got="no turn",
    )


# --- the formula --------------------------------------------------------------------------------------------------


@alternative(part="formula")
def with_the_jacobian(W, b, x):
    y = torch.softmax(W @ x + b, dim=0)
    return (torch.diag(y) - torch.outer(y, y)) @ W


@alternative(part="formula")
def in_loops(W, b, x):
    e = (W @ x + b).exp()
    y = e / e.sum()
    K, M = W.shape
    result = torch.zeros(K, M, dtype=torch.float64)
    for k in range(K):
        for m in range(M):
            for j in range(K):
                result[k, m] += y[k] * (float(k == j) - y[j]) * W[j, m]
    return result


@alternative(part="formula")
def by_einsum(W, b, x):
    y = (W @ x + b).softmax(0)
    jacobian = torch.eye(len(y), dtype=y.dtype) * y - y[:, None] * y
    return torch.einsum("kj,jm->km", jacobian, W)


@alternative(part="formula")
def by_the_logarithm(W, b, x):
    logs = torch.log_softmax(W @ x + b, dim=0)
    mean = (logs.exp().unsqueeze(1) * W).sum(0, keepdim=True)
    return logs.exp().unsqueeze(1) * (W - mean)


@alternative(part="formula")
def by_the_quotient_rule(W, b, x):
    e = torch.exp(W @ x + b)
    total = e.sum()
    grown = e[:, None] * W
    return grown / total - e[:, None] * grown.sum(0) / total**2


@alternative(part="formula")
def column_by_column(W, b, x):
    y = torch.softmax(W @ x + b, dim=-1)
    return torch.stack([y * (column - torch.dot(y, column)) for column in W.T], dim=1)


edit(
    "own-path-only",
    "Follows the path through the class's own score only.",
    hint="The other scores change with the pixel too, and they are in the denominator. Add up over all paths.",
    part="formula",
    replace=("y[:, None] * (W - y @ W)", "(y * (1 - y))[:, None] * W"),
)
edit(
    "only-the-weight",
    "Leaves out the mean of the weights.",
    hint="A pixel that raises all scores alike changes no probability. Does your formula say so?",
    part="formula",
    replace=("(W - y @ W)", "W"),
)


@mistake(
    "scores",
    "Gives the derivatives of the scores.",
    hint="W is the derivative of the scores. The softmax comes after them: multiply by its derivative.",
    part="formula",
)
def scores(W, b, x):
    return W.clone()


edit(
    "logarithm",
    "Gives the derivatives of the logarithm of y.",
    hint="You have the derivative of log y. That of y itself is y times as large.",
    part="formula",
    replace=("y[:, None] * (W - y @ W)", "W - y @ W"),
)
edit(
    "plain-mean",
    "Subtracts the plain mean of the weights.",
    hint="The mean weights each class by its probability. Yours counts all alike.",
    part="formula",
    replace=("y @ W", "W.mean(0)"),
)
edit(
    "sign",
    "Every derivative has the opposite sign.",
    hint="Take a class with the largest weight: a darker pixel makes it more probable. Yours says less.",
    part="formula",
    replace=("W - y @ W", "y @ W - W"),
)


@mistake(
    "pixels-in-rows",
    "Has the pixels in the rows.",
    hint="Entry (k, m) belongs to class k and pixel m: the result has the size of W.",
    part="formula",
)
def pixels_in_rows(W, b, x):
    return dy_dx(W, b, x).T


edit(
    "bias-left-out",
    "Computes the probabilities without the biases.",
    hint="The form is right. But which y is in it: do its scores contain b?",
    part="formula",
    replace=("output(W, b, x)", "output(W, torch.zeros_like(b), x)"),
)


@mistake(
    "sigmoid-each",
    "Takes a sigmoid for each class instead of the softmax.",
    hint="y(1 - y)w belongs to a single neuron with a sigmoid. Here the classes share one denominator.",
    part="formula",
)
def sigmoid_each(W, b, x):
    y = torch.sigmoid(W @ x + b)
    return (y * (1 - y))[:, None] * W


# --- the counterexample -------------------------------------------------------------------------------------------


@alternative(part="counterexample")
def steep():
    return torch.tensor([[10.0], [0.0], [20.0]]), torch.tensor([0.0, 0.0, -10.0]), 0


@alternative(part="counterexample")
def in_double():
    W = torch.tensor([-3.0, 0.0, 3.0], dtype=torch.float64).reshape(3, 1)
    return W, torch.tensor([3.0, 0.0, 0.0], dtype=torch.float64), 1


@alternative(part="counterexample")
def negative_weights():
    return torch.tensor([[-9.0], [-5.0], [-1.0]]), torch.tensor([4.0, 2.0, 0.0]), 1


@alternative(part="counterexample")
def class_as_a_tensor():
    return torch.arange(3.0).unsqueeze(1), torch.tensor([0.5, 0.0, -0.5]), torch.tensor(1)


@alternative(part="counterexample")
def searched():
    for seed in range(1000):
        draw = torch.Generator().manual_seed(seed)
        W, b = 5 * torch.randn(3, 1, generator=draw), torch.randn(3, generator=draw)
        y = torch.softmax(torch.linspace(0, 1, 101)[:, None] * W.T + b, dim=1)
        for k in range(3):
            steps = y[1:, k] - y[:-1, k]
            if steps[steps > 0].sum() > 0.01 and steps[steps < 0].sum() < -0.01:
                return W, b, k
    raise ValueError


def of_extreme_weight(got):
    """Whether the class has the largest or the smallest of the weights, so that it can never turn."""
    weights = got[0].flatten()
    own = weights[int(got[2])]
    return bool(own == weights.max()) or bool(own == weights.min())


edit(
    "other-form",
    "Returns something other than W, b and k.",
    hint="W has a row for each class and a column for the only input, b an entry for each class; k is the class.",
    part="counterexample",
    replace=("[[1.0], [2.0], [0.0]]", "[[1.0, 2.0, 0.0]]"),
    when=lambda got, ref, inputs: not in_form(got),
)


edit(
    "constant",
    "Gives a constant probability: no weight tells the classes apart.",
    hint="With equal weights the pixel changes nothing. Let the three weights differ.",
    part="counterexample",
    replace=("[[1.0], [2.0], [0.0]]", "[[1.0], [1.0], [1.0]]"),
    when=lambda got, ref, inputs: in_form(got) and bool(got[0].max() == got[0].min()),
)


@mistake(
    "extreme-class",
    "Looks at the class with the largest or the smallest weight.",
    hint="The class with the largest weight always gains, and the one with the smallest always loses. Try another.",
    part="counterexample",
    when=lambda got, ref, inputs: of_extreme_weight(got),
)
def extreme_class():
    W, b, _ = counterexample()
    return W, b, 1


@mistake(
    "turns-elsewhere",
    "Turns outside the interval from 0 to 1.",
    hint="It turns, but outside the interval from 0 to 1. Move the turning point with a bias.",
    part="counterexample",
    when=lambda got, ref, inputs: turns(curve(got, -20.0, 20.0)),
)
def turns_elsewhere():
    W, _, k = counterexample()
    return W, torch.zeros(3), k


@mistake(
    "too-little",
    "Rises and falls too little to be seen.",
    hint="The weight is between the others, but they differ too little. Make them larger.",
    part="counterexample",
    when=lambda got, ref, inputs: True,
)
def too_little():
    W, b, k = counterexample()
    return W / 1000, b / 1000, k
