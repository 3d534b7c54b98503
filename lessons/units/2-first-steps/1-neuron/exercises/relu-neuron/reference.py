"""ReLU as an activation, and a model that squeezes it into [0, 1]: judged by what is true of any such model."""

import numpy as np
import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake, script

EPS = 1e-6


def relu(x):
    return torch.clamp(x, min=0)


def model(params, X):
    return inside(1 - torch.exp(-rectified(params, X)))


def rectified(params, X):
    return torch.clamp(X @ params[:2] + params[2], min=0)


def inside(y):
    return y.clamp(EPS, 1 - EPS)


def blobs():
    """The hundred points of the lesson as scikit-learn's make_blobs draws them, without waiting for its import."""
    draw = np.random.RandomState(1)
    centers = draw.uniform(-10, 10, size=(2, 2))
    points = np.concatenate([draw.normal(center, 1.0, size=(50, 2)) for center in centers])
    order = np.arange(100)
    draw.shuffle(order)
    return torch.tensor(points[order]), torch.tensor(order >= 50)


X, BLACK = blobs()
GOOD = torch.tensor([-1.0, -1.0, -5.0], dtype=torch.float64)
START = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
FAR = torch.tensor([-1000.0, 1000.0], dtype=torch.float64)
PLAIN = torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64)
"""Parameters with which z is the first coordinate."""


@cases("graph")
def numbers(rng: Rng):
    yield case(x=torch.linspace(-10, 10, 201), label="from -10 to 10, as drawn", observe=("unchanged_inputs",))
    yield case(x=rng.normal(3, 5), label="a matrix", observe=("unchanged_inputs",))
    yield case(x=torch.tensor([-2.5, 0.0, 3.0, -0.0], dtype=torch.float64), label="with a zero")
    yield case(x=rng.uniform(7, low=-3.0, high=-1.0), label="all negative")
    yield case(x=torch.tensor(2.0), label="a single number")


@cases("repaired")
def neurons(rng: Rng):
    grid = torch.linspace(-5, 5, 101, dtype=torch.float64)
    params = rng.uniform(3, low=0.5, high=2.0, dtype=torch.float64)
    points = rng.normal(47, 2, dtype=torch.float64) * 2
    z = points @ params[:2] + params[2]
    middle = z.argsort()[5:30]  # without the largest and the smallest, by which one could divide
    s = script("your model", weight=0, grid=grid, middle=middle)
    s.call("model", PLAIN, along(grid), label="grid", compare=False)
    s.call("model", params, points, label="random", compare=False)
    s.call("model", params, points[middle], label="part", compare=False)
    s.call("model", PLAIN, along(z), label="same z", compare=False)
    s.call("model", PLAIN, along(FAR), label="far", compare=False)
    s.call("model", GOOD, X, label="good", compare=False)
    start = s.call("model", START, X, label="start", wrt=[0], compare=False)
    s.backward(of=s.method(start, "sum", label="sum", compare=False))  # without a cotangent: that imports sympy
    s.grads(start, label="slopes", compare=False)
    yield s


def along(z):
    """Points whose first coordinates are z."""
    return torch.stack([z, torch.zeros_like(z)], 1)


OUTPUTS = ("grid", "random", "part", "same z", "far", "good", "start")


def outside(got):
    """The first output that is no probability, None where all are."""
    for name in OUTPUTS:
        wrong = got[name][~((got[name] >= -1e-9) & (got[name] <= 1 + 1e-9))]
        if len(wrong):
            return wrong[0].item()
    return None


def infinite(got):
    """How many costs are not finite at the bad parameters or at the good ones."""
    cost = [-torch.log(torch.where(BLACK, got[name], 1 - got[name])) for name in ("good", "start")]
    return int((~torch.isfinite(torch.stack(cost))).sum())


def is_the_sigmoid(got, inputs):
    """Whether it is the sigmoid of a z + c for some a and c: then the logit of the output is a straight line over z."""
    y, z = got["grid"].double(), inputs["grid"]
    inside = (y > 1e-3) & (y < 1 - 1e-3)
    if inside.sum() < 10 or y[inside].max() - y[inside].min() < 0.05:
        return False
    line = torch.stack([z[inside], torch.ones_like(z[inside])], 1)
    logit = torch.logit(y[inside])[:, None]
    off = logit - line @ torch.linalg.lstsq(line, logit).solution
    # where the output is clipped, or rises on one side of 0 only, the line ends and is none
    return bool(off.abs().max() <= 0.05) and bool(inside[z.abs() < 1].all())


def right(got):
    return int(((got["good"] > 0.5) == BLACK).sum())


def alone(got, inputs):
    return torch.allclose(got["random"][inputs["middle"]].double(), got["part"].double(), atol=1e-6)


def flat(got):
    slopes = got["slopes"][0] if got["slopes"] else None
    return slopes is None or not bool((slopes.abs() > 1e-9).any())


def steps(got):
    """Whether the output takes a few values only."""
    return len(got["grid"].unique()) < 10


def falling(got):
    return bool((got["grid"].diff() < -1e-9).any())


@check("a number for each point", part="repaired")
def sizes(got, ref, inputs):
    for name in OUTPUTS:
        if not isinstance(got[name], torch.Tensor) or got[name].shape != ref[name].shape:
            shape = tuple(got[name].shape) if isinstance(got[name], torch.Tensor) else type(got[name]).__name__
            return Finding(
                "The result must be a tensor with one number for each point.",
                name="other-shape",
                expected=str(tuple(ref[name].shape)),
                got=str(shape),
            )
    return None


@check("between 0 and 1", part="repaired")
def between(got, ref, inputs):
    wrong = outside(got)
    return None if wrong is None else Finding("An output is not a probability.", "outside", got=f"{wrong:.4g}")


@check("never falls as z grows", part="repaired")
def monotone(got, ref, inputs):
    return Finding("Somewhere the output falls while z grows.", "falls") if falling(got) else None


@check("depends on the z of its own point", part="repaired")
def own_z(got, ref, inputs):
    if not alone(got, inputs):
        return Finding("A point's output changed when other points were left out.", "not-alone")
    if not torch.allclose(got["random"].double(), got["same z"].double(), atol=1e-6):
        return Finding("Two points with the same z got different outputs.", "not-z")
    return None


def unsure(got):
    """Whether far from the line, on either side, the output is not near 0 or 1."""
    white, black = got["far"].tolist()
    return not (white < 0.1 and black > 0.9)


@check("sure of itself far from the line", part="repaired")
def far_away(got, ref, inputs):
    if not unsure(got):
        return None
    white, black = got["far"].tolist()
    return Finding(
        f"It gives {white:.3g} for z = -1000, and {black:.3g} for z = 1000.",
        "unsure",
        expected="below 0.1, and above 0.9",
        hint="To a white point far from the line, something that can be read as the probability of black is close to 0.",
    )


@check("at least 95 points are right", part="repaired")
def accuracy(got, ref, inputs):
    count = right(got)
    if count < 95:
        return Finding(f"With w = (-1, -1) and b = -5 it gets {count} of 100 points right.", "inaccurate")
    return None


@check("finite costs", part="repaired")
def costs(got, ref, inputs):
    count = infinite(got)
    if count:
        return Finding(
            f"{count} of 200 costs are infinite or undefined.",
            "infinite-cost",
            hint="Where the output is exactly 0 or 1, the cost may need the logarithm of 0. How can that be avoided?",
        )
    return None


@check("something to learn from", part="repaired")
def slopes(got, ref, inputs):
    return Finding("At the bad parameters the gradient is 0.", "flat") if flat(got) else None


@check("not the sigmoid", part="repaired")
def another(got, ref, inputs):
    return Finding("On the grid this is a sigmoid of a z + c.", "sigmoid") if is_the_sigmoid(got, inputs) else None


# --- the graph ----------------------------------------------------------------------------------------------------


@alternative(part="graph")
def torch_relu(x):
    return torch.relu(x)


@alternative(part="graph")
def where(x):
    return torch.where(x < 0, torch.zeros_like(x), x)


@alternative(part="graph")
def with_the_absolute_value(x):
    return (x + x.abs()) / 2


@alternative(part="graph")
def with_a_mask(x):
    y = x.clone()
    y[y < 0] = 0
    return y


@alternative(part="graph")
def times_a_mask(x):
    return x * (x > 0)


@alternative(part="graph")
def larger_of_two(x):
    return torch.maximum(x, torch.tensor(0.0, dtype=x.dtype))


@mistake(
    "python-max",
    "Uses Python's max on a tensor.",
    hint="`max(0, x)` decides once for the whole tensor. Use an element-wise function: `clamp`, `where`, `relu`.",
    part="graph",
    when=lambda got, ref, inputs: "Boolean value of Tensor" in inputs["raised"],
)
def python_max(x):
    return max(0, x)


@mistake(
    "absolute-value",
    "Takes the absolute value.",
    hint="For -3 the result must be 0, not 3.",
    part="graph",
)
def absolute_value(x):
    return x.abs()


@mistake(
    "step",
    "Gives 1 for all positive numbers.",
    hint="For x > 0 the result is x itself. You return whether it is positive.",
    part="graph",
)
def step(x):
    return (x > 0).to(x.dtype)


edit(
    "other-half",
    "Keeps the negative half.",
    hint="It is the negative numbers that become 0, and the positive ones that stay.",
    part="graph",
    replace=("min=0", "max=0"),
)
edit(
    "cut-at-one",
    "Cuts off above 1 too.",
    hint="ReLU is not bounded above: for x = 8 it is 8.",
    part="graph",
    replace=("min=0", "min=0, max=1"),
)
edit(
    "leaky",
    "Lets a little of the negative numbers through.",
    hint="Below 0 the result is exactly 0.",
    part="graph",
    of=where,
    replace=("torch.zeros_like(x)", "0.01 * x"),
)


@mistake(
    "input-changed",
    "Changes its input.",
    hint="The values are right, but your function has written them into its argument. Work on a copy: `x.clone()`.",
    part="graph",
)
def input_changed(x):
    x[x < 0] = 0
    return x


# --- the model ----------------------------------------------------------------------------------------------------


@alternative(part="repaired")
def a_quotient(params, X):
    r = rectified(params, X)
    return inside(r / (1 + r))


@alternative(part="repaired")
def two_rectified_terms(params, X):
    z = X @ params[:2] + params[2]
    up, down = torch.relu(z + 1), torch.relu(1 - z)
    return inside(up / (up + down))


@alternative(part="repaired")
def clipped(params, X):
    w0, w1, b = params
    return relu(w0 * X[:, 0] + w1 * X[:, 1] + b).clamp(min=1e-4, max=0.9999)


@alternative(part="repaired")
def hyperbolic_tangent(params, X):
    y = torch.tanh(rectified(params, X))
    return 0.999 * y + 0.0005


@alternative(part="repaired")
def a_ramp(params, X):
    z = (X * params[:2]).sum(1) + params[2]
    return inside(torch.minimum(torch.relu(z + 3), torch.tensor(6.0, dtype=z.dtype)) / 6)


@alternative(part="repaired")
def squares(params, X):
    with_ones = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    r = torch.relu(with_ones @ params) ** 2
    return (r + 0.001) / (1 + r + 0.002)


@mistake(
    "sigmoid-again",
    "Is the sigmoid.",
    hint="This is the sigmoid, or a function equal to it. Keep the ReLU and change something else.",
    part="repaired",
    when=lambda got, ref, inputs: is_the_sigmoid(got, inputs),
)
def sigmoid_again(params, X):
    z = X @ params[:2] + params[2]
    return 1 - torch.exp(-torch.nn.functional.softplus(z))


@mistake(
    "no-gradient",
    "Has no gradient: it is a step function.",
    hint="A step is flat on both sides: no gradient reaches the parameters. Let the output rise over a range of z.",
    part="repaired",
    when=lambda got, ref, inputs: flat(got) and steps(got) and (not inputs["raised"] or "grad" in inputs["raised"]),
)
def no_gradient(params, X):
    return torch.where(X @ params[:2] + params[2] > 0, 0.99, 0.01).double()


edit(
    "batch-maximum",
    "Makes the output depend on the other points, as a division by the largest value does.",
    hint="The output for a point must not depend on which other points are there. Look for a function of its own z.",
    part="repaired",
    of=a_quotient,
    replace=("(1 + r)", "r.max()"),
    when=lambda got, ref, inputs: not alone(got, inputs),
)


@mistake(
    "not-bounded",
    "Gives numbers above 1, or below 0.",
    hint="An output is not a probability. What turns everything that ReLU can give into numbers between 0 and 1?",
    part="repaired",
    when=lambda got, ref, inputs: outside(got) is not None,
)
def not_bounded(params, X):
    return rectified(params, X)


edit(
    "upside-down",
    "Falls as z grows.",
    hint="A large z means black, an output near 1. Yours goes the other way.",
    part="repaired",
    replace=("1 - torch.exp", "torch.exp"),
    when=lambda got, ref, inputs: falling(got),
)
edit(
    "exactly-zero",
    "Reaches 0 or 1 exactly.",
    hint="Try the logarithm at exactly 0. `clamp` with a small number keeps the output away from 0, and from 1.",
    part="repaired",
    replace=("inside(1 - torch.exp(-rectified(params, X)))", "1 - torch.exp(-rectified(params, X))"),
    when=lambda got, ref, inputs: infinite(got) > 0,
)
@mistake(
    "never-below-one-half",
    "Never gives less than one half.",
    hint="sigmoid(0) is 0.5, and ReLU is never negative. What should a white point far from the line get?",
    part="repaired",
    when=lambda got, ref, inputs: bool((got["grid"] >= 0.4999).all()),
)
def never_below_one_half(params, X):
    return torch.sigmoid(rectified(params, X))


edit(
    "bias-forgotten",
    "Leaves out the bias.",
    hint="z has three terms: both weights times their coordinates, and the bias.",
    part="repaired",
    replace=("rectified(params, X)", "torch.relu(X @ params[:2])"),
)


edit(
    "exponential-below-zero",
    "Bends the negative numbers instead of replacing them by 0.",
    hint="Below 0 the result is exactly 0. Yours is ELU, a smooth relative.",
    part="graph",
    of=where,
    replace=("torch.zeros_like(x)", "torch.exp(x) - 1"),
)
