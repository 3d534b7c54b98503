"""Training with different step sizes, all from one start: what the cost says, and what the line is like."""

import math

import torch
from tutor import live

from grader.spec import Rng, alternative, case, cases, check, edit, falls, mistake

START = (1.0, -1.0, 5.5)


def train(X, Y, alpha, init, n_iter):
    return descend(X, Y, alpha, init, n_iter)


def sweep(alphas, X, Y, n_iter):
    return [summary(X, Y, *descend(X, Y, alpha, START, n_iter)) for alpha in alphas]


def gradient(params, X, Y):
    error = torch.sigmoid(X @ params[:2] + params[2]) - Y
    return torch.cat([X.T @ error, error.sum().reshape(1)]) / len(X)


def cost(params, X, Y):
    z = X @ params[:2] + params[2]
    return (torch.nn.functional.softplus(z) - Y * z).mean()


def descend(X, Y, alpha, init, n_iter, gradient=gradient):
    params = torch.tensor(init, dtype=torch.float64)
    costs = []
    for i in range(n_iter):
        params = params - alpha * gradient(params, X, Y)
        costs.append(cost(params, X, Y))
        live.log({"cost": costs[-1].item()}, step=i)
    return params, torch.stack(costs)


def summary(X, Y, params, costs):
    distance = (X @ params[:2] + params[2]) / params[:2].norm()
    return {
        "params": params,
        "cost": costs[-1].item(),
        "accuracy": ((distance > 0) == (Y == 1)).double().mean().item(),
        "white": (-distance[Y == 0]).min().item(),
        "black": distance[Y == 1].min().item(),
    }


def literal(params, X, Y):
    y = torch.sigmoid(X @ params[:2] + params[2])
    return -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()


def clouds(rng, n):
    """Points around the two centres of the lesson, and their labels."""
    Y = torch.arange(n) % 2
    Y = Y[rng.permutation(n)]
    middle = torch.tensor([[-1.56, 4.43], [-9.68, -3.97]], dtype=torch.float64)
    return middle[Y] + rng.normal(n, 2, dtype=torch.float64), Y


def as_tensors(result):
    """Parameters and costs as tensors, also where the costs come as a list of numbers, or in float32."""
    params, costs = result
    return params, torch.tensor(costs, dtype=torch.float64) if isinstance(costs, list) else costs.double()


def plain(result):
    """The results with tensors of one element as numbers."""
    return [
        {
            name: value.item() if name != "params" and isinstance(value, torch.Tensor) else value
            for name, value in one.items()
        }
        for one in result
    ]


@cases("train")
def trainings(rng: Rng):
    X, Y = clouds(rng, 50)
    yield case(X=X, Y=Y, alpha=0.1, init=START, n_iter=1, label="one step", rtol=1e-6, canonical=as_tensors)
    yield case(X=X, Y=Y, alpha=0.1, init=START, n_iter=2, label="two steps", rtol=1e-6, canonical=as_tensors)
    X, Y = clouds(rng, 31)
    init = (rng.normal(), rng.normal(), rng.normal())
    yield case(X=X, Y=Y, alpha=0.03, init=init, n_iter=17, label="another start", rtol=1e-6, canonical=as_tensors)
    yield case(X=X, Y=Y, alpha=20.0, init=START, n_iter=6, label="large steps", rtol=1e-6, canonical=as_tensors)


@check("the cost falls", part="train", only="another start")
def cost_falls(got, ref, inputs):
    return falls(as_tensors(got)[1], to=0.999)


@cases("sweep")
def sweeps(rng: Rng):
    for n, alphas in ((40, [0.01, 0.5]), (25, [0.002, 0.3, 20.0])):
        X, Y = clouds(rng, n)
        alphas = [alpha * rng.uniform(low=0.8, high=1.2) for alpha in alphas]
        label = f"{n} points, {len(alphas)} step sizes"
        yield case(alphas=alphas, X=X, Y=Y, n_iter=6, label=label, rtol=1e-6, canonical=plain)


# --- training -----------------------------------------------------------------------------------------------------


@alternative(part="train")
def number_by_number(X, Y, alpha, init, n_iter):
    w0, w1, b = init
    costs = []
    points = list(zip(X.tolist(), Y.tolist(), strict=True))
    for _ in range(n_iter):
        total = [0.0, 0.0, 0.0]
        for (x0, x1), yt in points:
            error = 1 / (1 + math.exp(-max(-700.0, w0 * x0 + w1 * x1 + b))) - yt
            total = [total[0] + error * x0, total[1] + error * x1, total[2] + error]
        w0, w1, b = (old - alpha * one / len(points) for old, one in zip((w0, w1, b), total, strict=True))
        zs = [(w0 * x0 + w1 * x1 + b, yt) for (x0, x1), yt in points]
        costs.append(sum(max(z, 0) + math.log1p(math.exp(-abs(z))) - yt * z for z, yt in zs) / len(points))
    return torch.tensor([w0, w1, b], dtype=torch.float64), torch.tensor(costs, dtype=torch.float64)


@alternative(part="train")
def with_autograd(X, Y, alpha, init, n_iter):
    params = torch.tensor(init, dtype=torch.float64, requires_grad=True)
    costs = torch.empty(n_iter, dtype=torch.float64)
    for i in range(n_iter):
        cost(params, X, Y).backward()
        with torch.no_grad():
            params -= alpha * params.grad
            params.grad = None
            costs[i] = cost(params, X, Y)
    return params.detach(), costs


@alternative(part="train")
def costs_in_a_list(X, Y, alpha, init, n_iter):
    inputs = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    params, costs = torch.tensor(init, dtype=torch.float64), []
    for _ in range(n_iter):
        params -= alpha * (inputs * (torch.sigmoid(inputs @ params) - Y)[:, None]).mean(0)
        costs.append(torch.nn.functional.binary_cross_entropy_with_logits(inputs @ params, Y.double()).item())
    return params, costs


@mistake(
    "cost-before-the-step",
    "Records the cost before each step.",
    hint="Your costs come one step too early: the first is that of the start. Compute it after the parameters moved.",
    part="train",
)
def cost_before(X, Y, alpha, init, n_iter):
    params, costs = train(X, Y, alpha, init, n_iter)
    return params, torch.cat([cost(torch.tensor(init, dtype=torch.float64), X, Y).reshape(1), costs[:-1]])


edit(
    "literal-cost",
    "Computes the cost from y, which is rounded to 0 or 1.",
    hint="With large steps y is rounded to 1, and 0 times log 0 is nan. Use the stable form, softplus(z) - yt z.",
    part="train",
    of=descend,
    replace=("cost(params, X, Y)", "literal(params, X, Y)"),
    when=lambda got, ref, inputs: bool(torch.isnan(as_tensors(got)[1]).any()) and not torch.isnan(got[0]).any(),
)


@mistake(
    "factors-kept",
    "Ends in nan, as the product of the factors of the chain rule does.",
    hint="The parameters became nan: y - y² is rounded to 0, and you divide by it. Use the simplified gradient.",
    part="train",
    when=lambda got, ref, inputs: bool(torch.isnan(got[0]).any()),
)
def factors_kept(X, Y, alpha, init, n_iter):
    def by_factors(params, X, Y):
        y = torch.sigmoid(X @ params[:2] + params[2])
        common = -(Y - y) / (y - y**2) * (y * (1 - y))
        return torch.stack([common * X[:, 0], common * X[:, 1], common], dim=1).mean(0)

    return descend(X, Y, alpha, init, n_iter, gradient=by_factors)


edit(
    "uphill",
    "Goes along the gradient instead of against it.",
    hint="The cost rises. The gradient points to where it grows fastest: which sign does the step have?",
    part="train",
    of=descend,
    replace=("params - alpha", "params + alpha"),
)
edit(
    "summed",
    "Adds the gradients of the points instead of averaging them.",
    hint="Your steps are n times too long: the gradient of a mean is the mean of the gradients.",
    part="train",
    of=gradient,
    replace=(" / len(X)", ""),
)
edit(
    "init-ignored",
    "Always starts at the same parameters.",
    hint="The start is an argument. Yours begins at the same place whatever `init` is.",
    part="train",
    of=descend,
    replace=("torch.tensor(init", "torch.tensor(START"),
)


@mistake(
    "one-after-the-other",
    "Uses parameters that have already changed within the same step.",
    hint="All three derivatives belong to the old parameters. Compute the whole gradient before you change any.",
    part="train",
)
def one_after_the_other(X, Y, alpha, init, n_iter):
    params = torch.tensor(init, dtype=torch.float64)
    costs = []
    for _ in range(n_iter):
        for place in range(3):
            params[place] -= alpha * gradient(params, X, Y)[place]
        costs.append(cost(params, X, Y))
    return params, torch.stack(costs)


edit(
    "cost-summed",
    "Adds the points' contributions to the cost instead of averaging them.",
    hint="The parameters are right. The cost is the mean of the contributions, not their sum.",
    part="train",
    of=cost,
    replace=(".mean()", ".sum()"),
)


# --- the sweep ----------------------------------------------------------------------------------------------------


@alternative(part="sweep")
def point_by_point(alphas, X, Y, n_iter):
    results = []
    for alpha in alphas:
        params, costs = number_by_number(X, Y, alpha, START, n_iter)
        w0, w1, b = params.tolist()
        white, black, right = [], [], 0
        for (x0, x1), yt in zip(X.tolist(), Y.tolist(), strict=True):
            distance = (w0 * x0 + w1 * x1 + b) / math.hypot(w0, w1)
            (black if yt == 1 else white).append(distance if yt == 1 else -distance)
            right += (distance > 0) == (yt == 1)
        row = {"white": min(white), "black": min(black), "accuracy": right / len(X), "cost": float(costs[-1])}
        results.append({"params": params, **row})
    return results


@mistake(
    "not-reset",
    "Goes on from where the run before ended.",
    hint="Each run must start at (1, -1, 5.5). Your second one begins where the first ended.",
    part="sweep",
)
def not_reset(alphas, X, Y, n_iter):
    init, results = START, []
    for alpha in alphas:
        params, costs = train(X, Y, alpha, init, n_iter)
        init = tuple(params.tolist())
        results.append(summary(X, Y, params, costs))
    return results


edit(
    "literal-cost",
    "Computes the cost from y, which is rounded to 0 or 1.",
    hint="A cost is nan: 0 times log 0. Use the stable form, softplus(z) - yt z.",
    part="sweep",
    of=descend,
    replace=("cost(params, X, Y)", "literal(params, X, Y)"),
    when=lambda got, ref, inputs: any(math.isnan(one["cost"]) for one in plain(got)),
)


@mistake(
    "z-for-distance",
    "Gives z instead of the distance.",
    hint="z grows with the weights. Divide it by the length of (w0, w1), and it is a distance.",
    part="sweep",
)
def z_for_distance(alphas, X, Y, n_iter):
    return scaled(alphas, X, Y, n_iter, lambda params: params[:2].norm())


@mistake(
    "bias-in-the-length",
    "Divides by the length of all three parameters.",
    hint="The bias does not tilt the line: divide by the length of (w0, w1) alone.",
    part="sweep",
)
def bias_in_the_length(alphas, X, Y, n_iter):
    return scaled(alphas, X, Y, n_iter, lambda params: params[:2].norm() / params.norm())


def scaled(alphas, X, Y, n_iter, factor):
    return [
        {**one, **{name: one[name] * factor(one["params"]).item() for name in ("white", "black")}}
        for one in sweep(alphas, X, Y, n_iter)
    ]


@mistake(
    "side-ignored",
    "Gives the distances without their sign.",
    hint="A point on the wrong side counts as negative. Without a sign the worst point can look like a good one.",
    part="sweep",
)
def side_ignored(alphas, X, Y, n_iter):
    results = []
    for one in sweep(alphas, X, Y, n_iter):
        params = one["params"]
        distance = ((X @ params[:2] + params[2]) / params[:2].norm()).abs()
        results.append({**one, "white": distance[Y == 0].min().item(), "black": distance[Y == 1].min().item()})
    return results


@mistake(
    "closest-to-the-line",
    "Gives the point that is closest to the line, although another one is on the wrong side and farther off.",
    hint="A point on the wrong side has a negative distance, so the one farthest off there is the smallest.",
    part="sweep",
)
def closest_to_the_line(alphas, X, Y, n_iter):
    results = []
    for one in sweep(alphas, X, Y, n_iter):
        params = one["params"]
        distance = (X @ params[:2] + params[2]) / params[:2].norm() * (2 * Y - 1)
        closest = {name: distance[Y == label] for name, label in (("white", 0), ("black", 1))}
        results.append({**one, **{name: each[each.abs().argmin()].item() for name, each in closest.items()}})
    return results


@mistake(
    "farthest",
    "Gives the farthest point of each cloud.",
    hint="The smallest signed distance of each colour is wanted: the wrong side is negative.",
    part="sweep",
)
def farthest(alphas, X, Y, n_iter):
    results = []
    for one in sweep(alphas, X, Y, n_iter):
        params = one["params"]
        distance = (X @ params[:2] + params[2]) / params[:2].norm()
        results.append({**one, "white": -distance[Y == 0].min().item(), "black": distance[Y == 1].max().item()})
    return results


@mistake(
    "white-negative",
    "Gives white points on their own side a negative distance.",
    hint="z is negative on the white side, where a white point belongs: its distance counts as positive there.",
    part="sweep",
)
def white_negative(alphas, X, Y, n_iter):
    return [{**one, "white": -one["white"]} for one in sweep(alphas, X, Y, n_iter)]


@mistake(
    "first-cost",
    "Gives the cost of the first step.",
    hint="The cost at the end is wanted, the last entry of the costs.",
    part="sweep",
)
def first_cost(alphas, X, Y, n_iter):
    return [
        {**one, "cost": train(X, Y, alpha, START, 1)[1].item()}
        for alpha, one in zip(alphas, sweep(alphas, X, Y, n_iter), strict=True)
    ]


@mistake(
    "accuracy-in-percent",
    "Gives the accuracy in percent, or as a count.",
    hint="The accuracy is a share between 0 and 1: the mean of what is right.",
    part="sweep",
    when=lambda got, ref, inputs: any(one["accuracy"] > 1 for one in plain(got)),
)
def accuracy_in_percent(alphas, X, Y, n_iter):
    return [{**one, "accuracy": 100 * one["accuracy"]} for one in sweep(alphas, X, Y, n_iter)]
