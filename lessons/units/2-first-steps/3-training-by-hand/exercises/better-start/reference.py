"""A better start: whatever the learner proposes is trained here, with the formulas of the lesson."""

import math

import numpy as np
import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, script


def my_init():
    return -1.0, -1.0, -5.0


def blobs():
    """The hundred points of the lesson as scikit-learn's make_blobs draws them, without waiting for its import."""
    draw = np.random.RandomState(1)
    centers = draw.uniform(-10, 10, size=(2, 2))
    points = np.concatenate([draw.normal(center, 1.0, size=(50, 2)) for center in centers])
    order = np.arange(100)
    draw.shuffle(order)
    return torch.tensor(points[order]), torch.tensor(order >= 50)


X, BLACK = blobs()
INPUTS = torch.cat([X, torch.ones(100, 1, dtype=X.dtype)], dim=1)
Y = BLACK.double()
SIDE = 2 * Y - 1


def cost(params):
    """The cost by the formula of the lesson: nan where a sigmoid is saturated."""
    y = torch.sigmoid(INPUTS @ params)
    return -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean().item()


def trained(params):
    for _ in range(1000):
        params = params - 0.1 * (INPUTS.T @ (torch.sigmoid(INPUTS @ params) - Y)) / 100
    return params


def distances(params):
    """Of all points from the line, negative on the wrong side."""
    return SIDE * (INPUTS @ params) / params[:2].norm()


def params_of(got):
    """The proposed parameters, None where they are not three numbers."""
    try:
        params = torch.tensor([float(one) for one in got["start"]], dtype=torch.float64)
    except (TypeError, ValueError):
        return None
    return params if len(params) == 3 and bool(torch.isfinite(params).all()) else None


@cases("start")
def once(rng: Rng):
    s = script("your start", weight=0)
    s.call("my_init", label="start", compare=False)
    yield s


@check("three finite numbers")
def form(got, ref, inputs):
    return None if params_of(got) is not None else Finding("Three finite numbers are expected: w0, w1 and b.", "form")


@check("starts with a lower cost")
def starts(got, ref, inputs):
    params = params_of(got)
    if params is None:
        return Finding("This can only be said of three numbers.")
    first = cost(params)
    if math.isnan(first):
        return Finding("The cost of your start is nan by the formula of the lesson.", "saturated")
    if not first < 0.8287:
        return Finding(
            "Your start is no better than the lesson's.",
            "bad-start",
            expected="a cost of less than 0.8288",
            got=f"{first:.4g}",
            hint="Draw the line of your start over the points. Does it part the clouds, and is z positive for black?",
        )
    return None


@check("ends with a lower cost, and all points right")
def ends(got, ref, inputs):
    params = params_of(got)
    if params is None:
        return Finding("This can only be said of three numbers.")
    params = trained(params)
    last = cost(params)
    right = int((distances(params) > 0).sum())
    if not last < 0.001751:
        return Finding(
            "The cost at the end is not lower.",
            "ends-high",
            expected="less than 0.001752",
            got=f"{last:.4g}",
            hint="A start that is nearly right saves the steps that the lesson spent on turning the line.",
        )
    if right < 100:
        return Finding(f"At the end {right} of 100 points are right.", "ends-wrong")
    return None


@check("the nearest white point is farther away")
def farther(got, ref, inputs):
    params = params_of(got)
    if params is None:
        return Finding("This can only be said of three numbers.")
    w0, w1, b = params = trained(params)
    nearest = distances(params)[~BLACK].min().item()
    if not nearest > 0.765:
        line = f"x1 = {-w0 / w1:.2f} x0 + {-b / w1:.2f}" if w1 != 0 else f"x0 = {-b / w0:.2f}"
        return Finding(
            f"The line ends up at {line}, and the nearest white point is {nearest:.2f} away.",
            "too-near",
            expected="more than 0.76",
            got=f"{nearest:.2f}",
            hint="The line hardly turns once all points are right. Begin with one that runs between the clouds.",
        )
    return None


@alternative
def nothing():
    return 0.0, 0.0, 0.0


@alternative
def a_gentler_line():
    return [-0.5, -1.0, -3.0]


@alternative
def between_the_centres():
    white, black = X[~BLACK].mean(0), X[BLACK].mean(0)
    w = (black - white) / 20
    return float(w[0]), float(w[1]), float(-w @ (white + black) / 2)


@alternative
def half_as_sure():
    return torch.tensor([-0.5, -0.5, -2.5])


@alternative
def a_vertical_line():
    return -1, 0, -5


def white_side_up(got):
    params = params_of(got)
    return params is not None and bool((distances(params) < 0).float().mean() > 0.8)


edit(
    "reversed",
    "The line is right, but black is on the wrong side.",
    hint="The line is right, but which side is black? Put a black point into your neuron: its z must be positive.",
    replace=("-1.0, -1.0, -5.0", "1.0, 1.0, 5.0"),
    when=lambda got, ref, inputs: white_side_up(got),
)
edit(
    "saturated",
    "The weights are so large that the sigmoid is saturated.",
    hint="A saturated sigmoid has no gradient, and the same would happen if the line were wrong. Take smaller weights.",
    replace=("-1.0, -1.0, -5.0", "-8.0, -8.0, -45.0"),
    when=lambda got, ref, inputs: math.isnan(cost(params_of(got))),
)
edit(
    "the-same-start",
    "Is the start of the lesson.",
    hint="That is where the lesson began. Which line would you draw between the clouds?",
    replace=("-1.0, -1.0, -5.0", "1.0, -1.0, 5.5"),
    when=lambda got, ref, inputs: bool((params_of(got) - torch.tensor([1.0, -1.0, 5.5])).abs().max() < 0.05),
)
