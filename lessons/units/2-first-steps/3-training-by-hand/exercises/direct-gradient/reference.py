"""The gradient of the cost from the errors alone, and its time beside that of the factors."""

import math
import timeit

import torch

from grader.spec import (
    Finding,
    Rng,
    alternative,
    case,
    cases,
    check,
    edit,
    edit_alternative,
    measured,
    mistake,
    operations,
    script,
)


def calc_grad_direct(params, X, Y):
    error = errors(params, X, Y)
    return torch.cat([X.T @ error, error.sum().reshape(1)]) / len(X)


def errors(params, X, Y):
    return torch.sigmoid(X @ params[:2] + params[2]) - Y


def by_factors(params, X, Y):
    z = X @ params[:2] + params[2]
    y = 1 / (1 + torch.exp(-z))
    common = -(Y - y) / (y - y**2) * (torch.exp(-z) / (1 + torch.exp(-z)) ** 2)
    return torch.stack([common * X[:, 0], common * X[:, 1], common], dim=1).mean(0)


def time_both(params, X, Y):
    return {
        name: min(timeit.repeat(lambda f=f: f(params, X, Y), number=5, repeat=3)) / 5
        for name, f in (("factors", by_factors), ("direct", calc_grad_direct))
    }


def cost(params, X, Y):
    z = X @ params[:2] + params[2]
    return (torch.nn.functional.softplus(z) - Y * z).mean()


START = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)


def clouds(rng, n):
    """Points around the two centres of the lesson, and their labels."""
    Y = rng.integers(0, 2, n)
    Y[:2] = torch.tensor([0, 1])
    middle = torch.tensor([[-1.56, 4.43], [-9.68, -3.97]], dtype=torch.float64)
    return middle[Y] + rng.normal(n, 2, dtype=torch.float64), Y


@cases("direct")
def points(rng: Rng):
    X, Y = clouds(rng, 100)
    yield case(params=START, X=X, Y=Y, label="a hundred points, the start of the lesson")
    for n in (7, 31):
        yield case(
            params=rng.normal(3, dtype=torch.float64),
            X=rng.normal(n, 2, dtype=torch.float64),
            Y=rng.integers(0, 2, n),
            label=f"{n} points, parameters drawn at random",
        )
    far = torch.tensor([[1.0, 0.5], [1.0, -0.5], [-1.0, 0.2], [-1.0, 2.0], [0.01, 0.3]], dtype=torch.float64)
    params = torch.tensor([60.0, 0.0, 0.0], dtype=torch.float64)
    Y = torch.tensor([1, 0, 0, 1, 1])
    yield case(params=params, X=far, Y=Y, label="points with z = 60 and z = -60")
    params = torch.tensor([1000.0, 0.0, 0.0], dtype=torch.float64)
    yield case(params=params, X=far, Y=Y, label="points with z = 1000 and z = -1000")


@check("agrees with autograd", part="direct")
def autograd(got, ref, inputs):
    params = inputs["params"].clone().requires_grad_()
    (right,) = torch.autograd.grad(cost(params, inputs["X"], inputs["Y"]), params)
    if not torch.allclose(got, right, rtol=1e-8, atol=1e-10):
        return Finding("Autograd finds a different gradient for the cross entropy.")
    return None


@cases("timing")
def runs(rng: Rng):
    # to return something earns nothing (weight=0); what is returned is for the checks
    s = script("two runs", weight=0)
    for n, label in ((100, "first"), (70, "second")):
        s.call("time_both", START, *clouds(rng, n), label=label, compare=False)
    # three points with z between 24 and 26: whoever divides by y - y² divides by less than 1e-9, and is held up
    X = torch.stack([rng.uniform(3, low=24.0, high=26.0, dtype=torch.float64), torch.ones(3, dtype=torch.float64)], 1)
    params = torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64)
    s.call("time_both", params, X, torch.tensor([1, 0, 1]), label=COUNTED, observe=("held_up",), compare=False)
    yield s


COUNTED = "three points"
HELD = 0.002
"""Seconds for which every division by less than 1e-9 is held up."""


@check("two positive numbers", part="timing")
def form(got, ref, inputs):
    for value in got.values():
        if not isinstance(value, dict) or set(value) != {"factors", "direct"}:
            names = ", ".join(sorted(map(str, value))) if isinstance(value, dict) else type(value).__name__
            return Finding("A dict with two names is expected.", name="no-dict", expected="factors, direct", got=names)
        for name, number in value.items():
            if type(number) not in (int, float) or not (math.isfinite(number) and number > 0):
                return Finding(f"`{name}` is no positive Python number.", name="no-number")
    return None


@check("measured anew in each run", part="timing", observation=True)
def anew(got, ref, inputs):
    return Finding("Two runs took the same time to the last digit.", "not-measured") if repeated(got) else None


def repeated(got):
    """Whether both times are the same numbers in both runs; one alone may be, by chance, on a clock with coarse ticks."""
    return all(got["first"][name] == got["second"][name] for name in ("factors", "direct"))


@check("the seconds fit into the call that measured them", part="timing", observation=True)
def as_seen_from_outside(got, ref, inputs):
    return next(filter(None, (measured(times, inputs["seconds"][run]) for run, times in got.items())), None)


def divisions(inputs):
    """How often something was divided by less than 1e-9: the version with the factors does so, the other never."""
    return operations(inputs["observed"][COUNTED]["held_up"], "division by nearly 0")


def outputs(inputs, size):
    """How many sigmoids or exponentials of so many numbers were computed."""
    work = inputs["observed"][COUNTED]["held_up"]
    return operations(
        work, "sigmoid", "special_expit", "exp", "tanh", where=lambda shapes: math.prod(shapes[0]) == size
    )


def both_ways(inputs):
    """Whether one version went point by point, and the other took all points at once."""
    return outputs(inputs, 3) > 0 and outputs(inputs, 1) >= 3


def swapped(got, inputs):
    """Whether what was held up is not in the time that it should be in. Nothing is faster than it was held up."""
    all_held = not operations(inputs["observed"][COUNTED]["held_up"], "not all held up", where=lambda shapes: True)
    times = got[COUNTED]
    return divisions(inputs) > 0 and all_held and times["factors"] < HELD <= times["direct"]


@check("both versions are measured, each under its own name", part="timing", observation=True)
def each_under_its_name(got, ref, inputs):
    if outputs(inputs, 1) + outputs(inputs, 3) and not divisions(inputs):
        return Finding("Nothing was divided by y - y²: the version with the factors was not run.", "factors-not-run")
    if both_ways(inputs):
        return Finding("One version goes point by point, and the other takes all points at once.", "different-ways")
    if swapped(got, inputs):
        return Finding("The time of the version that divides by y - y² stands under `direct`.", "names-swapped")
    return None


# --- the gradient -------------------------------------------------------------------------------------------------


@alternative(part="direct")
def three_means(params, X, Y):
    w0, w1, b = params
    error = torch.sigmoid(w0 * X[:, 0] + w1 * X[:, 1] + b) - Y
    return torch.stack([(error * X[:, 0]).mean(), (error * X[:, 1]).mean(), error.mean()])


@alternative(part="direct")
def point_by_point(params, X, Y):
    rows = torch.empty(len(X), 3, dtype=torch.float64)
    for i in range(len(X)):
        x0, x1 = X[i]
        error = 1 / (1 + torch.exp(-(params[0] * x0 + params[1] * x1 + params[2]))) - Y[i]
        rows[i] = torch.stack([error * x0, error * x1, error])
    return rows.mean(0)


@alternative(part="direct")
def with_a_column_of_ones(params, X, Y):
    inputs = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    return (inputs.T @ (torch.sigmoid(inputs @ params) - Y)) / len(Y)


@alternative(part="direct")
def by_broadcasting(params, X, Y):
    inputs = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    error = torch.sigmoid((inputs * params).sum(1)) - Y.double()
    return (error[:, None] * inputs).mean(dim=0)


@alternative(part="direct")
def by_einsum(params, X, Y):
    error = torch.special.expit(torch.einsum("nk,k->n", X, params[:2]) + params[2]) - Y
    weights = torch.einsum("n,nk->k", error, X) / len(X)
    return torch.hstack([weights, error.mean()])


@alternative(part="direct")
def with_python_numbers(params, X, Y):
    w0, w1, b = params.tolist()
    total = [0.0, 0.0, 0.0]
    for (x0, x1), yt in zip(X.tolist(), Y.tolist(), strict=True):
        error = (1 + math.tanh((w0 * x0 + w1 * x1 + b) / 2)) / 2 - yt
        total = [total[0] + error * x0, total[1] + error * x1, total[2] + error]
    return torch.tensor(total, dtype=torch.float64) / len(X)


@mistake(
    "factors-kept",
    "Still divides by y - y².",
    hint="For z = 60 the output y is rounded to 1, and you divide 0 by 0. Cancel y(1 - y) on paper first.",
    part="direct",
)
def factors_kept(params, X, Y):
    return by_factors(params, X, Y)


@mistake(
    "slope-kept",
    "Keeps the factor y(1 - y).",
    hint="y(1 - y) is still there. It is both above and below the line: what is left is y - yt.",
    part="direct",
)
def slope_kept(params, X, Y):
    y = torch.sigmoid(X @ params[:2] + params[2])
    error = (y - Y) * y * (1 - y)
    return torch.cat([X.T @ error, error.sum().reshape(1)]) / len(X)


edit(
    "summed",
    "Adds the gradients of the points instead of averaging them.",
    hint="Your result is n times too large: C is the mean of the contributions, not their sum.",
    part="direct",
    replace=(" / len(X)", ""),
)
edit(
    "averaged-twice",
    "Averages twice.",
    hint="Your result is n times too small. Where is the second mean, or the second division by n?",
    part="direct",
    replace=("/ len(X)", "/ len(X) ** 2"),
)


@mistake(
    "sign",
    "Every component has the opposite sign.",
    hint="The error is y - yt: what the neuron says, minus what is true. Yours is the other way round.",
    part="direct",
)
def sign(params, X, Y):
    return -calc_grad_direct(params, X, Y)


@mistake(
    "means-multiplied",
    "Multiplies the mean error by the mean coordinates.",
    hint="Each point's error belongs to its own coordinates. Multiply first, and take the mean of the products.",
    part="direct",
)
def means_multiplied(params, X, Y):
    error = errors(params, X, Y).mean()
    return torch.cat([error * X.mean(0), error.reshape(1)])


@mistake(
    "bias-first",
    "Returns the derivative for the bias first.",
    hint="The order is w0, w1, b, as in params. Yours begins with b.",
    part="direct",
)
def bias_first(params, X, Y):
    return calc_grad_direct(params, X, Y).roll(1)


edit(
    "bias-not-averaged",
    "Adds the errors for the bias instead of averaging them.",
    hint="The first two components are right. The third is a mean as well.",
    part="direct",
    replace=(
        "torch.cat([X.T @ error, error.sum().reshape(1)]) / len(X)",
        "torch.cat([X.T @ error / len(X), error.sum().reshape(1)])",
    ),
)


@mistake(
    "exp-overflows",
    "Computes the sigmoid as a quotient of exponentials, which overflow.",
    hint="For z = 1000 it is infinity by infinity. `torch.sigmoid`, or 1 / (1 + exp(-z)), has no such quotient.",
    part="direct",
)
def exp_overflows(params, X, Y):
    e = torch.exp(X @ params[:2] + params[2])
    error = e / (1 + e) - Y
    return torch.cat([X.T @ error, error.sum().reshape(1)]) / len(X)


# --- the times ----------------------------------------------------------------------------------------------------


def each_by_factors(params, X, Y):
    """Point by point, as in the demo of the first gradient."""
    total = torch.zeros(3, dtype=torch.float64)
    for x, yt in zip(X, Y, strict=True):
        z = params[0] * x[0] + params[1] * x[1] + params[2]
        y = 1 / (1 + torch.exp(-z))
        common = -(yt - y) / (y - y**2) * (torch.exp(-z) / (1 + torch.exp(-z)) ** 2)
        total += torch.stack([common * x[0], common * x[1], common])
    return total / len(X)


edit_alternative(
    "point-by-point-both", part="timing", replace=[("by_factors", "each_by_factors"), ("calc_grad_direct)", "point_by_point)")]
)


@alternative(part="timing")
def with_a_stopwatch(params, X, Y):
    import time

    result = {}
    for name, f in {"factors": each_by_factors, "direct": point_by_point}.items():
        start = time.perf_counter()
        f(params, X, Y)
        result[name] = time.perf_counter() - start
    return result


@mistake(
    "in-a-tuple",
    "Returns the times without their names.",
    hint='A dict is wanted: `{"factors": ..., "direct": ...}`.',
    part="timing",
    when=lambda got, ref, inputs: isinstance(got["first"], tuple | list),
)
def in_a_tuple(params, X, Y):
    return tuple(time_both(params, X, Y).values())


@mistake(
    "one-time-only",
    "Measures only one of the two versions.",
    hint="Both versions must be measured, on the same points.",
    part="timing",
    when=lambda got, ref, inputs: isinstance(got["first"], float) or len(got["first"]) == 1,
)
def one_time_only(params, X, Y):
    return {"direct": time_both(params, X, Y)["direct"]}


@mistake(
    "written-down",
    "Returns numbers that were written down.",
    hint="Two measurements never agree to the last digit, but yours do. Measure again in every call.",
    part="timing",
    when=lambda got, ref, inputs: repeated(got),
)
def written_down(params, X, Y):
    return {"factors": 0.015, "direct": 0.01}


@mistake(
    "factors-not-run",
    "Measures the simplified version twice.",
    hint="Under `factors` belongs the version with the three factors, from the demo of the first gradient.",
    part="timing",
    when=lambda got, ref, inputs: not divisions(inputs),
)
def factors_not_run(params, X, Y):
    def seconds():
        return min(timeit.repeat(lambda: calc_grad_direct(params, X, Y), number=20, repeat=3)) / 20

    return {"factors": seconds(), "direct": seconds()}


@mistake(
    "different-ways",
    "Compares a loop over the points with one expression for all of them.",
    hint="What you see is the gain of vectorisation. Let both go point by point, or both take all points at once.",
    part="timing",
    when=lambda got, ref, inputs: both_ways(inputs),
)
def different_ways(params, X, Y):
    return {
        name: min(timeit.repeat(lambda f=f: f(params, X, Y), number=2, repeat=3)) / 2
        for name, f in (("factors", each_by_factors), ("direct", calc_grad_direct))
    }


@mistake(
    "names-swapped",
    "Swaps the two times.",
    hint="The time of the version with the factors belongs under `factors`. Are the two names where they belong?",
    part="timing",
    when=lambda got, ref, inputs: swapped(got, inputs),
)
def names_swapped(params, X, Y):
    times = time_both(params, X, Y)
    return {"factors": times["direct"], "direct": times["factors"]}


@mistake(
    "milliseconds",
    "Gives milliseconds instead of seconds.",
    hint="`timeit` and `perf_counter` give seconds. Leave them as they are.",
    part="timing",
    when=lambda got, ref, inputs: divisions(inputs) > 0
    and all(measured(times, inputs["seconds"][run]) for run, times in got.items()),
)
def milliseconds(params, X, Y):
    return {name: 1000 * seconds for name, seconds in time_both(params, X, Y).items()}
