"""A random split, the best of a list of costs, and a training that ends where it was best."""

import copy
import math

import torch
from torch import nn
from torch.nn.functional import nll_loss
from torch.utils.data import Subset, random_split
from tutor import live

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, fixture, mistake, script

NAMES = ("train", "val", "test")


def split(dataset, share, seed):
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    first = round(share * len(dataset))
    return Subset(dataset, order[:first]), Subset(dataset, order[first:])


def best_epoch(costs):
    best = None
    for epoch, cost in enumerate(costs):
        if not math.isnan(cost) and (best is None or cost < costs[best]):
            best = epoch
    return best


def fit(model, train_loader, val_loader, test_loader, epochs, lr):
    loaders = dict(zip(NAMES, (train_loader, val_loader, test_loader), strict=True))
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history, kept = {name: [] for name in NAMES}, []
    for epoch in range(epochs):
        train_epoch(model, train_loader, optimizer)
        for name in NAMES:
            history[name].append(mean_cost(model, loaders[name]))
        kept.append(copy.deepcopy(model.state_dict()))
        live.log({f"{name}/cost": history[name][-1] for name in NAMES}, step=epoch)
    best = best_epoch(history["val"])
    model.load_state_dict(kept[best])
    return history | {"best": best}


def train_epoch(model, loader, optimizer):
    model.train()
    for rows, labels in loader:
        optimizer.zero_grad()
        nll_loss(model(rows), labels).backward()
        optimizer.step()


@torch.no_grad()
def mean_cost(model, loader):
    model.eval()
    total = seen = 0
    for rows, labels in loader:
        total += nll_loss(model(rows), labels).item() * len(labels)
        seen += len(labels)
    return total / seen


def learn(X, Y, X_val, Y_val):
    model = large()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    lowest, kept = math.inf, None
    for step in range(200):
        one_step(model, optimizer, X, Y)
        cost = cost_of(model, X_val, Y_val)
        live.log({"val/cost": cost}, step=step)
        if cost < lowest:
            lowest, kept = cost, copy.deepcopy(model)
    return kept


def large():
    return nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2), nn.LogSoftmax(dim=1))


def one_step(model, optimizer, X, Y):
    optimizer.zero_grad()
    nll_loss(model(X), Y).backward()
    optimizer.step()


@torch.no_grad()
def cost_of(model, X, Y):
    return nll_loss(model(X), Y).item()


# --- cases --------------------------------------------------------------------------------------------------------


@cases("split")
def data_sets(rng: Rng):
    for n, share in ((50, 0.8), (17, 0.7), (31, 0.5)):
        s = script(f"{n} samples, {share:.0%}", weight=0, truth=(n, share))
        seed, data = rng.integers(0, 10**6), s.call(fixture("dataset"), n, label="the data set", compare=False)
        for name, used in (("one", seed), ("again", seed), ("other", seed + 1)):
            pair = s.call("split", data, share, used, label=f"split {name}", compare=False)
            s.call(fixture("contents"), pair, label=name, compare=False)
        yield s


@check("every sample in one of the two sets, at random", part="split")
def divided(got, ref, inputs):
    n, share = inputs["truth"]
    sets = {name: got[name] for name in ("one", "again", "other")}
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in sets.values()):
        return Finding("Two data sets are expected.", name="not-two")
    val, test = sets["one"]
    if set(val) & set(test) or len(set(val)) < len(val) or len(set(test)) < len(test):
        return Finding("A sample is there more than once.", name="overlap")
    if sorted(val + test) != list(range(n)):
        return Finding("Samples are missing.", name="missing", expected=f"{n} samples", got=f"{len(val) + len(test)}")
    if len(val) != round(share * n):
        return Finding("The sizes are different from those in the prompt.", name="other-sizes", expected=f"{round(share * n)} and {n - round(share * n)}", got=f"{len(val)} and {len(test)}")
    if sorted(val) in (list(range(len(val))), list(range(n - len(val), n))):
        return Finding("The sets are the beginning and the end of the data set.", name="not-random")
    if sets["again"] != sets["one"]:
        return Finding("The same seed gives another division.", name="not-repeated")
    if sorted(sets["other"][0]) == sorted(val):
        return Finding("Another seed gives the same division.", name="seed-ignored")
    return None


def whole(value):
    """An integer, or a tensor with one."""
    return int(value) if isinstance(value, torch.Tensor) and value.numel() == 1 and not value.is_floating_point() else value


@cases("best")
def lists(rng: Rng):
    nan, inf = math.nan, math.inf
    drawn = [round(one, 3) for one in rng.uniform(11, low=0.2, high=3.0).tolist()]
    yield case(costs=drawn, label="eleven costs", canonical=whole)
    yield case(costs=[*drawn[:3], 0.1, *drawn[3:7], 0.1, drawn[8]], label="two lowest costs", canonical=whole)
    yield case(costs=[nan, *drawn[:5], 0.1, nan, *drawn[5:]], label="nan at the beginning and in the middle", canonical=whole)
    yield case(costs=[*drawn[:4], 0.1, nan, inf], label="a run that breaks down", canonical=whole)
    yield case(costs=[inf, nan, 2.5], label="hardly a number", canonical=whole)
    yield case(costs=[4.0, 3.0, 2.0, 1.0, 0.5], label="still falling", canonical=whole)
    yield case(costs=[-1.5, 0.0, -1.5], label="costs below 0", canonical=whole)
    yield case(costs=[0.7], label="one epoch", canonical=whole)


def plain(result):
    """The lists as tensors, whether they hold numbers or tensors of one element; anything else as it is."""
    if not isinstance(result, dict) or set(result) != {*NAMES, "best"}:
        return result
    try:
        return {name: torch.tensor([float(one) for one in result[name]], dtype=torch.float64) for name in NAMES} | {"best": int(result["best"])}
    except (TypeError, ValueError, RuntimeError):
        return result


def handed_in(rng: Rng, epochs, lr):
    """Parameters of a network, and three sets with random labels, for which the best epoch is neither end nor that of another set."""
    d, h, K = 5, 6, 3
    while True:
        sizes = ((h, d), (h,), (K, h), (K,))
        start = [rng.normal(*size, std=0.5, dtype=torch.float64) for size in sizes]
        middle = rng.normal(K, d, std=0.7, dtype=torch.float64)
        sets = []
        for n, size in ((22, 6), (29, 10), (19, 7)):
            labels = rng.integers(0, K, n)
            sets.append((middle[labels] + rng.normal(n, d, dtype=torch.float64), labels, size))
        costs = rehearsed(start, sets, epochs, lr)
        val, test = best_epoch(costs["val"]), best_epoch(costs["test"])
        if 0 < val < epochs - 2 and test != val and costs["val"][-1] > costs["val"][val] * 1.02:
            return start, sets


def rehearsed(start, sets, epochs, lr):
    model = nn.Sequential(nn.Linear(5, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 3), nn.LogSoftmax(dim=1)).double()
    for layer, (weight, bias) in zip((model[0], model[3]), (start[:2], start[2:]), strict=True):
        layer.load_state_dict({"weight": weight, "bias": bias})
    batches = [[(x[i : i + size], y[i : i + size]) for i in range(0, len(x), size)] for x, y, size in sets]
    return fit(model, *batches, epochs, lr)


@cases("fit")
def runs(rng: Rng):
    for epochs, lr in ((9, 0.5), (12, 0.8)):
        start, sets = handed_in(rng, epochs, lr)
        s = script(f"{epochs} epochs, rate {lr}", canonical=plain, rtol=1e-6, truth=len(sets[0][0]) * epochs)
        model = s.spy(fixture("network"), *start)
        loaders = [s.spy(fixture("loader"), *one) for one in sets]
        s.call("fit", model, *loaders, epochs, lr, label="history")
        s.state_dict(model)
        s.attribute(model, "tracked", compare=False)
        s.eval(model)
        s.call(model, rng.normal(7, 5, dtype=torch.float64), label="its output")
        yield s


@check("nothing is recorded while it is measured", part="fit", observation=True)
def no_graph(got, ref, inputs):
    if isinstance(got[".tracked"], int) and got[".tracked"] <= inputs["truth"]:
        return None
    return Finding("A graph was recorded for more rows than were trained on.", name="graph-recorded")


def circle(rng: Rng, n):
    X = rng.uniform(n, 2, low=-2.0, high=2.0)
    Y = (X.norm(dim=1) < 1.6).long()
    return X, torch.where(rng.uniform(n) < 0.1, 1 - Y, Y)


@cases("learn")
def circles(rng: Rng):
    third, labels = circle(rng, 2000)
    s = script("100 points", weight=0, truth=labels)
    model = s.call("learn", *circle(rng, 100), *circle(rng, 200), label="training", compare=False)
    s.ask(model, third)
    yield s


@check("the cost of the third set is below 0.6", part="learn")
def generalises(got, ref, inputs):
    logs, labels = got["held-out"], inputs["truth"]
    if not isinstance(logs, torch.Tensor) or tuple(logs.shape) != (2000, 2):
        return Finding("The model does not give two numbers for each point.", name="no-logarithms")
    if not torch.allclose(logs.exp().sum(1), torch.ones(2000).to(logs.dtype), atol=1e-3):
        return Finding("The outputs are no logarithms of probabilities.", name="no-logarithms", hint="Is there a LogSoftmax at the end?")
    cost = nll_loss(logs, labels).item()
    if cost < 0.6:
        return None
    return Finding("The cost of the third set is too high.", name="too-high", expected="below 0.6", got=f"{cost:.3f}")


# --- two sets -----------------------------------------------------------------------------------------------------


@alternative(part="split")
def by_random_split(dataset, share, seed):
    first = round(len(dataset) * share)
    parts = random_split(dataset, [first, len(dataset) - first], generator=torch.Generator().manual_seed(seed))
    return tuple(parts)


@alternative(part="split")
def with_python(dataset, share, seed):
    import random

    places = list(range(len(dataset)))
    random.Random(seed).shuffle(places)
    cut = round(share * len(places))
    return Subset(dataset, places[:cut]), Subset(dataset, places[cut:])


@alternative(part="split")
def with_numpy(dataset, share, seed):
    import numpy as np

    n = len(dataset)
    chosen = np.random.default_rng(seed).choice(n, size=round(share * n), replace=False)
    others = np.setdiff1d(np.arange(n), chosen)
    return Subset(dataset, chosen.tolist()), Subset(dataset, others.tolist())


@alternative(part="split")
def with_a_mask(dataset, share, seed):
    torch.manual_seed(seed)
    chosen = torch.zeros(len(dataset), dtype=torch.bool)
    chosen[torch.randperm(len(dataset))[: round(share * len(dataset))]] = True
    return Subset(dataset, chosen.nonzero().flatten().tolist()), Subset(dataset, (~chosen).nonzero().flatten().tolist())


@alternative(part="split")
def as_lists(dataset, share, seed):
    torch.manual_seed(seed)
    order = torch.rand(len(dataset)).argsort().tolist()
    cut = round(share * len(dataset))
    return [dataset[place] for place in order[:cut]], [dataset[place] for place in order[cut:]]


def found(name):
    return lambda got, ref, inputs: divided(got, ref, inputs).name == name


edit(
    "not-random",
    "Takes the beginning of the data set and its end.",
    hint="Data sets are often sorted. A random order of the places comes first.",
    part="split",
    replace=("torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()", "list(range(len(dataset)))"),
    when=found("not-random"),
)
edit(
    "overlap",
    "Puts samples into both sets.",
    hint="One random order for both: what is not in the first set goes into the second.",
    part="split",
    replace=("Subset(dataset, order[first:])", "Subset(dataset, torch.randperm(len(dataset)).tolist()[first:])"),
    when=found("overlap"),
)
edit(
    "other-sizes",
    "The sets have other sizes than they should.",
    hint="The first set has round(share * n) samples, the second one the others. `int` cuts off instead of rounding.",
    part="split",
    replace=("round(share * len(dataset))", "round((1 - share) * len(dataset)) - 1"),
    when=found("other-sizes"),
)
edit(
    "rounded-down",
    "The sets have other sizes than they should.",
    hint="The first set has round(share * n) samples, the second one the others. `int` cuts off instead of rounding.",
    part="split",
    replace=("round(share * len(dataset))", "int(share * len(dataset))"),
    when=found("other-sizes"),
)
edit(
    "seed-ignored",
    "Divides in the same way whatever the seed is.",
    hint="The seed belongs to the generator.",
    part="split",
    replace=("manual_seed(seed)", "manual_seed(0)"),
    when=found("seed-ignored"),
)
edit(
    "not-repeated",
    "Divides differently each time.",
    hint="With a generator that is seeded, the same seed gives the same order.",
    part="split",
    replace=(", generator=torch.Generator().manual_seed(seed)", ""),
    when=found("not-repeated"),
)

# --- the best epoch -----------------------------------------------------------------------------------------------


@alternative(part="best")
def by_index(costs):
    numbers = [math.inf if math.isnan(cost) else cost for cost in costs]
    return numbers.index(min(numbers))


@alternative(part="best")
def by_torch(costs):
    return torch.tensor(costs, dtype=torch.float64).nan_to_num(nan=math.inf, posinf=math.inf).argmin().item()


@alternative(part="best")
def by_numpy(costs):
    import numpy as np

    return int(np.nanargmin(costs))


@alternative(part="best")
def by_key(costs):
    return min(range(len(costs)), key=lambda epoch: (costs[epoch] != costs[epoch], costs[epoch], epoch))


@alternative(part="best")
def by_filter(costs):
    return min((cost, epoch) for epoch, cost in enumerate(costs) if cost == cost)[1]


@mistake(
    "nan",
    "Is led astray by nan.",
    hint="Every comparison with `nan` is false, and `argmin` of PyTorch takes `nan` for the smallest of all. Replace it before you look.",
    part="best",
)
def nan_is_lowest(costs):
    return torch.tensor(costs).argmin().item()


@mistake(
    "nan-first",
    "Is led astray by a nan at the beginning.",
    hint="Every comparison with `nan` is false, so nothing is ever lower than a nan that came first.",
    part="best",
)
def nan_stays(costs):
    return costs.index(min(costs))


edit(
    "last-of-equals",
    "Takes the last of several lowest costs.",
    hint="The first one is wanted: `<`, not `<=`.",
    part="best",
    replace=("cost < costs[best]", "cost <= costs[best]"),
)
edit(
    "from-one",
    "Counts from 1.",
    hint="The first epoch has the number 0.",
    part="best",
    replace=("return best", "return best + 1"),
)
edit(
    "highest",
    "Takes the highest cost.",
    hint="The lowest cost is wanted.",
    part="best",
    replace=("cost < costs[best]", "cost > costs[best]"),
)
edit(
    "first-turn",
    "Stops at the first cost that is followed by a larger one.",
    hint="Costs tremble. Look at all of them before you choose.",
    part="best",
    replace=("        if not math.isnan(cost)", "        if best is not None and cost > costs[best]:\n            break\n        if not math.isnan(cost)"),
)

# --- keeping the best ---------------------------------------------------------------------------------------------


@alternative(part="fit")
def with_clones(model, train_loader, val_loader, test_loader, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history, lowest, state, best = {name: [] for name in NAMES}, math.inf, None, None
    for epoch in range(epochs):
        train_epoch(model, train_loader, optimizer)
        for name, loader in zip(NAMES, (train_loader, val_loader, test_loader), strict=True):
            history[name].append(mean_cost(model, loader))
        if history["val"][-1] < lowest:
            lowest, best = history["val"][-1], epoch
            state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    model.load_state_dict(state)
    return {**history, "best": best}


@alternative(part="fit")
def by_a_copy_of_the_model(model, train_loader, val_loader, test_loader, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    costs, twins = [], []
    for _ in range(epochs):
        train_epoch(model, train_loader, optimizer)
        costs.append([mean_cost(model, loader) for loader in (train_loader, val_loader, test_loader)])
        twins.append(copy.deepcopy(model))
    train, val, test = ([one[place] for one in costs] for place in range(3))
    model.load_state_dict(twins[best_epoch(val)].state_dict())
    return {"train": train, "val": val, "test": test, "best": best_epoch(val)}


@alternative(part="fit")
def through_memory(model, train_loader, val_loader, test_loader, epochs, lr):
    import io

    loaders, files = (train_loader, val_loader, test_loader), []
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    result = {name: [] for name in NAMES}
    for _ in range(epochs):
        train_epoch(model, train_loader, optimizer)
        for name, loader in zip(NAMES, loaders, strict=True):
            result[name].append(torch.tensor(mean_cost(model, loader), dtype=torch.float64))
        files.append(io.BytesIO())
        torch.save(model.state_dict(), files[-1])
    result["best"] = int(torch.stack(result["val"]).argmin())
    files[result["best"]].seek(0)
    model.load_state_dict(torch.load(files[result["best"]]))
    return result


edit_alternative("by-sums", part="fit", of=mean_cost, replace=("nll_loss(model(rows), labels).item() * len(labels)", "nll_loss(model(rows), labels, reduction='sum').item()"))
edit_alternative("cleared-at-the-end", part="fit", of=train_epoch, replace=[
    ("        optimizer.zero_grad()\n", ""), ("        optimizer.step()", "        optimizer.step()\n        optimizer.zero_grad()"),
])  # fmt: skip

edit(
    "by-reference",
    "Keeps the parameters by reference: at the end the model is that of the last epoch.",
    hint="`state_dict()` holds the parameters themselves. Give each tensor memory of its own when you keep it: `tensor.clone()`, or `copy.deepcopy` for all.",
    part="fit",
    replace=("copy.deepcopy(model.state_dict())", "model.state_dict()"),
)
edit(
    "buffers-lost",
    "Gives the parameters of the best epoch and the buffers of the last one.",
    hint="The running averages of a normalisation layer are no parameters. They are in `state_dict()`.",
    part="fit",
    replace=("copy.deepcopy(model.state_dict())", "{name: one.clone() if 'running' not in name and 'batches' not in name else one for name, one in model.state_dict().items()}"),
)
edit(
    "by-test",
    "Chooses the epoch by the test cost.",
    hint="Then which data are left for an honest estimate? The validation set is there to choose.",
    part="fit",
    replace=('best_epoch(history["val"])', 'best_epoch(history["test"])'),
)
edit(
    "by-train",
    "Chooses the epoch by the training cost.",
    hint="The training cost is lowest where the training set is known by heart. Choose by the validation cost.",
    part="fit",
    replace=('best_epoch(history["val"])', 'best_epoch(history["train"])'),
)
edit(
    "prediction-mode",
    "Goes on training in prediction mode after it has measured.",
    hint="`model.train()` before the mini-batches, `model.eval()` before you measure, in every epoch.",
    part="fit",
    of=train_epoch,
    replace=("    model.train()\n", ""),
)
edit(
    "measured-in-training-mode",
    "Measures in training mode, which moves the running averages too.",
    hint="Call `model.eval()` before you measure.",
    part="fit",
    of=mean_cost,
    replace=("    model.eval()\n", ""),
)
edit(
    "mean-of-means",
    "Averages the costs of the mini-batches as if all had the same size.",
    hint="The last mini-batch is smaller. Weight its cost by its size.",
    part="fit",
    of=mean_cost,
    replace=[("nll_loss(model(rows), labels).item() * len(labels)", "nll_loss(model(rows), labels).item()"), ("seen += len(labels)", "seen += 1")],
)
edit(
    "gradients-add-up",
    "Never clears the gradients.",
    hint="`backward()` adds to `.grad`. Clear it in every iteration.",
    part="fit",
    of=train_epoch,
    replace=("        optimizer.zero_grad()\n", ""),
)


@mistake(
    "graph-recorded",
    "Records a graph while it measures.",
    hint="The numbers are right, but nobody needs the graph: put the measuring into `torch.no_grad()`.",
    part="fit",
)
def with_a_graph(model, train_loader, val_loader, test_loader, epochs, lr):
    def measured(loader):
        model.eval()
        logs, labels = zip(*[(model(rows), labels) for rows, labels in loader], strict=True)
        return nll_loss(torch.cat(logs), torch.cat(labels)).item()

    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history, kept = {name: [] for name in NAMES}, []
    for _ in range(epochs):
        train_epoch(model, train_loader, optimizer)
        for name, loader in zip(NAMES, (train_loader, val_loader, test_loader), strict=True):
            history[name].append(measured(loader))
        kept.append(copy.deepcopy(model.state_dict()))
    best = best_epoch(history["val"])
    model.load_state_dict(kept[best])
    return {**history, "best": best}


# --- a third set --------------------------------------------------------------------------------------------------


@alternative(part="learn")
def by_its_state(X, Y, X_val, Y_val):
    model = large()
    optimizer, costs, states = torch.optim.Adam(model.parameters(), lr=0.005), [], []
    for _ in range(200):
        one_step(model, optimizer, X, Y)
        costs.append(cost_of(model, X_val, Y_val))
        states.append({name: one.clone() for name, one in model.state_dict().items()})
    model.load_state_dict(states[costs.index(min(costs))])
    return model


@alternative(part="learn")
def with_patience(X, Y, X_val, Y_val):
    model, lowest, waited, best = large(), math.inf, 0, None
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    while waited < 30:
        one_step(model, optimizer, X, Y)
        cost = cost_of(model, X_val, Y_val)
        waited = 0 if cost < lowest else waited + 1
        if cost < lowest:
            lowest, best = cost, copy.deepcopy(model)
    return best


edit_alternative("smoother", part="learn", of=large, replace=("nn.Linear(2, 64), nn.ReLU()", "nn.Linear(2, 64), nn.Tanh()"))
edit_alternative("wider", part="learn", of=large, replace=("nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 64)", "nn.Linear(2, 100), nn.ReLU(), nn.Linear(100, 64)"))
edit_alternative("longer", part="learn", replace=("range(200)", "range(260)"))


def cost_on_third(got, inputs):
    return nll_loss(got["held-out"], inputs["truth"]).item()


edit(
    "too-late",
    "Is over-fitted: certain of answers that are wrong.",
    hint="Measure the cost of the validation set after each step, and return the model as it was when that cost was lowest.",
    part="learn",
    replace=("if cost < lowest:", "if True:"),
    when=lambda got, ref, inputs: cost_on_third(got, inputs) > 0.75,
)
edit(
    "too-simple",
    "Knows little more than how frequent the classes are.",
    hint="A circle is no line. Give the network a hidden layer or two, and a rate such as 0.01 with Adam.",
    part="learn",
    of=large,
    replace=("nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2)", "nn.Linear(2, 2)"),
    when=lambda got, ref, inputs: cost_on_third(got, inputs) <= 0.75,
)

edit(
    "another-optimiser",
    "Trains with another optimiser than plain SGD.",
    hint="`torch.optim.SGD(model.parameters(), lr=lr)`.",
    part="fit",
    replace=("torch.optim.SGD(model", "torch.optim.Adam(model"),
)
