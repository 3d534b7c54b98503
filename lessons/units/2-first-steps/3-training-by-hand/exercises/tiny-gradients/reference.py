"""The gradients of two single points: error times input, one row each."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake


def point_gradients(params, X, Y, i_black, i_white):
    return all_gradients(params, X, Y)[[i_black, i_white]]


def all_gradients(params, X, Y):
    inputs = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    return (torch.sigmoid(inputs @ params) - Y)[:, None] * inputs


def contribution(params, x, yt):
    z = params[:2] @ x + params[2]
    return torch.nn.functional.softplus(z) - yt * z


FINAL = torch.tensor([0.6219, -3.2859, 4.8640], dtype=torch.float64)


@cases("points")
def pairs(rng: Rng):
    for number, n in enumerate((3, 11, 100)):
        Y = rng.integers(0, 2, n)
        Y[:2] = torch.tensor([0, 1])
        Y = Y[rng.permutation(n)]
        black, white = (rng.choice(torch.nonzero(Y == label).flatten().tolist()) for label in (1, 0))
        params = rng.normal(3, dtype=torch.float64)
        X = rng.normal(n, 2, dtype=torch.float64)
        label = f"{n} points, parameters drawn at random"
        if number == 2:
            middle = torch.tensor([[-1.56, 4.43], [-9.68, -3.97]], dtype=torch.float64)
            params, X, label = FINAL, middle[Y] + X, "a hundred points, the parameters of the lesson's end"
        yield case(params=params, X=X, Y=Y, i_black=black, i_white=white, label=label, rtol=1e-7, atol=1e-12)


@check("agrees with autograd")
def autograd(got, ref, inputs):
    for row, place in enumerate((inputs["i_black"], inputs["i_white"])):
        params = inputs["params"].clone().requires_grad_()
        (right,) = torch.autograd.grad(contribution(params, inputs["X"][place], inputs["Y"][place]), params)
        if not torch.allclose(got[row], right, rtol=1e-7, atol=1e-12):
            return Finding(f"Autograd finds a different gradient for the point {place}, which is your row {row}.")
    return None


@alternative
def one_after_the_other(params, X, Y, i_black, i_white):
    rows = []
    for i in (i_black, i_white):
        error = torch.sigmoid(params[0] * X[i, 0] + params[1] * X[i, 1] + params[2]) - Y[i]
        rows.append(torch.stack([error * X[i, 0], error * X[i, 1], error]))
    return torch.stack(rows)


@alternative
def two_rows_at_once(params, X, Y, i_black, i_white):
    both = torch.tensor([i_black, i_white])
    x = X[both]
    error = (1 / (1 + torch.exp(-(x @ params[:2] + params[2]))) - Y[both]).reshape(2, 1)
    return torch.hstack([error * x, error])


@alternative
def with_the_labels_known(params, X, Y, i_black, i_white):
    def z(i):
        return (params[:2] * X[i]).sum() + params[2]

    one = torch.ones(1, dtype=X.dtype)
    black = -torch.sigmoid(-z(i_black)) * torch.cat([X[i_black], one])
    white = torch.sigmoid(z(i_white)) * torch.cat([X[i_white], one])
    return torch.stack([black, white])


@alternative
def by_autograd(params, X, Y, i_black, i_white):
    rows = []
    for i in (i_black, i_white):
        leaf = params.clone().requires_grad_()
        contribution(leaf, X[i], Y[i]).backward()
        rows.append(leaf.grad)
    return torch.stack(rows)


@alternative
def as_an_outer_product(params, X, Y, i_black, i_white):
    result = torch.empty(2, 3, dtype=torch.float64)
    for row, i in enumerate((i_black, i_white)):
        w0, w1, b = params
        x0, x1 = X[i]
        result[row] = torch.tensor([x0, x1, 1.0], dtype=torch.float64)
        result[row] *= torch.sigmoid(w0 * x0 + w1 * x1 + b) - Y[i]
    return result


@mistake(
    "mean-taken",
    "Gives the gradient of the whole cost.",
    hint="That is the gradient of C. Look at the single point: nothing is averaged.",
)
def mean_taken(params, X, Y, i_black, i_white):
    mean = all_gradients(params, X, Y).mean(0)
    return torch.stack([mean, mean])


edit(
    "divided-by-n",
    "Divides by the number of points.",
    hint="H of a single point is wanted, not its share in the mean: do not divide by n.",
    replace=("[[i_black, i_white]]", "[[i_black, i_white]] / len(X)"),
)
edit(
    "sign",
    "Every component has the opposite sign.",
    hint="The error is y - yt: what the neuron says, minus what is true. Yours is the other way round.",
    replace=("all_gradients", "-all_gradients"),
)
edit(
    "white-first",
    "Puts the white point first.",
    hint="The black point belongs in the first row.",
    replace=("[i_black, i_white]", "[i_white, i_black]"),
)


@mistake(
    "slope-kept",
    "Keeps the factor y(1 - y).",
    hint="y(1 - y) cancels: the gradient is the error times the input, and nothing else.",
)
def slope_kept(params, X, Y, i_black, i_white):
    y = torch.sigmoid(X @ params[:2] + params[2])
    return (y * (1 - y))[[i_black, i_white], None] * point_gradients(params, X, Y, i_black, i_white)


edit(
    "labels-forgotten",
    "Takes the label of the black point as 0 too.",
    hint="For the black point the error is y - 1. Where is its label in your formula?",
    replace=("all_gradients(params, X, Y)", "all_gradients(params, X, torch.zeros_like(Y))"),
)
edit(
    "bias-left-out",
    "Gives the derivatives for the weights only.",
    hint="There are three parameters: the bias has a derivative too.",
    replace=("[[i_black, i_white]]", "[[i_black, i_white], :2]"),
)

edit(
    "rounded",
    "Takes the decision, 0 or 1, instead of the probability.",
    hint="The gradient has the probability: leave it unrounded.",
    of=all_gradients,
    replace=("torch.sigmoid(inputs @ params)", "torch.sigmoid(inputs @ params).round()"),
)
