"""Training with a rate that decays from epoch to epoch, seen by the parameters that each mini-batch met."""

import copy
import math

import torch
from torch.nn.functional import log_softmax, nll_loss
from torch.optim.lr_scheduler import ExponentialLR, LambdaLR, MultiplicativeLR
from tutor import live

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script

NAMES = ("train_loss", "test_loss", "test_acc")


def fit(model, train_loader, test_loader, epochs, lr, gamma=None):
    return run(model, train_loader, test_loader, epochs, lr, gamma)


def compare(model, train_loader, test_loader, epochs, lr, gamma):
    spreads = []
    for factor in (None, gamma):
        twin = copy.deepcopy(model)
        costs = fit(twin, train_loader, test_loader, epochs, lr, factor)["test_loss"]
        spreads.append(torch.tensor(costs[-5:], dtype=torch.float64).std().item())
    return tuple(spreads)


def run(model, train_loader, test_loader, epochs, lr, gamma):
    factor = 1.0 if gamma is None else gamma
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = ExponentialLR(optimizer, factor)
    result = {name: [] for name in NAMES}
    for epoch in range(epochs):
        one = trained(model, train_loader, optimizer)
        scheduler.step()
        values = one, *tested(model, test_loader)
        for name, value in zip(NAMES, values, strict=True):
            result[name].append(value)
        live.log({"test/cost": result["test_loss"][-1]}, step=epoch)
    return result


def trained(model, loader, optimizer, after=lambda: None):
    total, seen = 0.0, 0
    for x, labels in loader:
        optimizer.zero_grad()
        cost = nll_loss(model(x), labels)
        cost.backward()
        optimizer.step()
        after()
        total, seen = total + cost.item() * len(labels), seen + len(labels)
    return total / seen


@torch.no_grad()
def tested(model, loader):
    total, right, seen = 0.0, 0, 0
    for x, labels in loader:
        output = model(x)
        total += nll_loss(output, labels).item() * len(labels)
        right += (output.argmax(1) == labels).sum().item()
        seen += len(labels)
    return total / seen, right / seen


# --- cases --------------------------------------------------------------------------------------------------------


def plain(result):
    """The lists as tensors, whether they hold numbers or tensors of one element; anything else as it is."""
    if not isinstance(result, dict) or set(result) != set(NAMES):
        return result
    return {name: as_vector(values) for name, values in result.items()}


def as_vector(values):
    try:
        return torch.tensor([float(one) for one in values], dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError):
        return values


def pair(result):
    """Two numbers as floats, whether they come as numbers or as tensors, in a tuple or a list."""
    if not isinstance(result, tuple | list) or len(result) != 2:
        return result
    try:
        return tuple(float(one) for one in result)
    except (TypeError, ValueError, RuntimeError):
        return result


def pictures(rng: Rng, n, middle):
    labels = rng.integers(0, len(middle), n)
    return middle[labels] + rng.normal(n, middle.shape[1], std=0.5, dtype=torch.float64), labels


def handed_in(rng: Rng, s, d, h, K, train, test):
    """A network, and loaders of a training and a test set, whose sizes and sizes of mini-batches come as pairs."""
    middle = rng.normal(K, d, dtype=torch.float64)
    sizes = ((h, d), (h,), (K, h), (K,))
    start = [rng.normal(*size, std=0.4, dtype=torch.float64) for size in sizes]
    rows = [(*pictures(rng, n, middle), m) for n, m in (train, test)]
    s.inputs.update(sizes=sizes, batches=batches(*rows[0]))
    return s.spy(fixture("network"), *start), [s.spy(fixture("loader"), *one) for one in rows]


def batches(rows, labels, size):
    return list(zip(rows.split(size), labels.split(size), strict=True))


@cases("fit")
def trainings(rng: Rng):
    for label, (d, h, K), train, test, epochs, gamma in (
        ("three mini-batches, no gamma", (7, 5, 3), (41, 15), (23, 9), 2, ()),
        ("three mini-batches, gamma = 0.5", (6, 7, 3), (33, 12), (19, 8), 3, (0.5,)),
        ("four mini-batches, gamma = 0.8", (7, 6, 5), (47, 13), (29, 11), 4, (0.8,)),
        ("two mini-batches, gamma = None", (5, 7, 3), (21, 11), (13, 6), 3, (None,)),
    ):
        lr = round(0.3 * rng.uniform(low=0.8, high=1.2), 3)
        s = script(label, rtol=1e-7, atol=1e-9, canonical=plain, lr=lr, gamma=gamma[0] if gamma else None)
        model, loaders = handed_in(rng, s, d, h, K, train, test)
        s.call("fit", model, *loaders, epochs, lr, *gamma, label="fit")
        s.state_dict(model)
        s.attribute(model, "path")
        yield s


@cases("spread")
def comparisons(rng: Rng):
    for label, (d, h, K), train, test, epochs, gamma in (
        ("seven epochs, gamma = 0.5", (6, 7, 3), (33, 12), (19, 8), 7, 0.5),
        ("nine epochs, gamma = 0.8", (7, 5, 3), (41, 15), (23, 9), 9, 0.8),
    ):
        s = script(label, rtol=1e-3, atol=1e-9, canonical=pair)
        model, loaders = handed_in(rng, s, d, h, K, train, test)
        s.call("compare", model, *loaders, epochs, 0.5, gamma, label="compare")
        s.state_dict(model)
        yield s


def rates(got, inputs):
    """The rate of each mini-batch, from the parameters before and after it; None where they tell none."""
    path, last = got[".path"], got["state_dict()"]
    if not isinstance(path, list) or not path or len(path) % len(inputs["batches"]):
        return None
    path = [*path, torch.cat([one.flatten() for one in last.values()])]
    found = []
    for k, (before, after) in enumerate(zip(path, path[1:], strict=False)):
        gradient = gradient_at(before, inputs["sizes"], *inputs["batches"][k % len(inputs["batches"])])
        rate = float((before - after) @ gradient / (gradient @ gradient))
        if not math.isfinite(rate) or (before - after - rate * gradient).norm() > 1e-6 * gradient.norm():
            return None
        found.append(rate)
    return found


def gradient_at(vector, sizes, rows, labels):
    v = vector.clone().requires_grad_()
    W1, b1, W2, b2 = (
        part.reshape(size) for part, size in zip(v.split([math.prod(size) for size in sizes]), sizes, strict=True)
    )
    cost = nll_loss(log_softmax(torch.relu(rows @ W1.T + b1) @ W2.T + b2, 1), labels)
    return torch.autograd.grad(cost, v)[0]


@check("every mini-batch has the rate of its epoch", part="fit", observation=True)
def has_its_rate(got, ref, inputs):
    found = rates(got, inputs)
    if found is None:
        return Finding("Not every forward pass with a graph is followed by a step of plain SGD on its mini-batch.", name="no-sgd")
    per = len(inputs["batches"])
    for epoch in range(len(found) // per):
        wanted = inputs["lr"] * (1.0 if inputs["gamma"] is None else inputs["gamma"]) ** epoch
        seen = found[epoch * per : (epoch + 1) * per]
        if any(abs(one - wanted) > 1e-3 * wanted for one in seen):
            told = ", ".join(f"{one:.4g}" for one in seen)
            return Finding(
                f"In epoch {epoch} the mini-batches have the rates {told}; each should have {wanted:.4g}.",
                name="other-rates",
                expected=f"{wanted:.4g} for each",
                got=told,
                hint='Print `optimizer.param_groups[0]["lr"]` in each iteration. Where does it change?',
            )
    return None


# --- other right ones ---------------------------------------------------------------------------------------------

edit_alternative(
    "lambda-of-the-epoch",
    part="fit",
    of=run,
    replace=("ExponentialLR(optimizer, factor)", "LambdaLR(optimizer, lambda epoch: factor**epoch)"),
)
edit_alternative(
    "multiplied-by-a-scheduler",
    part="fit",
    of=run,
    replace=("ExponentialLR(optimizer, factor)", "MultiplicativeLR(optimizer, lambda epoch: factor)"),
)


@alternative(part="fit")
def by_groups(model, train_loader, test_loader, epochs, lr, gamma=None):
    optimizer, result = torch.optim.SGD(model.parameters(), lr), {name: [] for name in NAMES}
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = lr if gamma is None else lr * gamma**epoch
        result["train_loss"].append(trained(model, train_loader, optimizer))
        for name, value in zip(NAMES[1:], tested(model, test_loader), strict=True):
            result[name].append(value)
    return result


@alternative(part="fit")
def new_optimiser_with_its_rate(model, train_loader, test_loader, epochs, lr, gamma=None):
    """Harmless for plain SGD, which remembers nothing, as long as the rate is the epoch's."""
    result = {name: [] for name in NAMES}
    for epoch in range(epochs):
        rate = lr * (gamma or 1) ** epoch
        one = run(model, train_loader, test_loader, 1, rate, None)
        for name in NAMES:
            result[name] += one[name]
    return result


@alternative(part="fit")
def by_hand(model, train_loader, test_loader, epochs, lr, gamma=None):
    rate, losses, test_losses, accuracies = lr, [], [], []
    for _ in range(epochs):
        costs = []
        for x, labels in train_loader:
            model.zero_grad()
            each = -model(x)[torch.arange(len(labels)), labels]
            each.mean().backward()
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter -= rate * parameter.grad
            costs.append(each.detach())
        rate = rate if gamma is None else gamma * rate
        losses.append(torch.cat(costs).mean())
        with torch.inference_mode():
            hits = [(model(x)[torch.arange(len(t)), t], model(x).argmax(1) == t) for x, t in test_loader]
        test_losses.append(-torch.cat([one for one, _ in hits]).mean().item())
        accuracies.append(torch.cat([one for _, one in hits]).double().mean().item())
    return {"train_loss": losses, "test_loss": test_losses, "test_acc": accuracies}


# --- wrong ones ---------------------------------------------------------------------------------------------------


@mistake(
    "every-batch",
    "Lets the rate decay with every mini-batch.",
    hint="`scheduler.step()` stands in the loop over the mini-batches. It belongs behind it, once in an epoch.",
    part="fit",
)
def every_batch(model, train_loader, test_loader, epochs, lr, gamma=None):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = ExponentialLR(optimizer, 1.0 if gamma is None else gamma)
    result = {name: [] for name in NAMES}
    for _ in range(epochs):
        values = trained(model, train_loader, optimizer, scheduler.step), *tested(model, test_loader)
        for name, value in zip(NAMES, values, strict=True):
            result[name].append(value)
    return result


edit(
    "rate-stays",
    "The rate is that of the first epoch throughout.",
    hint="Is the scheduler stepped once in each epoch? And does it hold the optimiser that makes the updates? "
    "An optimiser that is made again in each epoch begins with the full rate.",
    part="fit",
    of=run,
    replace=(
        "one = trained(model, train_loader, optimizer)",
        "one = trained(model, train_loader, torch.optim.SGD(model.parameters(), lr=lr))",
    ),
)
edit(
    "previous-rate",
    "Takes the argument of the scheduler's function for the previous rate.",
    hint="`LambdaLR` calls its function with the number of the epoch, and multiplies the initial rate by the result: "
    "`lambda epoch: gamma**epoch`.",
    part="fit",
    of=run,
    replace=(
        "ExponentialLR(optimizer, factor)",
        "LambdaLR(optimizer, (lambda rate: factor * rate) if gamma else (lambda rate: 1.0))",
    ),
)
edit(
    "decays-twice",
    "The rate decays twice in each epoch.",
    hint="Two things make the rate fall: a scheduler that is stepped twice, or a scheduler and a line of your own. One will do.",
    part="fit",
    of=run,
    replace=("scheduler.step()", "scheduler.step()\n        scheduler.step()"),
)
edit(
    "too-early",
    "The rate has decayed before the first epoch.",
    hint="Epoch 0 has the rate lr itself. `scheduler.step()` comes at the end of an epoch.",
    part="fit",
    of=run,
    replace=[
        ("one = trained", "scheduler.step()\n        one = trained"),
        ("optimizer)\n        scheduler.step()\n", "optimizer)\n"),
    ],
)
edit(
    "rate-for-a-factor",
    "Gives the scheduler rates where it wants factors.",
    hint="What `LambdaLR`'s function returns is multiplied by the initial rate. Return `gamma**epoch`, without the rate.",
    part="fit",
    of=run,
    replace=(
        "ExponentialLR(optimizer, factor)",
        "LambdaLR(optimizer, lambda epoch: lr * factor**epoch if gamma else 1.0)",
    ),
)
edit(
    "always-decays",
    "Decays where gamma is None, too.",
    hint="Without a gamma the rate is lr in every epoch.",
    part="fit",
    of=run,
    replace=("1.0 if gamma is None", "0.9 if gamma is None"),
)
edit(
    "gamma-none",
    "Does not work where gamma is None.",
    hint="`None` cannot be multiplied. Where gamma is None, do without the scheduler, or take the factor 1.",
    part="fit",
    of=run,
    replace=("1.0 if gamma is None else gamma", "gamma"),
)
edit(
    "model-for-parameters",
    "Hands the model to the optimiser instead of its parameters.",
    hint="An optimiser wants tensors: `model.parameters()`.",
    part="fit",
    of=run,
    replace=("SGD(model.parameters()", "SGD(model"),
)
edit(
    "evaluates-first",
    "Evaluates before the epoch instead of after it.",
    hint="The test numbers of an epoch are those of the model at its end.",
    part="fit",
    of=run,
    replace=[
        ("one = trained", "held = tested(model, test_loader)\n        one = trained"),
        ("*tested(model, test_loader)\n        for", "*held\n        for"),
    ],
)
edit(
    "adds-gradients",
    "Does not reset the gradients.",
    hint="`backward()` adds to what is there. Call `optimizer.zero_grad()` in each iteration.",
    part="fit",
    of=trained,
    replace=("optimizer.zero_grad()", "pass"),
)
edit(
    "last-mini-batch",
    "Gives the cost of the epoch's last mini-batch as its training cost.",
    hint="The mean of all samples is wanted: add up cost times size, and divide at the end.",
    part="fit",
    of=trained,
    replace=("total / seen", "cost.item()"),
)
edit(
    "mean-of-means",
    "Averages the test costs of the mini-batches as if all had the same size.",
    hint="The last mini-batch is smaller. Weight its cost by its size.",
    part="fit",
    of=tested,
    replace=[("nll_loss(output, labels).item() * len(labels)", "nll_loss(output, labels).item()"),
             ("total / seen", "total / len(loader)")],
)  # fmt: skip


@mistake(
    "graph-recorded",
    "Records a graph during the evaluation.",
    hint="The numbers are right, but nobody needs the graph: put the evaluation into `torch.no_grad()`.",
    part="fit",
)
def graph_recorded(model, train_loader, test_loader, epochs, lr, gamma=None):
    result = {name: [] for name in NAMES}
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = ExponentialLR(optimizer, 1.0 if gamma is None else gamma)
    for _ in range(epochs):
        result["train_loss"].append(trained(model, train_loader, optimizer))
        scheduler.step()
        outputs = [(model(x), labels) for x, labels in test_loader]
        logs, labels = (torch.cat(both) for both in zip(*outputs, strict=True))
        result["test_loss"].append(nll_loss(logs, labels).item())
        result["test_acc"].append((logs.argmax(1) == labels).double().mean().item())
    return result


# --- with and without ---------------------------------------------------------------------------------------------


@alternative(part="spread")
def by_state(model, train_loader, test_loader, epochs, lr, gamma):
    start = {name: value.clone() for name, value in model.state_dict().items()}
    without = fit(model, train_loader, test_loader, epochs, lr)
    model.load_state_dict(start)
    decaying = fit(model, train_loader, test_loader, epochs, lr, gamma)
    model.load_state_dict(start)
    return [torch.std(as_vector(one["test_loss"][-5:])) for one in (without, decaying)]


@alternative(part="spread")
def with_statistics(model, train_loader, test_loader, epochs, lr, gamma):
    from statistics import stdev

    def last(factor):
        return fit(copy.deepcopy(model), train_loader, test_loader, epochs, lr, factor)["test_loss"][-5:]

    return stdev(last(None)), stdev(last(gamma))


@alternative(part="spread")
def copies_first(model, train_loader, test_loader, epochs, lr, gamma):
    models = [copy.deepcopy(model) for _ in range(2)]
    runs = [fit(one, train_loader, test_loader, epochs, lr, gamma=g) for one, g in zip(models, (None, gamma), strict=True)]
    costs = torch.stack([as_vector(run["test_loss"]) for run in runs])
    return costs[:, -5:].std(dim=1).tolist()


@alternative(part="spread")
def by_definition(model, train_loader, test_loader, epochs, lr, gamma):
    def spread(**options):
        last = fit(copy.deepcopy(model), train_loader, test_loader, epochs, lr, **options)["test_loss"][-5:]
        mean = sum(last) / 5
        return math.sqrt(sum((cost - mean) ** 2 for cost in last) / 4)

    return spread(), spread(gamma=gamma)


edit_alternative("factor-one", part="spread", replace=("(None, gamma)", "(1.0, gamma)"))

edit(
    "goes-on",
    "The second run goes on where the first has ended.",
    hint="Both runs must begin with the same parameters. Train copies: `copy.deepcopy(model)`.",
    part="spread",
    replace=("copy.deepcopy(model)", "model"),
)
edit(
    "model-spent",
    "The numbers are right, but the model that was handed in has been trained.",
    hint="Train a copy in the second run too.",
    part="spread",
    replace=("copy.deepcopy(model)", "copy.deepcopy(model) if factor is None else model"),
)
edit(
    "other-start",
    "Either the two runs begin with different parameters, or `fit` does not decay as it should.",
    hint="Is `fit` right? Otherwise mend that first. Then begin both runs with the parameters of model: if they differ too, you "
    "cannot tell what the schedule did.",
    part="spread",
    replace=("twin = copy.deepcopy(model)", "twin = copy.deepcopy(model)\n        if factor is not None:\n"
             "            [one.reset_parameters() for one in twin if hasattr(one, 'reset_parameters')]"),
    when=lambda got, ref, inputs: only_the_second_differs(got, ref),
)  # fmt: skip
edit(
    "swapped",
    "Gives the two numbers in the wrong order.",
    hint="Without decay first, then with it.",
    part="spread",
    replace=("(None, gamma)", "(gamma, None)"),
)
edit(
    "all-epochs",
    "Takes the test costs of all epochs.",
    hint="The first epochs are on the way down in either run. Take the last five: `[-5:]`.",
    part="spread",
    replace=("costs[-5:]", "costs"),
)
edit(
    "divided-by-n",
    "Divides by n instead of n - 1.",
    hint="`torch.std` without further arguments divides by n - 1.",
    part="spread",
    replace=(".std()", ".std(correction=0)"),
)
edit(
    "variance",
    "Gives the variance.",
    hint="The standard deviation is its root.",
    part="spread",
    replace=(".std()", ".var()"),
)
edit(
    "accuracies",
    "Takes the accuracies instead of the costs.",
    hint="The spread of the test *costs* is wanted.",
    part="spread",
    replace=('["test_loss"]', '["test_acc"]'),
)
edit(
    "no-difference",
    "Trains twice without decay.",
    hint="Does the second run get gamma?",
    part="spread",
    replace=("epochs, lr, factor)", "epochs, lr, None)"),
)


def only_the_second_differs(got, ref):
    """Whether the run without decay is right and the other is not, with a number that is none of the usual ones."""
    one, other = (value["compare"] for value in (got, ref))
    if not isinstance(one, list | tuple) or len(one) != 2:
        return False
    first, second = (float(value) for value in one)
    same = math.isclose(first, float(other[0]), rel_tol=1e-4)
    return same and not math.isclose(second, float(other[1]), rel_tol=1e-4) and not math.isclose(first, second)
