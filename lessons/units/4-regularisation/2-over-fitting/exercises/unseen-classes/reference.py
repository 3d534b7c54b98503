"""Some of the classes, and a network that has ten answers and was taught five."""

import torch
from torch import nn
from tutor import live

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, script


def filter_classes(X, Y, classes):
    places = torch.isin(Y, torch.tensor(classes, dtype=Y.dtype)).nonzero().flatten()
    return X[places], Y[places]


def train(X, Y):
    return descend(network(10), X, Y, 200)


def network(outputs):
    return nn.Sequential(nn.Linear(30, 50), nn.ReLU(), nn.Linear(50, outputs), nn.LogSoftmax(dim=1))


def descend(model, X, Y, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(steps):
        optimizer.zero_grad()
        cost = nn.functional.nll_loss(model(X), Y)
        cost.backward()
        optimizer.step()
        live.log({"cost": cost.item()}, step=step)
    return model


@cases("filter")
def samples(rng: Rng):
    for n, shape, classes in ((60, (3,), [0, 1, 2, 3, 4]), (35, (5, 3), [5, 6, 7, 8, 9]), (41, (7,), [8, 1, 3]), (30, (3,), [4])):
        yield case(X=rng.normal(n, *shape), Y=rng.integers(0, 10, n), classes=classes, label=f"{n} samples, classes {classes}")
    yield case(X=rng.normal(7, 3), Y=rng.integers(0, 5, 7), classes=[7, 9], label="classes that do not occur")
    yield case(X=rng.normal(7, 3), Y=rng.integers(0, 5, 7), classes=[], label="no classes")


def pictures(rng: Rng, middle, n, low):
    labels = rng.integers(low, low + 5, n)
    return middle[labels] + rng.normal(n, 30, std=0.7), labels


@cases("train")
def five_of_ten(rng: Rng):
    middle = rng.normal(10, 30)
    seen, known = pictures(rng, middle, 500, 0)
    unseen, strange = pictures(rng, middle, 500, 5)
    s = script("400 samples of the classes 0 to 4", weight=0, truth=(known, strange))
    model = s.call("train", *pictures(rng, middle, 400, 0), label="training", compare=False)
    s.ask(model, seen, label="classes 0 to 4")
    s.ask(model, unseen, label="classes 5 to 9")
    yield s


def shares(got, inputs):
    """The accuracies on the classes that were seen and on the others, or None where there are no ten outputs."""
    result = []
    for label, truth in zip(("classes 0 to 4", "classes 5 to 9"), inputs["truth"], strict=True):
        logs = got[label]
        if not isinstance(logs, torch.Tensor) or tuple(logs.shape) != (500, 10):
            return None
        result.append((logs.argmax(1) == truth).double().mean().item())
    return result


@check("ten outputs, and right where it was taught", part="train")
def taught(got, ref, inputs):
    found = shares(got, inputs)
    if found is None:
        return Finding("The model does not give ten numbers for each sample.", name="not-ten")
    if found[0] < 0.9:
        return Finding("Too few samples of the classes 0 to 4 are right.", name="not-learned", expected="90 %", got=f"{found[0]:.0%}")
    if found[1] > 0.02:
        return Finding("Samples of classes that it has never seen are right.", name="cannot-be", expected="2 % or less", got=f"{found[1]:.0%}")
    total = got["classes 0 to 4"].exp().sum(1)
    if not torch.allclose(total, torch.ones_like(total), atol=1e-3):
        return Finding("The outputs are no logarithms of probabilities.", name="no-logarithms")
    return None


# --- some of the classes ------------------------------------------------------------------------------------------


@alternative(part="filter")
def with_a_mask(X, Y, classes):
    wanted = torch.zeros_like(Y, dtype=torch.bool)
    for one in classes:
        wanted |= Y == one
    return X[wanted], Y[wanted]


@alternative(part="filter")
def with_where(X, Y, classes):
    places = torch.where((Y[:, None] == torch.tensor(classes, dtype=torch.int64)).any(dim=1))[0]
    return X[places], Y[places]


@alternative(part="filter")
def by_comprehension(X, Y, classes):
    places = [place for place, label in enumerate(Y.tolist()) if label in classes]
    return X[torch.tensor(places, dtype=torch.int64)], Y[torch.tensor(places, dtype=torch.int64)]


@alternative(part="filter")
def by_a_table(X, Y, classes):
    table = torch.zeros(10, dtype=torch.bool)
    table[torch.tensor(classes, dtype=torch.int64)] = True
    return X[table[Y]], Y[table[Y]]


edit_alternative("as-a-mask", part="filter", replace=(".nonzero().flatten()", ""))

edit(
    "range-of-classes",
    "Takes all classes from the smallest to the largest of the list.",
    hint="The list may have gaps: 8, 1 and 3 are three classes.",
    part="filter",
    replace=("torch.isin(Y, torch.tensor(classes, dtype=Y.dtype))", "((Y >= min(classes, default=10)) & (Y <= max(classes, default=-1)))"),
)


@mistake("sorted-by-class", "Puts the samples in the order of the classes.", hint="The samples stay in the order in which they were.", part="filter")
def sorted_by_class(X, Y, classes):
    return torch.cat([X[:0], *(X[Y == one] for one in classes)]), torch.cat([Y[:0], *(Y[Y == one] for one in classes)])


edit(
    "relabelled",
    "Numbers the classes again from 0.",
    hint="The labels stay what they are. With others the accuracies of the sets could not be compared.",
    part="filter",
    replace=("Y[places]", "Y[places] - min(classes, default=0)"),
)
edit(
    "the-others",
    "Takes the samples of all the other classes.",
    hint="Those whose label *is* in the list.",
    part="filter",
    replace=("torch.isin(Y,", "~torch.isin(Y,"),
)
edit(
    "places-instead-of-labels",
    "Returns places where labels are wanted.",
    hint="Both tensors are indexed with the places.",
    part="filter",
    replace=("Y[places]", "places"),
)

# --- ten outputs --------------------------------------------------------------------------------------------------


@alternative(part="train")
def in_mini_batches(X, Y):
    model = network(10)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for _ in range(15):
        for places in torch.randperm(len(X)).split(50):
            optimizer.zero_grad()
            nn.functional.nll_loss(model(X[places]), Y[places]).backward()
            optimizer.step()
    return model


@alternative(part="train")
def flat(X, Y):
    return descend(nn.Sequential(nn.Linear(30, 10), nn.LogSoftmax(dim=1)), X, Y, 300)


@alternative(part="train")
def cross_entropy(X, Y):
    scores = nn.Sequential(nn.Linear(30, 40), nn.Tanh(), nn.Linear(40, 10))
    descend(nn.Sequential(scores, nn.LogSoftmax(-1)), X, Y, 150)
    return nn.Sequential(scores, nn.LogSoftmax(dim=1))


edit_alternative("more-steps", part="train", replace=("200", "300"))
edit_alternative("wider", part="train", of=network, replace=("nn.Linear(30, 50), nn.ReLU(), nn.Linear(50, outputs)", "nn.Linear(30, 120), nn.ReLU(), nn.Linear(120, outputs)"))

edit(
    "five-outputs",
    "Has an output for the five classes of the training set only.",
    hint="Five outputs would do for the training. But what would the cost do with a label of 7?",
    part="train",
    replace=("network(10)", "network(5)"),
    when=lambda got, ref, inputs: shares(got, inputs) is None,
)


@mistake(
    "untrained",
    "Has learned little or nothing: too few of the samples are right.",
    hint="Does the cost fall? Are the parameters changed, in enough steps, and down the gradient?",
    part="train",
    when=lambda got, ref, inputs: (shares(got, inputs) or [1.0])[0] < 0.9,
)
def untrained(X, Y):
    return network(10)

edit(
    "first-class-only",
    "Takes the first class of the list only.",
    hint="A sample stays if its label is any of the classes: `torch.isin`.",
    part="filter",
    replace=("torch.isin(Y, torch.tensor(classes, dtype=Y.dtype))", "torch.isin(Y, torch.tensor(classes[:1], dtype=Y.dtype))"),
)
