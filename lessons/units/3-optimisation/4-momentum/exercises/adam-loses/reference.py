"""Three optimisers from one start, and settings that make Adam the last of them."""

import numpy as np
import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, plural


def blobs():
    """The hundred points of the lesson as scikit-learn's make_blobs draws them, without waiting for its import."""
    draw = np.random.RandomState(1)
    centers = draw.uniform(-10, 10, size=(2, 2))
    points = np.concatenate([draw.normal(center, 1.0, size=(50, 2)) for center in centers])
    order = np.arange(100)
    draw.shuffle(order)
    return torch.tensor(points[order]) * torch.tensor([2.5, 1.0], dtype=torch.float64), torch.tensor(order >= 50).double()


X = blobs()[0]
Y = blobs()[1]


def cost(w):
    return torch.nn.functional.binary_cross_entropy_with_logits(X @ w + 5, Y)


def final_costs(start, alpha, beta, steps):
    return {
        "plain": run(start, steps, lambda w: torch.optim.SGD(w, lr=alpha)),
        "momentum": run(start, steps, lambda w: torch.optim.SGD(w, lr=alpha, momentum=beta)),
        "adam": run(start, steps, lambda w: torch.optim.Adam(w, lr=alpha, betas=(beta, 0.99))),
    }


def run(start, steps, make):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = make([w])
    for _ in range(steps):
        optimizer.zero_grad()
        cost(w).backward()
        optimizer.step()
    return cost(w).item()


def adam_loses():
    return [1.4, 1.4], 0.01, 0.9, 100


@cases("compare")
def settings(rng: Rng):
    def numbers(n, low, high):
        return [round(one, 3) for one in rng.uniform(n, low=low, high=high).tolist()]

    for steps, low, high in ((1, 0.5, 2.0), (5, 1.0, 2.0), (20, 0.02, 0.1), (40, 0.005, 0.02)):
        (alpha,), (beta,) = numbers(1, low, high), numbers(1, 0.6, 0.95)
        inputs = {"start": numbers(2, 0.8, 1.8), "alpha": alpha, "beta": beta, "steps": steps}
        yield case(**inputs, label=f'rate {alpha}, beta {beta}, {plural(steps, "step")}', rtol=1e-6)


@cases("settings")
def once(rng: Rng):
    yield case(label="the settings", compare=False)


@check("Adam is worse than both others", part="settings")
def worse(got, ref, inputs):
    try:
        start, alpha, beta, steps = got
        start, alpha, beta = [float(one) for one in start], float(alpha), float(beta)
    except (TypeError, ValueError):
        return Finding("Four settings are expected: a start of two numbers, a rate, a beta and a number of steps.", name="no-settings")
    if len(start) != 2 or not all(-2 <= one <= 2 for one in start):
        return Finding("The start must have two numbers between -2 and 2.", name="start", got=str(start))
    if not 0 < alpha < float("inf") or not 0.5 <= beta < 1:
        return Finding("The rate must be positive, and beta at least 0.5 and below 1.", name="range", got=f"{alpha}, {beta}")
    if type(steps) is not int or not 5 <= steps <= 200:
        return Finding("The number of steps must be an integer between 5 and 200.", name="steps", got=str(steps))
    costs = final_costs(start, alpha, beta, steps)
    said = ", ".join(f"{name} {one:.4g}" for name, one in costs.items())
    if not all(one < 20 for one in costs.values()):
        return Finding("A cost is not below 20.", name="too-high", got=said)
    others = max(costs["plain"], costs["momentum"])
    if costs["adam"] < 1.5 * others:
        return Finding("Adam is not 1.5 times as high as both others.", name="not-worse", expected=f"Adam at {1.5 * others:.4g} or more", got=said)
    return None


# --- three methods ------------------------------------------------------------------------------------------------


@alternative(part="compare")
def one_loop(start, alpha, beta, steps):
    weights = {name: torch.tensor(start, dtype=torch.float64, requires_grad=True) for name in ("plain", "momentum", "adam")}
    optimizers = {
        "plain": torch.optim.SGD([weights["plain"]], lr=alpha, momentum=0),
        "momentum": torch.optim.SGD([weights["momentum"]], lr=alpha, momentum=beta),
        "adam": torch.optim.Adam([weights["adam"]], lr=alpha, betas=(beta, 0.99), eps=1e-8),
    }
    for _ in range(steps):
        for name, w in weights.items():
            w.grad = None
            cost(w).backward()
            optimizers[name].step()
    with torch.no_grad():
        return {name: float(cost(w)) for name, w in weights.items()}


@alternative(part="compare")
def with_a_parameter(start, alpha, beta, steps):
    result = {}
    for name, kind, options in (
        ("plain", torch.optim.SGD, {}), ("momentum", torch.optim.SGD, {"momentum": beta}),
        ("adam", torch.optim.Adam, {"betas": (beta, 0.99)}),
    ):  # fmt: skip
        w = torch.nn.Parameter(torch.tensor([float(one) for one in start]).double())
        optimizer = kind([w], lr=alpha, **options)
        for _ in range(steps):
            loss = cost(w)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        result[name] = cost(w).item()
    return result


edit_alternative("zero-grad-at-the-end", part="compare", of=run, replace=(
    "        optimizer.zero_grad()\n        cost(w).backward()\n        optimizer.step()\n",
    "        cost(w).backward()\n        optimizer.step()\n        optimizer.zero_grad()\n",
))  # fmt: skip
edit_alternative("by-hand", part="compare", replace=("lambda w: torch.optim.SGD(w, lr=alpha)),", "lambda w: torch.optim.SGD(w, lr=alpha, dampening=0)),"))
edit_alternative("with-a-cost-of-its-own", part="compare", of=cost, replace=(
    "torch.nn.functional.binary_cross_entropy_with_logits(X @ w + 5, Y)",
    "(torch.nn.functional.softplus(X @ w + 5) - Y * (X @ w + 5)).mean()",
))  # fmt: skip


@mistake(
    "started-where-the-last-ended",
    "Starts the second method where the first has ended.",
    hint="Make new parameters for each method.",
    part="compare",
)
def one_weight_for_all(start, alpha, beta, steps):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    result = {}
    for name, optimizer in (
        ("plain", torch.optim.SGD([w], lr=alpha)), ("momentum", torch.optim.SGD([w], lr=alpha, momentum=beta)),
        ("adam", torch.optim.Adam([w], lr=alpha, betas=(beta, 0.99))),
    ):  # fmt: skip
        for _ in range(steps):
            optimizer.zero_grad()
            cost(w).backward()
            optimizer.step()
        result[name] = cost(w).item()
    return result


edit(
    "gradients-add-up",
    "Never clears the gradients.",
    hint="`backward()` adds to `.grad`. Clear it in every step.",
    part="compare",
    of=run,
    replace=("        optimizer.zero_grad()\n", ""),
)
edit(
    "other-betas",
    "Leaves Adam its own betas.",
    hint="The betas are (beta, 0.99) here; PyTorch's own are (0.9, 0.999).",
    part="compare",
    replace=(", betas=(beta, 0.99)", ""),
)
edit(
    "other-rate-for-adam",
    "Leaves Adam its own rate.",
    hint="All three have the same rate: that is what makes the comparison fair.",
    part="compare",
    replace=("torch.optim.Adam(w, lr=alpha, ", "torch.optim.Adam(w, "),
)
edit(
    "no-momentum",
    "Leaves out the momentum.",
    hint="The second method has the momentum beta.",
    part="compare",
    replace=("lr=alpha, momentum=beta", "lr=alpha"),
)
edit(
    "one-step-short",
    "Makes one step less, or returns the cost before the last one.",
    hint="How many steps does the loop make, and when is the cost computed that you return?",
    part="compare",
    of=run,
    replace=("range(steps)", "range(steps - 1)"),
)

# --- settings -----------------------------------------------------------------------------------------------------


@alternative(part="settings")
def a_little_faster():
    return [1.4, 1.4], 0.1, 0.9, 20


@alternative(part="settings")
def as_a_list():
    return [(1.4, 1.4), 0.02, 0.9, 50]


@alternative(part="settings")
def from_elsewhere():
    return [1.8, 1.0], 0.01, 0.85, 120


@alternative(part="settings")
def few_steps():
    return (1.5, 1.5), 0.05, 0.5, 30


@alternative(part="settings")
def as_tensors():
    return torch.tensor([1.0, 1.5]), 0.03, 0.8, 60


edit(
    "the-lesson's-own",
    "Gives the settings of the lesson, with which Adam is best.",
    hint="With the rate 2 Adam was ahead. In which direction could its fixed step length hurt?",
    part="settings",
    replace=("0.01, 0.9, 100", "2, 0.9, 5"),
    when=lambda got, ref, inputs: float(got[1]) >= 1,
)
edit(
    "too-many-steps",
    "Takes more steps than allowed.",
    hint="The number of steps is between 5 and 200.",
    part="settings",
    replace=("0.01, 0.9, 100", "0.01, 0.9, 2000"),
    when=lambda got, ref, inputs: got[3] > 200,
)
