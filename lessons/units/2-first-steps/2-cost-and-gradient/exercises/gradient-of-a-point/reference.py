"""The gradient of one point's cross entropy: error times input, because the slope of the sigmoid cancels."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, gradient, mistake


def grad_H(w0, w1, b, x0, x1, yt):
    error = output(w0, w1, b, x0, x1) - yt
    return torch.stack([error * x0, error * x1, error])


def output(w0, w1, b, x0, x1):
    return torch.sigmoid(w0 * x0 + w1 * x1 + b)


def contribution(params, x, yt):
    y = torch.sigmoid(params[0] * x[0] + params[1] * x[1] + params[2])
    return -(yt * torch.log(y) + (1 - yt) * torch.log(1 - y))


@cases("formula")
def points(rng: Rng):
    for yt, colour in ((1.0, "black"), (0.0, "white")):
        for number in range(3):
            params, x = (rng.normal(size, dtype=torch.float64) for size in (3, 2))
            yt_ = torch.tensor(yt, dtype=torch.float64)
            yield case(
                w0=params[0],
                w1=params[1],
                b=params[2],
                x0=x[0],
                x1=x[1],
                yt=yt_,
                label=f"a {colour} point, number {number + 1}",
                rtol=1e-8,
                gradient=gradient(contribution, {"params": params}, fixed={"x": x, "yt": yt_}),
            )


@alternative
def by_the_chain_rule(w0, w1, b, x0, x1, yt):
    z = w0 * x0 + w1 * x1 + b
    y = 1 / (1 + torch.exp(-z))
    dH_dy = -(yt - y) / (y - y**2)
    dy_dz = torch.exp(-z) / (1 + torch.exp(-z)) ** 2
    return torch.stack([dH_dy * dy_dz * x0, dH_dy * dy_dz * x1, dH_dy * dy_dz])


@alternative
def both_terms(w0, w1, b, x0, x1, yt):
    y = output(w0, w1, b, x0, x1)
    slope = (-yt / y + (1 - yt) / (1 - y)) * y * (1 - y)
    return slope * torch.stack([x0, x1, torch.tensor(1.0, dtype=torch.float64)])


@alternative
def by_colour(w0, w1, b, x0, x1, yt):
    z = w0 * x0 + w1 * x1 + b
    error = -torch.sigmoid(-z) if yt == 1 else torch.sigmoid(z)
    return torch.tensor([error * x0, error * x1, error], dtype=torch.float64)


@alternative
def in_python_numbers(w0, w1, b, x0, x1, yt):
    import math

    w0, w1, b, x0, x1, yt = (one.item() for one in (w0, w1, b, x0, x1, yt))
    y = 1 / (1 + math.exp(-w0 * x0 - w1 * x1 - b))
    return torch.tensor([(y - yt) * factor for factor in (x0, x1, 1)], dtype=torch.float64)


@alternative
def with_vectors(w0, w1, b, x0, x1, yt):
    w, x = torch.stack([w0, w1]), torch.stack([x0, x1])
    error = torch.sigmoid(w @ x + b) - yt
    return torch.cat([error * x, error.reshape(1)])


@mistake(
    "sign",
    "Every derivative has the opposite sign.",
    hint="Increase b for a black point with y = 0.2: should H rise or fall?",
)
def sign(w0, w1, b, x0, x1, yt):
    return -grad_H(w0, w1, b, x0, x1, yt)


@mistake(
    "slope-kept",
    "Keeps the factor y(1 - y), as the squared error would.",
    hint="y(1 - y) is left over. Look at dH/dy: it is both in the numerator and the denominator.",
)
def slope_kept(w0, w1, b, x0, x1, yt):
    y = output(w0, w1, b, x0, x1)
    return y * (1 - y) * grad_H(w0, w1, b, x0, x1, yt)


@mistake(
    "slope-missing",
    "Leaves out the slope of the sigmoid.",
    hint="You went from H to y and from z to the weights. The step between is missing: dy/dz.",
)
def slope_missing(w0, w1, b, x0, x1, yt):
    y = output(w0, w1, b, x0, x1)
    return grad_H(w0, w1, b, x0, x1, yt) / (y - y**2)


edit(
    "one-term-only",
    "Differentiates the term of black points only.",
    hint="The second term of H is for white points. What is the derivative of -(1 - yt) log(1 - y)?",
    replace=("output(w0, w1, b, x0, x1) - yt", "-yt * (1 - output(w0, w1, b, x0, x1))"),
)


@mistake(
    "second-term-sign",
    "Gives the second term of dH/dy the wrong sign.",
    hint="The derivative of log(1 - y) is -1 / (1 - y): the inner derivative is -1.",
)
def second_term_sign(w0, w1, b, x0, x1, yt):
    y = output(w0, w1, b, x0, x1)
    slope = -(yt / y + (1 - yt) / (1 - y)) * y * (1 - y)
    return torch.stack([slope * x0, slope * x1, slope])


edit(
    "bias-times-itself",
    "Multiplies the last component by b.",
    hint="z = w0 x0 + w1 x1 + b. What is b multiplied by there?",
    replace=("error * x1, error", "error * x1, error * b"),
)
edit(
    "weights-for-inputs",
    "Multiplies by the weights instead of the inputs.",
    hint="dz/dw0 is what multiplies w0 in z. Is that a weight or a coordinate?",
    replace=("error * x0, error * x1", "error * w0, error * w1"),
)


@mistake(
    "bias-first",
    "Returns the derivative for the bias first.",
    hint="The order is w0, w1, b. Yours begins with b.",
)
def bias_first(w0, w1, b, x0, x1, yt):
    return grad_H(w0, w1, b, x0, x1, yt).roll(1)


@mistake(
    "label-left-out",
    "Leaves the label out.",
    hint="y by itself is not an error. What should the output have been?",
)
def label_left_out(w0, w1, b, x0, x1, yt):
    y = output(w0, w1, b, x0, x1)
    return torch.stack([y * x0, y * x1, y])
