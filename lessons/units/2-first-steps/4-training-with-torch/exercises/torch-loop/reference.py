"""The neuron trained with nn.Linear, in either precision, and its time beside a loop over the points."""

import math
import timeit

import numpy as np
import torch
from tutor import live

from grader.spec import (
    Finding,
    Rng,
    alternative,
    case,
    cases,
    check,
    edit,
    falls,
    measured,
    mistake,
    operations,
    script,
)

START = (1.0, -1.0, 5.5)


def train_torch(X, Y, alpha, n_iter, init):
    linear = layer(init)
    costs = []
    for i in range(n_iter):
        linear.zero_grad()
        value = cost(linear, X, Y)
        value.backward()
        update(linear, alpha)
        costs.append(value.detach())
        live.log({"cost": costs[-1].item()}, step=i)
    return linear.weight.detach(), linear.bias.detach(), torch.stack(costs)


def layer(init, dtype=torch.float64):
    linear = torch.nn.Linear(2, 1, dtype=dtype)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor([init[:2]]))
        linear.bias.fill_(init[2])
    return linear


def cost(linear, X, Y):
    return torch.nn.functional.binary_cross_entropy_with_logits(linear(X).squeeze(1), Y.to(X.dtype))


def update(linear, alpha):
    with torch.no_grad():
        for parameter in linear.parameters():
            parameter -= alpha * parameter.grad


def compare_times(X, Y):
    points = list(zip(X, Y, strict=True))

    def loop():
        rows = torch.empty(len(X), 3, dtype=torch.float64)
        for i, (x, yt) in enumerate(points):
            error = torch.sigmoid(x[0] - x[1] + 5.5) - yt
            rows[i, 0], rows[i, 1], rows[i, 2] = error * x[0], error * x[1], error
        return rows.mean(0)

    linear = layer(START)

    def vectorised():
        linear.zero_grad()
        cost(linear, X, Y).backward()

    return {
        "loop": min(timeit.repeat(loop, number=1, repeat=3)),
        "torch": min(timeit.repeat(vectorised, number=5, repeat=5)) / 5,
    }


def blobs():
    """The hundred points of the lesson as scikit-learn's make_blobs draws them, without waiting for its import."""
    draw = np.random.RandomState(1)
    centers = draw.uniform(-10, 10, size=(2, 2))
    points = np.concatenate([draw.normal(center, 1.0, size=(50, 2)) for center in centers])
    order = np.arange(100)
    draw.shuffle(order)
    return torch.tensor(points[order]), torch.tensor(order >= 50).long()


def clouds(rng, n):
    """Points around the two centres of the lesson, and their labels."""
    Y = torch.arange(n) % 2
    Y = Y[rng.permutation(n)]
    middle = torch.tensor([[-1.56, 4.43], [-9.68, -3.97]], dtype=torch.float64)
    return middle[Y] + rng.normal(n, 2, dtype=torch.float64), Y


def in_double(result):
    """The results in float64, also where the costs come as a list of numbers: either precision will do."""
    weight, bias, costs = result
    costs = torch.tensor([float(one) for one in costs]) if isinstance(costs, list) else costs
    return tuple(one.detach().double() for one in (weight, bias, costs))


@cases("train")
def trainings(rng: Rng):
    X, Y = clouds(rng, 50)
    yield training("one step", X, Y, 0.1, 1, START)
    yield training("three steps", X, Y, 0.1, 3, START)
    init = (rng.normal(), rng.normal(), rng.normal())
    yield training("another start", *clouds(rng, 31), rng.uniform(low=0.01, high=0.05), 10, init)
    yield training("the points of the lesson, 330 steps", *blobs(), 0.1, 330, START)


def training(label, X, Y, alpha, n_iter, init):
    return case(X=X, Y=Y, alpha=alpha, n_iter=n_iter, init=init, label=label, rtol=2e-4, atol=2e-4, canonical=in_double)


@check("the cost falls", part="train", only="the points of the lesson, 330 steps")
def cost_falls(got, ref, inputs):
    return falls(in_double(got)[2], to=0.1)


@cases("times")
def runs(rng: Rng):
    # to return something earns nothing (weight=0); what is returned is for the checks
    s = script("two runs", weight=0)
    s.call("compare_times", *blobs(), label="first", compare=False)
    s.call("compare_times", *clouds(rng, 70), label="second", compare=False)
    s.call("compare_times", *clouds(rng, COUNTED), label="counted", observe=("work",), compare=False)
    yield s


COUNTED = 7
"""The number of points for which it is counted what is computed."""


def in_form(value):
    return (
        isinstance(value, dict)
        and set(value) == {"loop", "torch"}
        and all(type(one) in (int, float) and math.isfinite(one) and one > 0 for one in value.values())
    )


@check("two positive numbers", part="times")
def form(got, ref, inputs):
    if not all(map(in_form, got.values())):
        return Finding('A dict of two positive numbers is expected: {"loop": ..., "torch": ...}.', name="no-dict")
    return None


@check("measured anew in each run", part="times", observation=True)
def anew(got, ref, inputs):
    return Finding("Two runs took the same time to the last digit.", "not-measured") if repeated(got) else None


def repeated(got):
    """Whether both times are the same numbers in both runs; one alone may be, by chance, on a clock with coarse ticks."""
    return all(got["first"][name] == got["second"][name] for name in ("loop", "torch"))


@check("the seconds fit into the call that measured them", part="times", observation=True)
def as_seen_from_outside(got, ref, inputs):
    if not all(map(in_form, got.values())):
        return Finding("This can only be said of two positive numbers.")
    return next(filter(None, (measured(times, inputs["seconds"][run]) for run, times in got.items())), None)


def passes(inputs):
    """How often a layer was given all points at once."""
    products = "addmm", "mm", "matmul", "linear", "bmm", "mv", "addmv", "baddbmm"
    work = inputs["observed"]["counted"]["work"]
    return operations(work, *products, where=lambda shapes: any(COUNTED in shape for shape in shapes))


@check("a step with all the points is run", part="times", observation=True)
def run_at_all(got, ref, inputs):
    if passes(inputs):
        return None
    return Finding(
        f"While it was called with {COUNTED} points, no layer was applied to {COUNTED} points.",
        name="not-run",
        hint="Run one step of each kind between the start and the stop of a clock, on the `X` and `Y` that are given.",
    )


@check("the loop takes more than five times as long", part="times", observation=True)
def faster(got, ref, inputs):
    if not all(map(in_form, got.values())):
        return Finding("This can only be said of two positive numbers.")
    found = ratio(got)
    if found <= 5:
        return Finding(
            f"By your measurements the loop takes {found:.2g} times as long.",
            name="not-faster",
            expected="more than 5 times",
            got=f"{found:.2g}",
            hint="Is something slow inside the measured step with PyTorch, such as making the layer?",
        )
    return None


def ratio(got):
    """Of the better of the two runs: on a busy machine a short step may wait longer than it works."""
    return max(times["loop"] / times["torch"] for times in got.values())


# --- the loop -----------------------------------------------------------------------------------------------------


@alternative(part="train")
def in_float32(X, Y, alpha, n_iter, init):
    X, linear = X.float(), layer(init, torch.float32)
    costs = torch.empty(n_iter)
    for i in range(n_iter):
        linear.zero_grad()
        value = cost(linear, X, Y)
        value.backward()
        update(linear, alpha)
        costs[i] = value.item()
    return linear.weight, linear.bias, costs


@alternative(part="train")
def with_the_formula(X, Y, alpha, n_iter, init):
    w0, w1, b = init
    linear, sigmoid = torch.nn.Linear(2, 1).double(), torch.nn.Sigmoid()
    with torch.no_grad():
        linear.weight[0, 0], linear.weight[0, 1], linear.bias[0] = w0, w1, b
    costs = []
    for _ in range(n_iter):
        linear.weight.grad = linear.bias.grad = None
        y = torch.squeeze(sigmoid(linear(X)))
        value = -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()
        value.backward()
        with torch.no_grad():
            linear.weight -= alpha * linear.weight.grad
            linear.bias -= alpha * linear.bias.grad
        costs.append(value.item())
    return linear.weight.detach(), linear.bias.detach(), costs


@alternative(part="train")
def by_data(X, Y, alpha, n_iter, init):
    model = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.Flatten(0)).double()
    weight, bias = model.parameters()
    weight.data = torch.tensor([init[:2]], dtype=torch.float64)
    bias.data = torch.tensor([init[2]], dtype=torch.float64)
    loss, costs = torch.nn.BCEWithLogitsLoss(), []
    for _ in range(n_iter):
        value = loss(model(X), Y.double())
        costs.append(value.item())
        model.zero_grad()
        value.backward()
        weight.data.sub_(alpha * weight.grad)
        bias.data.sub_(alpha * bias.grad)
    return weight.detach(), bias.detach(), torch.tensor(costs)


@alternative(part="train")
def with_an_optimiser(X, Y, alpha, n_iter, init):
    linear, costs = layer(init), []
    optimiser = torch.optim.SGD(linear.parameters(), lr=alpha)
    for _ in range(n_iter):
        optimiser.zero_grad()
        value = cost(linear, X, Y)
        value.backward()
        optimiser.step()
        costs.append(value.item())
    return linear.weight.detach(), linear.bias.detach(), torch.tensor(costs)


@alternative(part="train")
def labels_as_a_column(X, Y, alpha, n_iter, init):
    linear, labels, costs = layer(init), Y.double().unsqueeze(1), []
    for _ in range(n_iter):
        z = linear(X)
        value = (torch.nn.functional.softplus(z) - labels * z).mean()
        grads = torch.autograd.grad(value, list(linear.parameters()))
        with torch.no_grad():
            for parameter, grad in zip(linear.parameters(), grads, strict=True):
                parameter.sub_(alpha * grad)
        costs.append(value.detach())
    return linear.weight.detach(), linear.bias.detach(), costs


@mistake(
    "cost-after",
    "Records the cost after each update.",
    hint="The training is right. Entry i is the cost of the forward pass in step i, from which its gradient came.",
    part="train",
)
def cost_after(X, Y, alpha, n_iter, init):
    linear = layer(init)
    costs = []
    for _ in range(n_iter):
        linear.zero_grad()
        cost(linear, X, Y).backward()
        update(linear, alpha)
        with torch.no_grad():
            costs.append(cost(linear, X, Y))
    return linear.weight.detach(), linear.bias.detach(), torch.stack(costs)


def later_nan(costs):
    """Whether costs that were numbers for a while become nan."""
    return bool(torch.isnan(costs).any()) and not bool(torch.isnan(costs[:100]).any())


def loop(X, Y, alpha, n_iter, init, cost=cost, linear=None):
    """The training loop, with another cost or layer."""
    linear = linear or layer(init)
    costs = []
    for _ in range(n_iter):
        linear.zero_grad()
        value = cost(linear, X, Y)
        value.backward()
        update(linear, alpha)
        costs.append(value.detach())
    return linear.weight.detach(), linear.bias.detach(), torch.stack(costs)


edit(
    "no-reset",
    "Never resets the gradients.",
    hint="Gradients add up, as if with heavy momentum: it may even look better. Reset them in each step.",
    part="train",
    replace=("linear.zero_grad()", ""),
)


def without_squeeze(linear, X, Y, divide):
    y = torch.sigmoid(linear(X))
    return -divide(Y * torch.log(y) + (1 - Y) * torch.log(1 - y), len(X))


@mistake(
    "no-squeeze",
    "Lets a column meet the labels, so each label is compared with each point.",
    hint="Print the shapes: (n, 1) with (n,) is broadcast to (n, n). Squeeze the output before it meets the labels.",
    part="train",
)
def no_squeeze(X, Y, alpha, n_iter, init):
    return loop(X, Y, alpha, n_iter, init, cost=lambda *args: without_squeeze(*args, lambda t, n: t.sum() / n))


@mistake(
    "no-squeeze-mean",
    "Lets a column meet the labels, and takes the mean of n times n terms.",
    hint="Print the shapes: the mean is taken of (n, n) terms. Squeeze the output before it meets the labels.",
    part="train",
)
def no_squeeze_mean(X, Y, alpha, n_iter, init):
    return loop(X, Y, alpha, n_iter, init, cost=lambda *args: without_squeeze(*args, lambda t, n: t.mean()))


edit(
    "tracked-update",
    "Changes the parameters outside no_grad.",
    hint="The update is not a step to be differentiated. Put it into `with torch.no_grad():`.",
    part="train",
    of=update,
    replace=("torch.no_grad()", "torch.enable_grad()"),
)


@mistake(
    "view-changed",
    "Writes into parameters outside no_grad.",
    hint="Parameters are watched by autograd. Write into them inside `with torch.no_grad():`, at the start too.",
    part="train",
)
def view_changed(X, Y, alpha, n_iter, init):
    linear = torch.nn.Linear(2, 1).double()
    linear.weight[0, 0] = init[0]
    return train_torch(X, Y, alpha, n_iter, init)


edit(
    "name-rebound",
    "Makes new tensors and leaves the layer as it is.",
    hint="`w = w - ...` gives the name to a new tensor, and the layer keeps its old one. Update in place: `w -= ...`.",
    part="train",
    of=update,
    replace=("parameter -= alpha", "parameter = parameter - alpha"),
)


@mistake(
    "float32-formula",
    "Uses the literal formula in float32, which ends in nan.",
    hint="nan from step 324 on: check the dtype. Use float64, or the cost that takes the logits.",
    part="train",
    when=lambda got, ref, inputs: later_nan(in_double(got)[2]),
)
def float32_formula(X, Y, alpha, n_iter, init):
    def literal(linear, X, Y):
        y = torch.sigmoid(linear(X)).squeeze(1)
        return -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()

    return loop(X.float(), Y, alpha, n_iter, init, cost=literal, linear=layer(init, torch.float32))


edit(
    "backward-of-a-vector",
    "Calls backward on a cost for each point.",
    hint="`backward()` wants one number. Reduce the contributions to one: take their mean.",
    part="train",
    of=cost,
    replace=("Y.to(X.dtype)", 'Y.to(X.dtype), reduction="none"'),
)
edit(
    "two-dtypes",
    "Hands float64 points to a float32 layer.",
    hint="The layer is float32 and the points are float64. Convert one of them: `torch.nn.Linear(2, 1).double()`.",
    part="train",
    replace=("layer(init)", "layer(init, torch.float32)"),
)
edit(
    "summed",
    "Takes the sum of the contributions as the cost.",
    hint="Your cost is n times too large, and so are the steps: it is the mean of the contributions.",
    part="train",
    of=cost,
    replace=("Y.to(X.dtype)", 'Y.to(X.dtype), reduction="sum"'),
)
edit(
    "uphill",
    "Adds the gradient.",
    hint="The cost rises: the step goes against the gradient. Subtract.",
    part="train",
    of=update,
    replace=("-= alpha", "+= alpha"),
)
edit(
    "sigmoid-twice",
    "Applies the sigmoid before a cost that applies it itself.",
    hint="`binary_cross_entropy_with_logits` takes z and applies the sigmoid itself. Give it the output of the layer.",
    part="train",
    of=cost,
    replace=("linear(X).squeeze(1)", "torch.sigmoid(linear(X)).squeeze(1)"),
)
edit(
    "init-ignored",
    "Either starts at other parameters than `init`, or has another cost.",
    hint="The first cost is not that of `init`. Set the parameters of the layer first: a new one has random ones.",
    part="train",
    replace=("layer(init)", "torch.nn.Linear(2, 1, dtype=torch.float64)"),
    when=lambda got, ref, inputs: abs(float(in_double(got)[2][0] - in_double(ref)[2][0])) > 0.01,
)


# --- the times ----------------------------------------------------------------------------------------------------


@alternative(part="times")
def with_a_stopwatch(X, Y):
    import time

    def loop(w0, w1, b):
        total = torch.zeros(3, dtype=torch.float64)
        for i in range(len(X)):
            z = w0 * X[i, 0] + w1 * X[i, 1] + b
            y = 1 / (1 + torch.exp(-z))
            common = -(Y[i] - y) / (y - y**2) * (torch.exp(-z) / (1 + torch.exp(-z)) ** 2)
            total += torch.stack([common * X[i, 0], common * X[i, 1], common])
        return total / len(X)

    linear = layer(START)
    cost(linear, X, Y).backward()
    seconds = []
    for run, times in ((lambda: loop(*START), 1), (lambda: cost(linear, X, Y).backward(), 20)):
        start = time.perf_counter()
        for _ in range(times):
            run()
        seconds.append((time.perf_counter() - start) / times)
    return {"torch": seconds[1], "loop": seconds[0]}


@mistake(
    "in-a-tuple",
    "Returns the times without their names.",
    hint='A dict is wanted: `{"loop": ..., "torch": ...}`.',
    part="times",
    when=lambda got, ref, inputs: isinstance(got["first"], tuple | list),
)
def in_a_tuple(X, Y):
    return tuple(compare_times(X, Y).values())


@mistake(
    "swapped",
    "Either swaps the two times, or measures more than a step with PyTorch.",
    hint="By your numbers the loop is faster. Are the two names where they belong?",
    part="times",
    when=lambda got, ref, inputs: ratio(got) < 1,
)
def swapped(X, Y):
    times = compare_times(X, Y)
    return {"loop": times["torch"], "torch": times["loop"]}


@mistake(
    "written-down",
    "Returns numbers that were written down.",
    hint="Two measurements never agree to the last digit, but yours do. Measure again in every call.",
    part="times",
    when=lambda got, ref, inputs: repeated(got),
)
def written_down(X, Y):
    return {"loop": 0.01, "torch": 0.0001}


@mistake(
    "invented",
    "Computes its numbers instead of measuring them.",
    hint="No step was run while your function was called. Run both versions between the start and the stop of a clock.",
    part="times",
    when=lambda got, ref, inputs: not passes(inputs),
)
def invented(X, Y):
    noise = float(torch.rand(1))
    return {"loop": 1e-4 * len(X) * (1 + noise), "torch": 1e-4 * (1 + noise)}


@mistake(
    "milliseconds",
    "Gives milliseconds instead of seconds.",
    hint="`timeit` and `perf_counter` give seconds. Leave them as they are.",
    part="times",
    when=lambda got, ref, inputs: all(measured(got[run], inputs["seconds"][run]) for run in ("first", "second")),
)
def milliseconds(X, Y):
    return {name: 1000 * seconds for name, seconds in compare_times(X, Y).items()}
