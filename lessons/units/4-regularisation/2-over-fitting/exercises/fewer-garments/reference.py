"""A random part of a data set, and how many updates belong to the best epoch."""

import math

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, script


def random_subset(X, Y, n, seed):
    places = torch.randperm(len(Y), generator=torch.Generator().manual_seed(seed))[:n]
    return X[places], Y[places]


def stopping_point(costs, n, batch_size):
    best = min(range(len(costs)), key=costs.__getitem__)
    return {"epoch": best + 1, "updates": (best + 1) * math.ceil(n / batch_size), "cost": costs[best]}


@cases("subset")
def sorted_data(rng: Rng):
    for total, n, shape in ((60, 20, (3,)), (35, 34, (5, 3)), (300, 100, (7,))):
        Y = (torch.arange(total) * 10) // total
        X = rng.normal(total, *shape)
        s = script(f"{n} of {total} samples", weight=0, truth=(X, Y, n))
        seed = rng.integers(0, 10**6)
        for label, used in (("subset", seed), ("again", seed), ("other", seed + 1)):
            s.call("random_subset", X, Y, n, used, label=label, compare=False)
        yield s


@check("samples at random, each with its label", part="subset")
def taken(got, ref, inputs):
    X, Y, n = inputs["truth"]
    for label in ("subset", "again", "other"):
        pair = got[label]
        if not isinstance(pair, tuple | list) or len(pair) != 2 or not all(isinstance(one, torch.Tensor) for one in pair):
            return Finding("Two tensors are expected.", name="not-two")
    x, y = got["subset"]
    if x.shape != (n, *X.shape[1:]) or y.shape != (n,) or x.dtype != X.dtype or y.dtype != Y.dtype:
        return Finding("The subset has other sizes or dtypes.", name="other-sizes", expected=f"{(n, *X.shape[1:])} and {(n,)}", got=f"{tuple(x.shape)} and {tuple(y.shape)}")
    places = []
    for row in x:
        same = (X == row).flatten(1).all(1).nonzero().flatten().tolist()
        if len(same) != 1:
            return Finding("A row is none of the data.", name="no-sample")
        places += same
    if len(set(places)) < n:
        return Finding("A sample is there more than once.", name="repeated")
    if not torch.equal(Y[places], y):
        return Finding("A sample has the label of another one.", name="pairs-broken")
    if n < len(X) - 1 and sorted(places) in (list(range(n)), list(range(len(X) - n, len(X)))):
        return Finding("The subset is the beginning or the end of the data.", name="not-random")
    if not torch.equal(got["again"][0], x) or not torch.equal(got["again"][1], y):
        return Finding("The same seed gives another subset.", name="not-repeated")
    if torch.equal(got["other"][0], x):
        return Finding("Another seed gives the same subset.", name="seed-ignored")
    return None


def numbers(result):
    """The values as floats, whether they come as numbers or as tensors with one."""
    try:
        return {name: float(value) for name, value in result.items()}
    except (AttributeError, TypeError, ValueError, RuntimeError):
        return result


@cases("point")
def histories(rng: Rng):
    for n, size, epochs in ((5000, 50, 9), (500, 64, 12), (17, 20, 5), (6000, 256, 7), (60, 7, 1)):
        costs = [round(one, 4) for one in rng.uniform(epochs, low=0.3, high=2.0).tolist()]
        yield case(costs=costs, n=n, batch_size=size, label=f"{n} samples in mini-batches of {size}", canonical=numbers)
    yield case(costs=[1.5, 0.25, 0.75, 0.25], n=100, batch_size=30, label="two lowest costs", canonical=numbers)
    yield case(costs=[0.5, 0.75, 1.0], n=35, batch_size=7, label="the first epoch is the best", canonical=numbers)


def found(name):
    return lambda got, ref, inputs: taken(got, ref, inputs).name == name


@alternative(part="subset")
def with_numpy(X, Y, n, seed):
    import numpy as np

    places = np.random.default_rng(seed).choice(len(X), n, replace=False)
    return X[places.tolist()], Y[places.tolist()]


@alternative(part="subset")
def with_python(X, Y, n, seed):
    import random

    places = random.Random(seed).sample(range(len(X)), n)
    return torch.stack([X[place] for place in places]), torch.stack([Y[place] for place in places])


@alternative(part="subset")
def seeded_for_all(X, Y, n, seed):
    torch.manual_seed(seed)
    chosen = torch.rand(len(X)).topk(n).indices
    return X.index_select(0, chosen), Y.index_select(0, chosen)


@alternative(part="subset")
def in_their_order(X, Y, n, seed):
    chosen = torch.zeros(len(X), dtype=torch.bool)
    chosen[torch.randperm(len(X), generator=torch.Generator().manual_seed(seed))[:n]] = True
    return X[chosen], Y[chosen]


@alternative(part="subset")
def by_multinomial(X, Y, n, seed):
    torch.manual_seed(seed)
    places = torch.multinomial(torch.ones(len(X)), n, replacement=False)
    return (X[places], Y[places])


edit(
    "not-random",
    "Takes the first samples, or the last.",
    hint="Data sets are often sorted, so the first samples are of a few classes only. Sample places at random.",
    part="subset",
    replace=("torch.randperm(len(Y), generator=torch.Generator().manual_seed(seed))[:n]", "torch.arange(n)"),
    when=found("not-random"),
)
edit(
    "repeated",
    "Takes some samples more than once.",
    hint="`randint` may give a place twice. A random order of all places gives each of them once.",
    part="subset",
    replace=("torch.randperm(len(Y), generator=torch.Generator().manual_seed(seed))[:n]", "torch.randint(len(Y), (n,), generator=torch.Generator().manual_seed(seed))"),
    when=found("repeated"),
)
edit(
    "pairs-broken",
    "Tears samples and labels apart.",
    hint="One random order for both tensors. If each gets its own, samples have the labels of others.",
    part="subset",
    replace=("Y[places]", "Y[torch.randperm(len(Y))[:n]]"),
    when=found("pairs-broken"),
)
edit(
    "seed-ignored",
    "Gives the same subset whatever the seed is.",
    hint="The seed belongs to the generator.",
    part="subset",
    replace=("manual_seed(seed)", "manual_seed(0)"),
    when=found("seed-ignored"),
)
edit(
    "not-repeated",
    "Gives another subset each time.",
    hint="With a generator that is seeded, the same seed gives the same order.",
    part="subset",
    replace=(", generator=torch.Generator().manual_seed(seed)", ""),
    when=found("not-repeated"),
)

edit_alternative("rounded-up", part="point", replace=("math.ceil(n / batch_size)", "-(-n // batch_size)"))
edit_alternative("rounded-up-by-hand", part="point", replace=("math.ceil(n / batch_size)", "((n + batch_size - 1) // batch_size)"))
edit_alternative("by-index", part="point", replace=("min(range(len(costs)), key=costs.__getitem__)", "costs.index(min(costs))"))
edit_alternative("by-argmin", part="point", replace=("min(range(len(costs)), key=costs.__getitem__)", "torch.tensor(costs, dtype=torch.float64).argmin().item()"))


@alternative(part="point")
def counted(costs, n, batch_size):
    epoch, cost = min(enumerate(costs, 1), key=lambda one: one[1])
    return {"cost": cost, "epoch": epoch, "updates": sum(len(range(0, n, batch_size)) for _ in range(epoch))}


edit(
    "from-zero",
    "Counts the epochs from 0.",
    hint="The first epoch has the number 1 here, and when it is over its updates have been made.",
    part="point",
    replace=[('"epoch": best + 1', '"epoch": best'), ("(best + 1) *", "best *")],
)
edit(
    "epoch-from-zero",
    "Counts the epochs from 0 in one place and from 1 in another.",
    hint="The number of the best epoch is counted from 1.",
    part="point",
    replace=('"epoch": best + 1', '"epoch": best'),
)
edit(
    "one-epoch-short",
    "Leaves out the updates of the best epoch itself.",
    hint="The cost was measured at the *end* of the epoch.",
    part="point",
    replace=("(best + 1) *", "best *"),
)
edit(
    "smaller-mini-batch",
    "Leaves out the last mini-batch of an epoch where it is smaller.",
    hint="A smaller mini-batch makes an update too: round up.",
    part="point",
    replace=("math.ceil(n / batch_size)", "(n // batch_size)"),
)
edit(
    "samples",
    "Counts samples instead of updates.",
    hint="One update for each mini-batch, not for each sample.",
    part="point",
    replace=("math.ceil(n / batch_size)", "n"),
)


@mistake("last-of-equals", "Takes the last of several equal costs.", hint="The first of them is wanted.", part="point")
def last_of_equals(costs, n, batch_size):
    epoch = max(number for number, cost in enumerate(costs, 1) if cost == min(costs))
    return {"epoch": epoch, "updates": epoch * math.ceil(n / batch_size), "cost": min(costs)}
