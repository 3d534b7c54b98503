"""The line on which a neuron's output is p: the sigmoid is one-to-one, so that it is a line of constant z."""

import math

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit


def level_line(w0, w1, b, p):
    z = math.log(p) - math.log1p(-p)
    return -w0 / w1, (z - b) / w1


def as_numbers(line):
    """Slope and intercept as plain floats, whatever kind of number they were."""
    slope, intercept = line
    return float(slope), float(intercept)


@cases("line")
def neurons(rng: Rng):
    yield case(w0=-1.0, w1=-1.0, b=-5.0, p=0.9, label="the lesson's neuron, p = 0.9", rtol=1e-6, canonical=as_numbers)
    yield case(w0=1.0, w1=-2.0, b=5.5, p=0.5, label="the decision boundary", rtol=1e-6, canonical=as_numbers)
    for low, high in ((0.02, 0.2), (0.6, 0.8), (0.9, 0.999)):
        yield case(
            w0=rng.choice([-1, 1]) * rng.uniform(low=0.3, high=4.0),
            w1=rng.choice([-1, 1]) * rng.uniform(low=0.3, high=4.0),
            b=rng.choice([-1, 1]) * rng.uniform(low=1.0, high=8.0),
            p=rng.uniform(low=low, high=high),
            label=f"a neuron drawn at random, p between {low} and {high}",
            rtol=1e-6,
            canonical=as_numbers,
        )


@check("a point of the line gets the probability p")
def on_the_line(got, ref, inputs):
    slope, intercept = as_numbers(got)
    w0, w1, b, p = (inputs[name] for name in ("w0", "w1", "b", "p"))
    x0 = 0.3
    x1 = slope * x0 + intercept
    z = max(-700.0, min(700.0, w0 * x0 + w1 * x1 + b))
    y = 1 / (1 + math.exp(-z))
    if not abs(y - p) <= 1e-5 * max(p, 1 - p):
        return Finding(
            f"The point ({x0}, {x1:.4g}) lies on your line, and the neuron gives it the probability {y:.4g}.",
            expected=f"{p:.4g}",
            got=f"{y:.4g}",
        )
    return None


@alternative
def with_the_odds(w0, w1, b, p):
    odds = p / (1 - p)
    return -w0 / w1, math.log(odds) / w1 - b / w1


@alternative
def with_tensors(w0, w1, b, p):
    z = torch.logit(torch.tensor(p, dtype=torch.float64))
    return (-torch.tensor(w0) / w1).item(), ((z - b) / w1).item()


@alternative
def through_two_points(w0, w1, b, p):
    def height(x0):
        return (-math.log(1 / p - 1) - b - w0 * x0) / w1

    at_zero, at_one = height(0.0), height(1.0)
    return at_one - at_zero, at_zero


@alternative
def in_numpy(w0, w1, b, p):
    import numpy as np

    slope, intercept = np.array([-w0, np.log(p) - np.log(1 - p) - b]) / w1
    return float(slope), float(intercept)


@alternative
def with_the_inverse_hyperbolic_tangent(w0, w1, b, p):
    z = 2 * math.atanh(2 * p - 1)
    return [-(w0 / w1), -(b - z) / w1]


@alternative
def by_solving_a_system(w0, w1, b, p):
    z = math.log(p / (1 - p))
    matrix = torch.tensor([[w1, 0.0], [w1, w1]], dtype=torch.float64)  # the line at x0 = 0 and at x0 = 1
    right = torch.tensor([z - b, z - b - w0], dtype=torch.float64)
    intercept, slope = torch.linalg.solve(matrix, right).tolist()
    return slope, intercept


edit(
    "logit-dropped",
    "Gives the decision boundary, whatever p is.",
    hint="For which z does the sigmoid give p? It is z = 0 only for p = 0.5.",
    replace=("(z - b)", "-b"),
)
edit(
    "intercept-sign",
    "The intercept has the wrong sign.",
    hint="Put x0 = 0 into the equation of the line and solve for x1. Which sign does b get, and the logarithm?",
    replace=("z - b", "b - z"),
)
edit(
    "bias-added",
    "Adds the bias to the logarithm instead of subtracting it.",
    hint="b is on the left of the equation. What happens to its sign when it moves to the right?",
    replace=("z - b", "z + b"),
)
edit(
    "slope-sign",
    "The slope has the wrong sign.",
    hint="Bring the term with x0 to the other side of the equation: does it keep its sign?",
    replace=("-w0 / w1", "w0 / w1"),
)
edit(
    "slope-upside-down",
    "Divides the weights the wrong way round.",
    hint="You solve for x1, so you divide by the factor in front of x1. Which weight is that?",
    replace=("-w0 / w1", "-w1 / w0"),
)
edit(
    "probability-for-z",
    "Takes p itself for the value of z.",
    hint="p is the output of the sigmoid, and z its input. Which z gives S(z) = p?",
    replace=("math.log(p) - math.log1p(-p)", "p"),
)
edit(
    "odds-upside-down",
    "Takes the logarithm of (1 - p) / p.",
    hint="For p near 1 the number z must be large and positive. Is your logarithm?",
    replace=("math.log(p) - math.log1p(-p)", "math.log((1 - p) / p)"),
)
edit(
    "logarithm-of-p",
    "Takes the logarithm of p alone.",
    hint="Solve S(z) = p step by step: first 1 + exp(-z) = 1/p. What is exp(-z)?",
    replace=(" - math.log1p(-p)", ""),
)
edit(
    "sigmoid-applied",
    "Applies the sigmoid where its inverse belongs.",
    hint="The sigmoid makes a probability of z. You have the probability and need z: that is the way back.",
    replace=("math.log(p) - math.log1p(-p)", "1 / (1 + math.exp(-p))"),
)
edit(
    "intercept-not-divided",
    "Does not divide the intercept by w1.",
    hint="The whole right-hand side is divided by w1, not just the slope.",
    replace=("(z - b) / w1", "z - b"),
)
edit(
    "base-ten",
    "Takes the logarithm to base ten.",
    hint="The sigmoid is built on e. So its inverse needs the natural logarithm, `math.log`.",
    replace=("math.log(p) - math.log1p(-p)", "math.log10(p / (1 - p))"),
)
edit(
    "the-wrong-way-round",
    "Returns the intercept first.",
    hint="Both numbers are right. Return the slope first and then the intercept.",
    replace=("-w0 / w1, (z - b) / w1", "(z - b) / w1, -w0 / w1"),
)
